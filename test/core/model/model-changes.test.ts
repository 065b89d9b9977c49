// Differences of two configurations, by name and not by place.
import { expect, test } from '@jest/globals';
import { type Model, modelSchema } from '../../../src/core/model/model.js';
import { modelChanges } from '../../../src/core/model/model-changes.js';

function model(changes: object = {}): Model {
  return modelSchema.parse({
    id: 'm',
    name: 'M',
    globalAffinityFields: [
      { field: 'brand', weight: 50 },
      { field: 'color', weight: 50 },
    ],
    categoryOverrides: [{ categories: ['shoes', 'shirts'], fields: [{ field: 'size', weight: 100 }] }],
    eventWeights: [
      { event: 'purchase', weight: 70 },
      { event: 'view', weight: 30 },
    ],
    group: { attributes: ['age'] },
    ...changes,
  });
}

const told = (changes: object) =>
  modelChanges(model(), model(changes)).map(
    ({ path, before, after }) => `${path} ${JSON.stringify(before)} → ${JSON.stringify(after)}`,
  );

test('nothing differs from itself, nor from other orders and groupings of the same', () => {
  expect(told({})).toEqual([]);
  const { globalAffinityFields, eventWeights } = model();
  expect(
    told({
      globalAffinityFields: globalAffinityFields.toReversed(),
      eventWeights: eventWeights.toReversed(),
      categoryOverrides: ['shirts', 'shoes'].map((category) => ({
        categories: [category],
        fields: [{ field: 'size', weight: 100 }],
      })),
    }),
  ).toEqual([]);
});

test('weights by the name of their field, event and category; new ones and gone ones', () => {
  expect(
    told({
      globalAffinityFields: [
        { field: 'material', weight: 20 },
        { field: 'brand', weight: 30 },
        { field: 'color', weight: 50 },
      ],
      categoryOverrides: [{ categories: ['shirts', 'coats'], fields: [{ field: 'size', weight: 100 }] }],
      eventWeights: [{ event: 'purchase', weight: 100 }],
    }),
  ).toEqual([
    'globalAffinityFields.material.weight null → 20',
    'globalAffinityFields.brand.weight 50 → 30',
    'categoryOverrides.coats.size.weight null → 100',
    'eventWeights.purchase.weight 70 → 100',
    'categoryOverrides.shoes.size.weight 100 → null',
    'eventWeights.view.weight 30 → null',
  ]);
});

test('everything else by its path', () => {
  expect(
    told({
      name: 'N',
      impact: 80,
      timeDecay: '30d',
      profiles: { group: false },
      products: { buyAgain: 40 },
      group: { by: 'behavioral', attributes: ['age', 'income'] },
    }),
  ).toEqual([
    'name "M" → "N"',
    'profiles.group true → false',
    'group.by "demographic" → "behavioral"',
    'group.attributes ["age"] → ["age","income"]',
    'products.buyAgain 0 → 40',
    'timeDecay "180d" → "30d"',
    'impact 50 → 80',
  ]);
});
