// Buying again, what goes with it and what a session leads to: products as values of their own, on top of attributes,
// inside the soft cap and the overrides.
import { describe, expect, test } from '@jest/globals';
import { type BoostPlanInput, buildBoostPlan, ID_FIELD } from '../../../src/core/boost-plan/boost-plan.js';
import { SOFT_CAP } from '../../../src/core/boost-plan/plan-limits.js';
import type { ProductEvidence } from '../../../src/core/boost-plan/product-boosts.js';
import { modelSchema } from '../../../src/core/model/model.js';

const settings = {
  id: 'm',
  name: 'M',
  globalAffinityFields: [{ field: 'brand', weight: 100 }],
  eventWeights: [{ event: 'purchase', weight: 100 }],
};
const model = modelSchema.parse({ ...settings, products: { buyAgain: 35 } });
const bought = (objectId: string, x: number, category = 'shoes'): ProductEvidence => ({
  objectId,
  categories: [category],
  x,
  populationX: 10,
  profile: 'individual',
});
const own = [bought('p1', 2), bought('p2', 1), bought('h1', 5, 'hats')];
const totals = { total: 1_000, products: 100 };
const base: BoostPlanInput = {
  model,
  impact: 50,
  category: 'shoes',
  population: new Map(),
  products: { totals, own, related: [], next: [] },
};
const values = (input: BoostPlanInput) => buildBoostPlan(input).boosts.map(({ value }) => value);

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
    const products = { totals, own: many, related: [], next: [] };
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
    products: { totals, own: [bought('p1', 1e9)], related: [], next: [] },
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
    products: { totals, own: own.slice(0, 2), related: [], next: [] },
  });
  expect(boosts.slice(0, 2)).toEqual(plain.boosts);
});

describe('what goes with what they have, and what the session leads to', () => {
  const related = [bought('p7', 0.7), bought('p8', 0.2)];
  const next: ProductEvidence[] = [
    { ...bought('p8', 0.2), profile: 'session' },
    { ...bought('p9', 0.1), profile: 'session' },
  ];
  const both = { ...settings, products: { buyAgain: 35, related: 25 } };
  const plan = (profiles: object, sources = { related, next }) => {
    const withProfiles = modelSchema.parse({ ...both, profiles });
    const products = { totals, own, ...sources };
    return buildBoostPlan({ ...base, model: withProfiles, products }).boosts;
  };
  const raised = (profiles: object) =>
    plan(profiles).map(({ value, product, profile }) => [value, product, profile]);

  test('are one list of their own, by their own strength; a product is due to what gives it more', () => {
    expect(raised({})).toEqual([
      ['p1', 'buy_again', 'individual'],
      ['p2', 'buy_again', 'individual'],
      ['p7', 'related', 'individual'],
      ['p8', 'related', 'session'],
      ['p9', 'related', 'session'],
    ]);
    expect(values({ ...base, products: { totals, own, related, next } })).toEqual(['p1', 'p2']);
  });

  test('each profile switch takes its own away and leaves the rest', () => {
    expect(raised({ individual: false })).toEqual([
      ['p8', 'related', 'session'],
      ['p9', 'related', 'session'],
    ]);
    expect(raised({ sessionProfile: false })).toEqual(raised({}));
    expect(raised({ inSession: false })).toEqual([
      ['p1', 'buy_again', 'individual'],
      ['p2', 'buy_again', 'individual'],
      ['p7', 'related', 'individual'],
      ['p8', 'related', 'individual'],
    ]);
  });

  test('the session speaks twice as loudly, and adds to the history', () => {
    const only = { individual: false };
    const p = (10 + 0.5) / (1_000 + 0.5 * 100);
    const gain = Math.log((0.2 + p) / p);
    const session = plan(only).find(({ value }) => value === 'p8');
    expect(session?.factor).toBeCloseTo(Math.exp(0.5 * gain), 10);
    const sum = plan({}, { related: related.slice(1), next: next.slice(0, 1) });
    const cap = Math.log(SOFT_CAP) / (0.35 * Math.log((2 + p) / p) + 0.75 * gain);
    expect(sum.find(({ value }) => value === 'p8')?.factor).toBeCloseTo(
      Math.exp(0.75 * gain * Math.min(1, cap)),
      10,
    );
  });

  test('where the session leads to products, the attributes of its clicks say less', () => {
    const field = {
      total: 100,
      values: new Map([
        ['acme', 50],
        ['bolt', 50],
      ]),
    };
    const clicked = new Map([['brand', { total: 1, values: new Map([['acme', 1]]) }]]);
    const brand = (led: readonly ProductEvidence[], profiles = {}) =>
      buildBoostPlan({
        ...base,
        model: modelSchema.parse({ ...both, profiles }),
        population: new Map([['brand', field]]),
        session: clicked,
        products: { totals, own: [], related: [], next: led },
      }).boosts.find((boost) => boost.field === 'brand')?.factor ?? 1;
    expect(brand([])).toBeCloseTo((1 + 3 * 0.5) / (3 * 0.5), 10);
    expect(brand(next)).toBeCloseTo((1 / (1 + 16 * 0.3 * 0.25) + 3 * 0.5) / (3 * 0.5), 10);
    expect(brand(next, { sessionProfile: false })).toBe(1);
  });
});
