// Events that can be weighed, and how many of each arrived.
import { describe, expect, test } from '@jest/globals';
import { arrived, eventSuggestions } from '../../src/console/pages/configure/events/event-suggestions.js';

describe('suggested events', () => {
  const byAction = [
    { action: 'view_item', events: 700 },
    { action: 'view', events: 300 },
    { action: 'item_click', events: 50 },
    { action: 'Store Visit', events: 40 },
    { action: 'remove_from_cart', events: 30 },
    { action: 'identify', events: 20 },
    { action: 'purchase', events: 10 },
  ];

  test('say how many arrived that count as them', () => {
    expect(arrived(byAction, 'view', ['view'])).toEqual({ events: 1050, clicks: 50 });
    expect(arrived(byAction, 'view', ['view', 'click'])).toEqual({ events: 1000, clicks: 0 });
    expect(arrived(byAction, 'store_visit', [])).toEqual({ events: 40, clicks: 0 });
    expect(arrived(byAction, 'wishlist', [])).toEqual({ events: 0, clicks: 0 });
  });

  test('are those that arrived, the most frequent first, under the names they are weighed by', () => {
    const suggested = eventSuggestions(byAction, ['order_completed']);
    expect(suggested.slice(0, 4)).toEqual([
      { event: 'view', events: 1000 },
      { event: 'click', events: 50 },
      { event: 'store_visit', events: 40 },
      { event: 'add_to_cart', events: 0 },
    ]);
    expect(suggested.map(({ event }) => event)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/purchase|remove_from_cart|identify/)]),
    );
  });

  test('are the built-in ones while nobody counts', () => {
    const suggested = eventSuggestions(null, []);
    expect(suggested.map(({ event }) => event)).toContain('add_to_cart');
    expect(suggested.every(({ events }) => events === null)).toBe(true);
  });
});
