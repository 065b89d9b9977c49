// The boost plan: one formula for every case, bounded, exact at impact 0, and untouched by other categories.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Affinities } from '../../../src/core/affinity/affinity.js';
import { PRIOR_ALL_PRODUCTS } from '../../../src/core/affinity/lift.js';
import { type BoostPlanInput, buildBoostPlan } from '../../../src/core/boost-plan/boost-plan.js';
import { SOFT_CAP } from '../../../src/core/boost-plan/plan-limits.js';
import { modelSchema } from '../../../src/core/model/model.js';

const model = modelSchema.parse({
  id: 'm',
  name: 'M',
  globalAffinityFields: [
    { field: 'brand', weight: 60 },
    { field: 'color', weight: 40 },
  ],
  eventWeights: [{ event: 'purchase', weight: 100 }],
});

function affinities(fields: Record<string, Record<string, number>>): Affinities {
  return new Map(
    Object.entries(fields).map(([field, values]) => [
      field,
      {
        total: Object.values(values).reduce((sum, x) => sum + x, 0),
        values: new Map(Object.entries(values)),
      },
    ]),
  );
}

const population = affinities({ brand: { acme: 500, bolt: 300, cord: 200 }, color: { red: 600, blue: 400 } });
const base: BoostPlanInput = { model, impact: 50, category: null, population };
const factor = (input: BoostPlanInput, value: string) =>
  buildBoostPlan(input).boosts.find((boost) => boost.value === value)?.factor;

describe('one person', () => {
  test('the factor is the formula', () => {
    const p = (200 + 0.5) / (1000 + 0.5 * 3);
    const k = PRIOR_ALL_PRODUCTS;
    const expected = ((20 + k * p) / (k * p)) ** 0.6;
    expect(factor({ ...base, individual: affinities({ brand: { cord: 20 } }) }, 'cord')).toBeCloseTo(
      expected,
      10,
    );
  });

  test('lift, not share: the same events on a rarer value count more', () => {
    const plan = buildBoostPlan({ ...base, individual: affinities({ brand: { acme: 10, cord: 10 } }) });
    expect(plan.boosts.map(({ value }) => value)).toEqual(['cord', 'acme']);
  });

  test("what was searched for adds to what was done, and is the individual profile's", () => {
    const inShoes = { ...base, category: 'shoes' };
    const done = factor({ ...inShoes, individual: affinities({ brand: { cord: 3 } }) }, 'cord');
    const [one, two] = [affinities({ brand: { cord: 1 } }), affinities({ brand: { cord: 2 } })];
    expect(factor({ ...inShoes, individual: one, searched: two }, 'cord')).toBeCloseTo(done ?? 0, 10);
    expect(buildBoostPlan({ ...inShoes, searched: two }).profiles).toEqual(['individual']);
    const off = { ...model, profiles: { ...model.profiles, individual: false } };
    expect(buildBoostPlan({ ...inShoes, model: off, searched: two }).boosts).toEqual([]);
  });

  test('impact 0 and an unknown person give no boosts', () => {
    expect(
      buildBoostPlan({ ...base, impact: 0, individual: affinities({ brand: { acme: 5 } }) }).boosts,
    ).toEqual([]);
    expect(buildBoostPlan(base).boosts).toEqual([]);
  });

  test('a value the population never had is not sent', () => {
    expect(buildBoostPlan({ ...base, individual: affinities({ brand: { new: 5 } }) }).boosts).toEqual([]);
  });

  test('the session moves values at once, and its switches take it away', () => {
    const session = affinities({ brand: { bolt: 1 } });
    const plan = buildBoostPlan({ ...base, session });
    expect(plan.boosts).toHaveLength(1);
    expect(plan.profiles).toEqual(['session']);
    for (const profiles of [{ sessionProfile: false }, { inSession: false }]) {
      const off = modelSchema.parse({ ...model, profiles });
      expect(buildBoostPlan({ ...base, model: off, session }).boosts).toEqual([]);
    }
  });
});

describe('a cohort', () => {
  const group = affinities({ brand: { acme: 0, bolt: 10_000, cord: 0 } });

  test('says nothing about values behind the end of its list', () => {
    const individual = affinities({ brand: { cord: 3 } });
    const cut = new Map([['brand', { total: 10_500, values: new Map([['bolt', 10_000]]) }]]);
    const silent = factor({ ...base, individual }, 'cord');
    expect(factor({ ...base, individual, group: cut }, 'cord')).toBe(silent);
    expect(factor({ ...base, individual, group }, 'cord')).toBeLessThan(silent ?? 0);
  });

  test('speaks where the person is silent: up for what it prefers, down for what it avoids', () => {
    expect(factor({ ...base, group }, 'bolt')).toBeGreaterThan(1);
    expect(factor({ ...base, group }, 'acme')).toBeLessThan(1);
  });

  test('leaves the person out: a cohort of that person alone adds nothing', () => {
    const individual = affinities({ brand: { cord: 20 } });
    const alone = factor({ ...base, individual, group: individual }, 'cord');
    expect(alone).toBeCloseTo(factor({ ...base, individual }, 'cord') ?? 0, 10);
  });
});

test('the soft cap bounds the product of the strongest factors, and impact scales past it', () => {
  const individual = affinities({ brand: { cord: 1e9 }, color: { blue: 1e9 } });
  const product = (impact: number) =>
    buildBoostPlan({ ...base, impact, individual }).boosts.reduce((total, boost) => total * boost.factor, 1);
  expect(product(50)).toBeCloseTo(SOFT_CAP, 6);
  expect(product(100)).toBeCloseTo(SOFT_CAP ** 2, 4);
});

describe('category overrides', () => {
  const overridden = modelSchema.parse({
    ...model,
    categoryOverrides: [{ categories: ['shoes'], fields: [{ field: 'color', weight: 100 }] }],
  });
  const individual = affinities({ brand: { cord: 5 }, color: { blue: 5 } });

  test('in a mixed list both speak, each for its own products', () => {
    const plan = buildBoostPlan({ ...base, model: overridden, individual });
    expect(plan.overridden).toEqual(['shoes']);
    const global = plan.boosts.filter(({ categories }) => !categories);
    expect(global).toEqual(buildBoostPlan({ ...base, individual }).boosts);
    expect(plan.boosts.filter(({ categories }) => categories).map(({ field }) => field)).toEqual(['color']);
  });

  test('inside a category only that category counts', () => {
    const inShoes = buildBoostPlan({ ...base, model: overridden, individual, category: 'shoes' });
    expect(inShoes.boosts.map(({ field }) => field)).toEqual(['color']);
    const inHats = buildBoostPlan({ ...base, model: overridden, individual, category: 'hats' });
    expect(inHats.boosts).toEqual(buildBoostPlan({ ...base, individual, category: 'hats' }).boosts);
  });
});

test('whatever the numbers, factors are finite and positive', () => {
  const value = fc.constantFrom('acme', 'bolt', 'cord', 'red', 'blue', '__proto__', 'constructor');
  const sums = fc.dictionary(value, fc.double({ min: 0, max: 1e12, noNaN: true }));
  const some = fc.record({ brand: sums, color: sums }).map(affinities);
  fc.assert(
    fc.property(some, some, some, fc.integer({ min: 0, max: 100 }), (individual, session, group, impact) => {
      for (const category of [null, 'shoes']) {
        const plan = buildBoostPlan({ ...base, impact, category, individual, session, group });
        for (const boost of plan.boosts) {
          expect(Number.isFinite(boost.factor)).toBe(true);
          expect(boost.factor).toBeGreaterThan(0);
          expect(boost.factor).toBeLessThanOrEqual(1e6);
        }
      }
    }),
  );
});
