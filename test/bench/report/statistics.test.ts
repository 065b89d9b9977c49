// The arithmetic of benchmarks: what is divided by what, and which sample a percentile is.
import { describe, expect, test } from '@jest/globals';
import {
  difference,
  median,
  overlap,
  percentile,
  ratio,
  scaled,
  timesOf,
} from '../../../src/bench/report/statistics.js';

const hundred = Array.from({ length: 100 }, (_, at) => at + 1);

describe('percentile', () => {
  test.each([
    [hundred, 0.5, 50],
    [hundred, 0.99, 99],
    [hundred, 1, 100],
    [hundred, 0, 1],
    [[7], 0.99, 7],
    [[1, 2, 3], 0.5, 2],
    [[1, 2], 0.5, 1],
  ])('the smallest sample that so many do not exceed', (sorted, share, expected) => {
    expect(percentile(sorted, share)).toBe(expected);
  });

  test('of nothing is not a number', () => {
    expect(percentile([], 0.5)).toBeNaN();
  });
});

test('times are sorted as numbers, whatever order they came in', () => {
  const shuffled = [100, 9, ...hundred.filter((n) => n !== 9 && n !== 100).reverse()];
  expect(timesOf(shuffled)).toEqual({ count: 100, p50: 50, p90: 90, p99: 99 });
  expect(timesOf([0.12345])).toEqual({ count: 1, p50: 0.123, p90: 0.123, p99: 0.123 });
  expect(timesOf([])).toBeNull();
});

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[10, 9], 9.5],
  [[5], 5],
  [[], null],
])('the median of %j is %j', (values, expected) => {
  expect(median(values)).toBe(expected);
});

test('a ratio needs both sides and something to divide by', () => {
  expect(ratio(3, 2)).toBe(1.5);
  expect(ratio(1, 3)).toBe(0.333);
  expect(ratio(0, 3)).toBe(0);
  for (const [one, other] of [
    [null, 1],
    [1, null],
    [undefined, 1],
    [1, 0],
  ] as const)
    expect(ratio(one, other)).toBeNull();
});

test('a difference needs both sides', () => {
  expect(difference(1.5, 1.25)).toBe(0.25);
  expect(difference(0, 2)).toBe(-2);
  expect(difference(undefined, 1)).toBeNull();
  expect(difference(1, null)).toBeNull();
});

describe('overlap', () => {
  const wanted = ['a', 'b', 'c', 'd'];
  test.each([
    [wanted, 4, 1],
    [['d', 'c', 'b', 'a'], 4, 1],
    [['d', 'c', 'b', 'a'], 2, 0],
    [['a', 'x', 'b'], 2, 0.5],
    [[], 4, 0],
  ])('of %j in the first %i is %d', (got, k, expected) => {
    expect(overlap(wanted, got, k)).toBe(expected);
  });

  test('fewer hits than the page are all there is to find', () => {
    expect(overlap(['a', 'b'], ['b', 'a'], 10)).toBe(1);
    expect(overlap([], [], 10)).toBe(1);
  });
});

test('a first look takes a tenth, and never nothing', () => {
  expect([scaled(1, 200), scaled(0.1, 200), scaled(0.1, 3)]).toEqual([200, 20, 1]);
});
