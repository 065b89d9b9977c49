// What a plan does to a product: the sums of the engine's function_score, from the product alone.
import { describe, expect, test } from '@jest/globals';
import { boostMultiplier } from '../../../src/core/boost-plan/boost-multiplier.js';
import type { BoostPlan } from '../../../src/core/boost-plan/boost-plan.js';
import type { Product } from '../../../src/core/product.js';

const product = (category: string | null, values: Record<string, string[]>): Product => ({
  objectId: 'p',
  categories: category === null ? [] : [category],
  values: new Map(Object.entries(values)),
});

const boost = (field: string, value: string, factor: number, categories?: string[]) => ({
  field,
  value,
  factor,
  profile: 'individual' as const,
  ...(categories && { categories }),
});

const plan = (boosts: BoostPlan['boosts'], given: Partial<BoostPlan> = {}): BoostPlan => ({
  category: null,
  profiles: ['individual'],
  boosts,
  overridden: [],
  maxBoost: 30,
  ...given,
});

describe('boostMultiplier', () => {
  test('factors of different fields multiply; what is not met counts 1', () => {
    const of = boostMultiplier(plan([boost('brand', 'acme', 3), boost('color', 'red', 0.5)]), []);
    expect(of(product('milk', { brand: ['acme'], color: ['red'] }))).toBe(1.5);
    expect(of(product('milk', { brand: ['acme'], color: ['blue'] }))).toBe(3);
    expect(of(product(null, { size: ['acme'] }))).toBe(1);
    expect(boostMultiplier(plan([]), [])(product('milk', { brand: ['acme'] }))).toBe(1);
  });

  test('of a multi-valued field the strongest counts, even when all lower', () => {
    const of = boostMultiplier(
      plan([boost('tags', 'a', 2), boost('tags', 'b', 4), boost('tags', 'c', 0.5)]),
      ['tags'],
    );
    expect(of(product('milk', { tags: ['a', 'b', 'c'] }))).toBe(4);
    expect(of(product('milk', { tags: ['c', 'other'] }))).toBe(0.5);
  });

  test('a number meets the band it is in, its lower end included; of several the strongest counts', () => {
    const bands = plan([
      { ...boost('price', '..10', 2), range: { lt: 10 } },
      { ...boost('price', '10..20', 3), range: { gte: 10, lt: 20 } },
      { ...boost('price', '50..', 0.5), range: { gte: 50 } },
    ]);
    const of = boostMultiplier(bands, []);
    const priced = (...price: string[]) => product('milk', { price });
    const prices = ['-1', '9.99', '10', '19.99', '20', '50', '1e9', 'none', 'NaN', 'Infinity'];
    expect(prices.map((price) => of(priced(price)))).toEqual([2, 2, 3, 3, 1, 0.5, 0.5, 1, 1, 1]);
    expect(of(priced())).toBe(1);
    expect(boostMultiplier(bands, ['price'])(priced('5', '12', '60'))).toBe(3);
  });

  test('products of an override follow it alone, all others the global list', () => {
    const boosts = [boost('brand', 'acme', 2), boost('brand', 'acme', 5, ['shoes'])];
    const of = boostMultiplier(plan(boosts, { overridden: ['shoes'] }), []);
    const acme = { brand: ['acme'] };
    expect(of(product('shoes', acme))).toBe(5);
    expect(of(product('shirts', acme))).toBe(2);
    expect(of(product(null, acme))).toBe(2);
    const multi = boostMultiplier(plan(boosts, { overridden: ['shoes'] }), ['brand']);
    expect([multi(product('shoes', acme)), multi(product('shirts', acme))]).toEqual([5, 2]);
  });

  test('inside a category the plan holds only what speaks of it', () => {
    const of = boostMultiplier(
      plan([boost('brand', 'acme', 5, ['shoes'])], { category: 'shoes', overridden: ['shoes'] }),
      [],
    );
    expect(of(product('shoes', { brand: ['acme'] }))).toBe(5);
    expect(of(product('shirts', { brand: ['acme'] }))).toBe(1);
  });
});
