// The configuration of a model: taken from an API response, compared, and copied.
import { describe, expect, test } from '@jest/globals';
import { configOf, copyOf, freeName, sameConfig } from '../../src/console/lib/model/model-config.js';
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
