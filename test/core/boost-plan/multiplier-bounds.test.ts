// The factor of the product that a search names: whatever a plan gives others, none comes above it.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { boostMultiplier } from '../../../src/core/boost-plan/boost-multiplier.js';
import type { Boost, BoostPlan } from '../../../src/core/boost-plan/boost-plan.js';
import { namedFactor } from '../../../src/core/boost-plan/multiplier-bounds.js';
import type { Product } from '../../../src/core/product.js';

const FIELDS = ['brand', 'tags'];
const VALUES = ['a', 'b', 'c'];
const boost: fc.Arbitrary<Boost> = fc.record({
  field: fc.constantFrom(...FIELDS),
  value: fc.constantFrom(...VALUES),
  factor: fc.double({ min: 0.2, max: 5, noNaN: true }),
  profile: fc.constant('individual' as const),
});
const plans: fc.Arbitrary<BoostPlan> = fc
  .tuple(
    fc.uniqueArray(boost, { selector: ({ field, value }) => field + value }),
    fc.uniqueArray(boost, { selector: ({ field, value }) => field + value }),
  )
  .map(([global, others]) => ({
    category: null,
    profiles: [],
    boosts: [...global, ...others.map((one) => ({ ...one, categories: ['shoes'] }))],
    overridden: ['shoes'],
    maxBoost: 1e6,
  }));
const products: fc.Arbitrary<Product> = fc.record({
  objectId: fc.constant('p'),
  categories: fc.constantFrom(['shoes'], ['milk'], []),
  values: fc.tuple(fc.constantFrom(...VALUES), fc.subarray(VALUES)).map(
    ([brand, tags]) =>
      new Map([
        ['brand', [brand]],
        ['tags', tags],
      ]),
  ),
});

test('is at least how much the plan can prefer one product to another', () => {
  fc.assert(
    fc.property(plans, products, products, (plan, one, other) => {
      const multiplier = boostMultiplier(plan, ['tags']);
      expect(multiplier(other) / multiplier(one)).toBeLessThanOrEqual(namedFactor(plan) * (1 + 1e-9));
    }),
  );
});

test('is 1 where the plan moves nothing', () => {
  expect(namedFactor({ boosts: [] })).toBe(1);
});
