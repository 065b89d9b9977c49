// Editing a model in the browser: drafts, findings, totals, copies and suggested events.
import { describe, expect, test } from '@jest/globals';
import { findingAt, findingUnder, withoutUnder } from '../../src/console/lib/model/findings.js';
import { configOf, copyOf, freeName, sameConfig } from '../../src/console/lib/model/model-config.js';
import { dropDraft, readDraft, writeDraft } from '../../src/console/lib/model/unsaved-draft.js';
import { unbalancedLists } from '../../src/console/pages/configure/draft/unbalanced-lists.js';
import { arrived, eventSuggestions } from '../../src/console/pages/configure/events/event-suggestions.js';
import { modelSchema } from '../../src/core/model/model.js';

const model = modelSchema.parse({
  id: 'summer',
  name: 'Summer',
  globalAffinityFields: [
    { field: 'brand', weight: 60 },
    { field: 'color', weight: 40 },
  ],
  categoryOverrides: [{ categories: ['shoes', 'shirts', 'hats'], fields: [{ field: 'size', weight: 100 }] }],
  eventWeights: [{ event: 'purchase', weight: 100 }],
});

function memory(limit = Infinity) {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem(name: string, text: string) {
      if (text.length > limit) throw new DOMException('full', 'QuotaExceededError');
      kept.set(name, text);
    },
    removeItem: (name: string) => void kept.delete(name),
  };
}

describe('a draft', () => {
  const draft = { base: model, etag: '"1.1"', config: { ...model, impact: 80 }, at: '2026-11-25T12:00:00Z' };

  test('comes back as it was, until it is dropped', () => {
    const store = memory();
    writeDraft(store, 'summer', draft);
    expect(readDraft(store, 'summer')).toEqual(draft);
    expect(readDraft(store, 'winter')).toBeNull();
    dropDraft(store, 'summer');
    expect(readDraft(store, 'summer')).toBeNull();
  });

  test.each(['{', '7', '{}', '{"base":{"id":"winter"},"config":{"id":"winter"},"etag":"1"}'])(
    'that cannot be read is none: %s',
    (text) => {
      const store = memory();
      store.setItem('kindred-draft-summer', text);
      expect(readDraft(store, 'summer')).toBeNull();
    },
  );

  test('that does not fit breaks nothing', () => {
    expect(() => writeDraft(memory(10), 'summer', draft)).not.toThrow();
  });
});

describe('a configuration', () => {
  const view = { ...model, state: 'active', version: 3, changes: [], quality: null };

  test('is the model without what answers add', () => {
    expect(configOf(view)).toEqual(model);
    const trained = { ...view, version: 4 };
    expect(sameConfig(configOf(view), configOf(trained))).toBe(true);
    expect(sameConfig(configOf(view), configOf({ ...view, impact: 80 }))).toBe(false);
  });

  test('copied is a custom model with a name of its own and no id', () => {
    const copy = copyOf({ ...view, kind: 'default' }, freeName('Summer', ['Summer', 'SUMMER COPY']));
    expect(copy).toMatchObject({ kind: 'custom', name: 'Summer copy 2', impact: model.impact });
    expect(copy).not.toHaveProperty('id');
    expect(modelSchema.safeParse({ ...copy, id: 'x' }).success).toBe(true);
    expect(freeName('x'.repeat(100), []).length).toBeLessThanOrEqual(100);
  });
});

describe('totals that stand in the way of saving', () => {
  test('none when every list is at 100, and an override without fields is no list', () => {
    expect(unbalancedLists(model)).toEqual([]);
    expect(unbalancedLists({ ...model, categoryOverrides: [{ categories: ['shoes'], fields: [] }] })).toEqual(
      [],
    );
  });

  test('each by its name', () => {
    const open = unbalancedLists({
      ...model,
      globalAffinityFields: [{ field: 'brand', weight: 99 }],
      categoryOverrides: [
        { categories: ['shoes', 'shirts', 'hats'], fields: [{ field: 'size', weight: 110 }] },
        { categories: [], fields: [{ field: 'size', weight: 50 }] },
      ],
      eventWeights: [],
    });
    expect(open).toEqual([
      'Affinity fields total 99: 1 left',
      'Fields of shoes, shirts and 1 more total 110: 10 too much',
      'Fields of override 2 total 50: 50 left',
      'Event weights total 0: 100 left',
    ]);
  });
});

test('findings are told at their place, and forgotten when it is edited', () => {
  const findings = [
    { path: 'globalAffinityFields', message: 'weights total 99' },
    { path: 'globalAffinityFields.1.field', message: 'is no field' },
    { path: 'globalAffinityFields.10.field', message: 'is no field either' },
    { path: 'name', message: 'must not be empty' },
  ];
  expect(findingAt(findings, 'globalAffinityFields')).toBe('weights total 99');
  expect(findingUnder(findings, 'globalAffinityFields.1')).toBe('is no field');
  expect(findingUnder(findings, 'globalAffinityFields.0')).toBeNull();
  expect(withoutUnder(findings, 'globalAffinityFields').map(({ path }) => path)).toEqual(['name']);
  expect(withoutUnder(findings, 'impact')).toBe(findings);
});

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
    expect(arrived(byAction, 'view', ['view'])).toBe(1050);
    expect(arrived(byAction, 'view', ['view', 'click'])).toBe(1000);
    expect(arrived(byAction, 'store_visit', [])).toBe(40);
    expect(arrived(byAction, 'wishlist', [])).toBe(0);
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
