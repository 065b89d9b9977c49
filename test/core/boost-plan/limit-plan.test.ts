// A wrapped query gets the strongest boosts only, spread over the fields.
import { describe, expect, test } from '@jest/globals';
import { type Boost, type BoostPlan, limitPlan } from '../../../src/core/boost-plan/boost-plan.js';

function boosts(field: string, count: number, profile: Boost['profile'], categories?: string[]): Boost[] {
  return Array.from({ length: count }, (_, i) => ({
    field,
    value: `${field}${i}`,
    factor: 2,
    profile,
    ...(categories && { categories }),
  }));
}

function plan(list: Boost[]): BoostPlan {
  return { category: null, profiles: ['individual', 'group'], boosts: list, overridden: [], maxBoost: 30 };
}

describe('limitPlan', () => {
  const large = plan([
    ...boosts('brand', 50, 'individual'),
    ...boosts('color', 4, 'individual'),
    ...boosts('size', 50, 'individual', ['shoes']),
  ]);

  test('keeps a small plan', () => {
    const small = plan(boosts('brand', 30, 'individual'));
    expect(limitPlan(small)).toBe(small);
  });

  test('takes every list in turn, in the order of the plan', () => {
    const { boosts: kept } = limitPlan(large);
    expect(kept.map(({ value }) => value)).toEqual(
      [
        ...boosts('brand', 13, 'individual'),
        ...boosts('color', 4, 'individual'),
        ...boosts('size', 13, 'individual'),
      ].map(({ value }) => value),
    );
  });

  test('what goes with a product is a list beside what is bought again', () => {
    const product = (reason: 'buy_again' | 'related') =>
      boosts('_id', 40, 'individual').map((boost) => ({ ...boost, product: reason }));
    const both = plan([...product('buy_again'), ...product('related')]);
    const { boosts: kept } = limitPlan(both);
    expect(kept.filter((boost) => boost.product === 'related')).toHaveLength(15);
  });

  test('names only the profiles that are left', () => {
    const list = [...boosts('brand', 31, 'individual')];
    list[30] = { ...list[30]!, profile: 'group' };
    expect(limitPlan(plan(list)).profiles).toEqual(['individual']);
  });
});
