// Boosts on what is of two kinds in one catalog stay out, with whose they were.
import { expect, test } from '@jest/globals';
import type { Boost, BoostPlan } from '../../../src/core/boost-plan/boost-plan.js';
import { leaveOutSplit } from '../../../src/query/boosts/conflicting-fields.js';

const boost = (field: string, profile: Boost['profile'], categories?: readonly string[]): Boost => ({
  field,
  value: 'v',
  factor: 2,
  profile,
  ...(categories && { categories }),
});
const plan: BoostPlan = {
  category: null,
  profiles: ['individual', 'session'],
  boosts: [boost('brand', 'individual'), boost('color', 'session'), boost('size', 'individual', ['shoes'])],
  overridden: ['shoes'],
  maxBoost: 3,
};
const left = (of: BoostPlan, ...split: string[]) => {
  const { boosts, profiles } = leaveOutSplit(of, new Set(split), 'category');
  return [boosts.map(({ field }) => field), profiles];
};

test('nothing is split: the same plan', () => {
  expect(leaveOutSplit(plan, new Set(), 'category')).toBe(plan);
  expect(leaveOutSplit(plan, new Set(['other']), 'category')).toBe(plan);
});

test.each<[string[], string[], string[]]>([
  [['color'], ['brand', 'size'], ['individual']],
  [['brand', 'size'], ['color'], ['session']],
  [['category'], [], []],
])('%j is split', (split, fields, profiles) => {
  expect(left(plan, ...split)).toEqual([fields, profiles]);
});

test('without overrides, or in one category, the global list needs no categories', () => {
  expect(left({ ...plan, overridden: [] }, 'category')).toEqual([
    ['brand', 'color'],
    ['individual', 'session'],
  ]);
  expect(left({ ...plan, category: 'shoes' }, 'category')).toEqual([
    ['brand', 'color'],
    ['individual', 'session'],
  ]);
});
