// Rounded factors are near the exact ones, and the digits of a list multiply to them.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { factorDigits, isLong, roundFactors } from '../../../src/core/boost-plan/binary-factors.js';
import { type Boost, type BoostPlan, boostLists } from '../../../src/core/boost-plan/boost-plan.js';

const factor = fc
  .double({ min: 0.05, max: 900, noNaN: true })
  .filter((one) => Math.abs(Math.log(one)) > 1e-3);
const list = (field: string, categories?: readonly string[]) =>
  fc
    .array(factor, { maxLength: 40 })
    .map((factors) =>
      factors.map(
        (one, i): Boost => ({ field, value: `${i}`, factor: one, profile: 'individual', categories }),
      ),
    );
const plans = fc.tuple(list('brand'), list('color'), list('brand', ['shoes'])).map(
  (lists): BoostPlan => ({
    category: null,
    profiles: ['individual'],
    boosts: lists.flat(),
    overridden: ['shoes'],
    maxBoost: 30,
  }),
);

/** Values of one list in two scopes have the same name. */
const keyOf = ({ field, value, categories }: Boost) => `${field} ${value} ${categories}`;

describe('roundFactors', () => {
  test('rounds long lists by half a step of their largest factor at most, and short ones not at all', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const rounded = new Map(roundFactors(plan).boosts.map((boost) => [keyOf(boost), boost.factor]));
        for (const boosts of boostLists(plan.boosts)) {
          const largest = Math.max(...boosts.map((boost) => Math.abs(Math.log(boost.factor))));
          const most = isLong(boosts) ? largest / 63 / 2 : 0;
          for (const boost of boosts) {
            const off = Math.log(rounded.get(keyOf(boost)) ?? 1) - Math.log(boost.factor);
            expect(Math.abs(off)).toBeLessThanOrEqual(most + 1e-9);
          }
        }
      }),
    );
  });

  test('the digits of a list multiply to the rounded factors', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        for (const boosts of boostLists(roundFactors(plan).boosts).filter(isLong)) {
          const digits = factorDigits(boosts);
          expect(digits.length).toBeLessThanOrEqual(12);
          for (const boost of boosts) {
            const product = digits
              .filter((digit) => digit.boosts.includes(boost))
              .reduce((all, digit) => all * digit.factor, 1);
            expect(product / boost.factor).toBeCloseTo(1, 9);
          }
        }
      }),
    );
  });

  test('ranges of numbers stay as they are', () => {
    const boosts = Array.from(
      { length: 9 },
      (_, i): Boost => ({
        field: 'price',
        value: `${i}`,
        range: { gte: i, lt: i + 1 },
        factor: 1.1 + i / 7,
        profile: 'group',
      }),
    );
    const plan = { category: null, profiles: [], boosts, overridden: [], maxBoost: 30 } as const;
    expect(roundFactors(plan).boosts).toEqual(boosts);
  });
});
