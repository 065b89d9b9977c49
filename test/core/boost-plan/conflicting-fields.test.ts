// Boosts on what is of two kinds in one catalog stay out, with whose they were.
import { expect, test } from '@jest/globals';
import {
  type Boost,
  type BoostPlan,
  dropConflictingFields,
} from '../../../src/core/boost-plan/boost-plan.js';

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
const left = (of: BoostPlan, ...conflicting: string[]) => {
  const { boosts, profiles } = dropConflictingFields(of, new Set(conflicting), 'category');
  return [boosts.map(({ field }) => field), profiles];
};

test('nothing conflicts: the same plan', () => {
  expect(dropConflictingFields(plan, new Set(), 'category')).toBe(plan);
  expect(dropConflictingFields(plan, new Set(['other']), 'category')).toBe(plan);
});

test.each<[string[], string[], string[]]>([
  [['color'], ['brand', 'size'], ['individual']],
  [['brand', 'size'], ['color'], ['session']],
  [['category'], [], []],
])('%j in conflict', (conflicting, fields, profiles) => {
  expect(left(plan, ...conflicting)).toEqual([fields, profiles]);
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

test('an attribute that goes by a name conflicts where its name or its value does', () => {
  const [first] = plan.boosts;
  if (!first) throw new Error('no boosts');
  const named: BoostPlan = { ...plan, boosts: [{ ...first, field: 'features[name=Fit].value.raw' }] };
  expect(left(named, 'features.name')[0]).toEqual([]);
  expect(left(named, 'features.value.raw')[0]).toEqual([]);
  expect(left(named, 'features.value')[0]).toHaveLength(1);
});
