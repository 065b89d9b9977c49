// Buying again: the product as a value of its own, on top of attributes, inside the soft cap and the overrides.
import { describe, expect, test } from '@jest/globals';
import { buildBoostPlan, ID_FIELD, type PlanInput, SOFT_CAP } from '../../src/core/boost-plan.js';
import { modelSchema } from '../../src/core/model.js';
import type { ProductEvidence } from '../../src/core/product-boosts.js';

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
  products: { assortment, own },
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
    const products = { assortment, own: many };
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
  const { boosts } = buildBoostPlan({ ...input, products: { assortment, own: [bought('p1', 1e9)] } });
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
  const plain = buildBoostPlan({ ...base, category: null, products: { assortment, own: own.slice(0, 2) } });
  expect(boosts.slice(0, 2)).toEqual(plain.boosts);
});
