// A received event in words, whatever it is.
import { describe, expect, test } from '@jest/globals';
import { nameOf, partsOf } from '../../src/console/pages/events/event-words.js';

describe('an event in words', () => {
  test('says what was done, and who did it to what', () => {
    const event = {
      action_name: 'view',
      user_id: 'u1',
      session_id: 's1',
      user_query: 'red',
      event_attributes: { object: { object_id: 17 } },
    };
    expect(nameOf(event)).toBe('view');
    expect(partsOf(event)).toEqual(['product 17', 'search red', 'user u1', 'session s1']);
    expect(partsOf(event, 'Red shoe')[0]).toBe('product 17 Red shoe');
  });

  test.each([[null], [7], ['text'], [[]], [{ action_name: { toString: 1 }, event_attributes: null }]])(
    '%j has none',
    (event) => {
      expect(nameOf(event)).toBe('(no readable name)');
      expect(partsOf(event)).toEqual([]);
    },
  );
});
