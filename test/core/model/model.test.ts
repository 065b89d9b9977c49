// Every rule of a model's content, each with the path and the words a merchandiser gets.
import { describe, expect, test } from '@jest/globals';
import { affinityFields, modelIdFromName, modelSchema } from '../../../src/core/model/model.js';

const good = {
  id: 'summer',
  name: 'Summer',
  globalAffinityFields: [
    { field: 'brand', weight: 50 },
    { field: 'color', weight: 50 },
  ],
  eventWeights: [{ event: 'purchase', weight: 100 }],
};

function findings(change: object): string[] {
  const parsed = modelSchema.safeParse({ ...good, ...change });
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

test('defaults are filled in', () => {
  expect(modelSchema.parse(good)).toMatchObject({
    kind: 'custom',
    catalog: 'products',
    categoryOverrides: [],
    profiles: { inSession: true, sessionProfile: true, individual: true, group: true },
    timeDecay: '180d',
    impact: 50,
  });
});

test('names of attributes and events are cleaned of what stands around them', () => {
  const parsed = modelSchema.parse({
    ...good,
    name: '\t Summer ',
    group: { attributes: [' age', 'household size ', '\u00a0income'] },
    eventWeights: [{ event: ' purchase\n', weight: 100 }],
  });
  expect(parsed).toMatchObject({
    name: 'Summer',
    group: { attributes: ['age', 'household size', 'income'] },
    eventWeights: [{ event: 'purchase', weight: 100 }],
  });
  expect(findings({ group: { attributes: ['age', ' age '] } })).toEqual([
    'group.attributes: "age" is listed more than once',
  ]);
  expect(findings({ group: { attributes: ['  '] } })).toEqual(['group.attributes.0: must not be empty']);
});

describe('content that is refused', () => {
  const fields = (...weights: number[]) => ({
    globalAffinityFields: weights.map((weight, position) => ({ field: `f${position}`, weight })),
  });
  const events = (...weights: unknown[]) => ({
    eventWeights: weights.map((weight, position) => ({ event: `e${position}`, weight })),
  });
  test.each<[string, object, string]>([
    ['99', fields(50, 49), 'globalAffinityFields: weights total 99; they must total exactly 100'],
    [
      '33.3 × 3',
      fields(33.3, 33.3, 33.3),
      'globalAffinityFields: weights total 99.9; they must total exactly 100',
    ],
    ['negative', fields(-10, 110), 'globalAffinityFields.0.weight: must be between 0 and 100'],
    [
      'three decimals',
      fields(33.333, 66.667),
      'globalAffinityFields.0.weight: must have at most two decimals',
    ],
    ['NaN', fields(Number.NaN, 50), 'globalAffinityFields.0.weight: must be a number'],
    ['no fields', { globalAffinityFields: [] }, 'globalAffinityFields: must name at least one field'],
    [
      'a field twice',
      {
        globalAffinityFields: [
          { field: 'brand', weight: 50 },
          { field: 'brand', weight: 50 },
        ],
      },
      'globalAffinityFields: "brand" is listed more than once',
    ],
    [
      'an override that totals 60',
      { categoryOverrides: [{ categories: ['shoes'], fields: [{ field: 'size', weight: 60 }] }] },
      'categoryOverrides.0.fields: weights total 60; they must total exactly 100',
    ],
    [
      'a category in two overrides',
      {
        categoryOverrides: [
          { categories: ['shoes'], fields: [] },
          { categories: ['shoes'], fields: [] },
        ],
      },
      'categoryOverrides: category "shoes" is in more than one override',
    ],
    [
      'events that total 90',
      { eventWeights: [{ event: 'view', weight: 90 }] },
      'eventWeights: weights total 90; they must total exactly 100',
    ],
    [
      'a weighted removal',
      { eventWeights: [{ event: 'remove_from_cart', weight: 100 }] },
      'eventWeights.0.event: takes away what "add_to_cart" gives, with its weight; weigh "add_to_cart" instead',
    ],
    [
      'a removal by another name',
      { eventWeights: [{ event: 'Product Removed', weight: 100 }] },
      'eventWeights.0.event: takes away what "add_to_cart" gives, with its weight; weigh "add_to_cart" instead',
    ],
    ...['Purchase', 'product-purchase', 'Order Completed'].map((event): [string, object, string] => [
      `a custom event named like a built-in: ${event}`,
      { eventWeights: [{ event, weight: 100 }] },
      'eventWeights.0.event: counts as the built-in event "purchase" already; write "purchase" instead',
    ]),
    [
      'a log-in',
      { eventWeights: [{ event: 'Identify', weight: 100 }] },
      'eventWeights.0.event: says who a visitor is, not what they like; weigh other events',
    ],
    [
      'an event in two spellings',
      {
        eventWeights: [
          { event: 'gift_card', weight: 50 },
          { event: 'Gift Card', weight: 50 },
        ],
      },
      'eventWeights: "gift_card" is listed more than once',
    ],
    [
      'events 33.3 × 3',
      events(33.3, 33.3, 33.3),
      'eventWeights: weights total 99.9; they must total exactly 100',
    ],
    ['a negative event', events(-1, 101), 'eventWeights.0.weight: must be between 0 and 100'],
    ['an event that weighs text', events('10', 90), 'eventWeights.0.weight: must be a number'],
    [
      'a nameless event',
      { eventWeights: [{ event: ' ', weight: 100 }] },
      'eventWeights.0.event: must not be empty',
    ],
    ['an empty attribute', { group: { attributes: ['age', ''] } }, 'group.attributes.1: must not be empty'],
    [
      'an attribute twice',
      { group: { attributes: ['age', 'age'] } },
      'group.attributes: "age" is listed more than once',
    ],
    [
      'a nameless category',
      { categoryOverrides: [{ categories: [''], fields: [] }] },
      'categoryOverrides.0.categories.0: must not be empty',
    ],
    ['infinity', { impact: Number.POSITIVE_INFINITY }, 'impact: must be a number'],
    ['too strong', { products: { buyAgain: 101 } }, 'products.buyAgain: must be between 0 and 100'],
    ['an id with a dash', { id: 'a-b' }, 'id: must match ^[a-z][a-z0-9_]{0,39}$'],
  ])('%s', (_name, change, expected) => {
    expect(findings(change)).toContain(expected);
  });

  test('an unknown key and an unknown window', () => {
    expect(findings({ impakt: 3 }).join()).toMatch(/impakt/);
    expect(findings({ timeDecay: '8d' }).join()).toMatch(/^timeDecay:/);
  });
});

test('33.33 + 33.33 + 33.34 is exactly 100', () => {
  const weights = [33.33, 33.33, 33.34].map((weight, position) => ({ field: `f${position}`, weight }));
  expect(findings({ globalAffinityFields: weights })).toEqual([]);
});

test('an empty override is allowed and adds no fields', () => {
  const model = modelSchema.parse({ ...good, categoryOverrides: [{ categories: ['shoes'], fields: [] }] });
  expect(affinityFields(model)).toEqual(['brand', 'color']);
});

test.each([
  ['Summer Sale 2026', 'summer_sale_2026'],
  ['  Été!  ', 'e_te'],
  ['2026', 'model'],
  ['日本', 'model'],
  ['x'.repeat(60), 'x'.repeat(40)],
])('the id of "%s"', (name, id) => {
  expect(modelIdFromName(name)).toBe(id);
});
