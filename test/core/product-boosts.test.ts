// Buying again and what goes with it: the product as a value of its own, on top of attributes, inside the soft cap and the overrides.
import { describe, expect, test } from '@jest/globals';
import { buildBoostPlan, ID_FIELD, type PlanInput, SOFT_CAP } from '../../src/core/boost-plan.js';
import { modelSchema } from '../../src/core/model.js';
import { type ProductEvidence, relatedEvidence, relatedSeeds } from '../../src/core/product-boosts.js';

const settings = {
  id: 'm',
  name: 'M',
  globalAffinityFields: [{ field: 'brand', weight: 100 }],
  eventWeights: [{ event: 'purchase', weight: 100 }],
};
const model = modelSchema.parse({ ...settings, products: { buyAgain: 35 } });
const bought = (objectId: string, x: number, category = 'shoes'): ProductEvidence => ({
  objectId,
  category,
  x,
  populationX: 10,
  profile: 'individual',
});
const own = [bought('p1', 2), bought('p2', 1), bought('h1', 5, 'hats')];
const assortment = { total: 1_000, products: 100 };
const base: PlanInput = {
  model,
  impact: 50,
  category: 'shoes',
  population: new Map(),
  products: { assortment, own, related: [] },
};
const values = (input: PlanInput) => buildBoostPlan(input).boosts.map(({ value }) => value);

test('the factor is the affinity formula with the product as the value and k = 1', () => {
  const p = (10 + 0.5) / (1_000 + 0.5 * 100);
  const [first] = buildBoostPlan(base).boosts;
  expect(first).toMatchObject({ field: ID_FIELD, value: 'p1', profile: 'individual', product: 'buy_again' });
  expect(first?.factor).toBeCloseTo(((2 + p) / p) ** 0.35, 10);
});

describe('what counts', () => {
  test('inside a category its own products, without one all, strongest first', () => {
    expect(values(base)).toEqual(['p1', 'p2']);
    expect(values({ ...base, category: null })).toEqual(['h1', 'p1', 'p2']);
  });

  test('strength 0 and the individual profile off take it away', () => {
    expect(values({ ...base, model: modelSchema.parse(settings) })).toEqual([]);
    const profiles = { individual: false };
    expect(values({ ...base, model: modelSchema.parse({ ...settings, ...model, profiles }) })).toEqual([]);
  });

  test('at most 50 in a category, 200 without one', () => {
    const many = Array.from({ length: 300 }, (_, place) => bought(`p${place}`, 300 - place));
    const products = { assortment, own: many, related: [] };
    expect(values({ ...base, products })).toHaveLength(50);
    expect(values({ ...base, category: null, products })).toHaveLength(200);
  });
});

test('attributes and the product share one soft cap', () => {
  const brand = {
    total: 1_000,
    values: new Map([
      ['acme', 1],
      ['bolt', 999],
    ]),
  };
  const individual = new Map([['brand', { total: 1e9, values: new Map([['acme', 1e9]]) }]]);
  const input = { ...base, population: new Map([['brand', brand]]), individual };
  const { boosts } = buildBoostPlan({
    ...input,
    products: { assortment, own: [bought('p1', 1e9)], related: [] },
  });
  expect(boosts).toHaveLength(2);
  expect(boosts.reduce((total, { factor }) => total * factor, 1)).toBeCloseTo(SOFT_CAP, 6);
});

test('a product of an overridden category follows the override, and moves no other category', () => {
  const overridden = modelSchema.parse({
    ...settings,
    products: { buyAgain: 35 },
    categoryOverrides: [{ categories: ['hats'], fields: [{ field: 'size', weight: 100 }] }],
  });
  const { boosts } = buildBoostPlan({ ...base, model: overridden, category: null });
  expect(boosts.map(({ value, categories }) => [value, categories])).toEqual([
    ['p1', undefined],
    ['p2', undefined],
    ['h1', ['hats']],
  ]);
  const plain = buildBoostPlan({
    ...base,
    category: null,
    products: { assortment, own: own.slice(0, 2), related: [] },
  });
  expect(boosts.slice(0, 2)).toEqual(plain.boosts);
});

describe('what goes with what they have', () => {
  const neighbours = new Map([
    [
      'p1',
      {
        category: 'shoes',
        bought_with: [
          ['p7', 0.5, 10],
          ['p8', 0.2, 10],
        ] as [string, number, number][],
      },
    ],
    ['p2', { category: 'shoes', bought_with: [['p7', 0.4, 10]] as [string, number, number][] }],
  ]);
  const seeds = [bought('p1', 3), bought('p2', 0.5), bought('p3', 1)];
  const related = relatedEvidence(seeds, (objectId) => neighbours.get(objectId));

  test('strengths add up over seeds, an old or weak one counting less, a frequent one no more than once', () => {
    expect(related.map(({ objectId, x }) => [objectId, x])).toEqual([
      ['p7', 0.5 + 0.5 * 0.4],
      ['p8', 0.2],
    ]);
  });

  test('it is a list of its own, by its own strength', () => {
    const both = modelSchema.parse({ ...settings, products: { buyAgain: 35, related: 25 } });
    const { boosts } = buildBoostPlan({ ...base, model: both, products: { assortment, own, related } });
    expect(boosts.map(({ value, product }) => [value, product])).toEqual([
      ['p1', 'buy_again'],
      ['p2', 'buy_again'],
      ['p7', 'related'],
      ['p8', 'related'],
    ]);
    expect(values({ ...base, products: { assortment, own, related } })).toEqual(['p1', 'p2']);
  });

  test('seeds are of the scope', () => {
    expect(relatedSeeds(own, 'hats').map(({ objectId }) => objectId)).toEqual(['h1']);
    expect(relatedSeeds(own, null)).toHaveLength(3);
  });
});
