// How much two lists differ: nothing, everything, and more at the top than at the bottom.
import { expect, test } from '@jest/globals';
import { listChange } from '../../../src/search/preview/list-change.js';

const letters = 'abcdefghijklmnopqrstuvwx'.split('');
const swapped = (at: number) => letters.with(at, letters[at + 1] ?? '').with(at + 1, letters[at] ?? '');

test('a list is as itself, and nothing is as nothing', () => {
  expect(listChange(letters, letters)).toEqual({ change: 0, others: 0 });
  expect(listChange([], [])).toEqual({ change: 0, others: 0 });
});

test('lists without a common product differ entirely, whatever their length', () => {
  expect(listChange(['a', 'b'], ['c', 'd'])).toEqual({ change: 1, others: 2 });
  expect(listChange(letters, ['1']).change).toBeCloseTo(1);
  expect(listChange([], ['a'])).toEqual({ change: 1, others: 1 });
});

test('the first places count most, and it is the same both ways', () => {
  const top = listChange(letters, swapped(0)).change;
  const middle = listChange(letters, swapped(8)).change;
  const bottom = listChange(letters, swapped(20)).change;
  expect(top).toBeGreaterThan(middle);
  expect(middle).toBeGreaterThan(bottom);
  expect(bottom).toBeGreaterThan(0);
  expect(listChange(swapped(3), letters).change).toBeCloseTo(listChange(letters, swapped(3)).change);
  expect(listChange(letters, swapped(9)).others).toBe(1);
});
