// Unsaved edits of a model: kept until they are dropped, whatever the store holds or refuses.
import { describe, expect, test } from '@jest/globals';
import { dropDraft, readDraft, writeDraft } from '../../src/console/lib/model/unsaved-draft.js';
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
