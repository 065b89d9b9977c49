// The made-up catalog of the benchmark: searches match as many products as they say, plans have as many boosts.
import { describe, expect, test } from '@jest/globals';
import {
  BENCH_FIELDS,
  benchProducts,
  benchUsers,
  matchSizes,
  matchWord,
  SHOWCASE_PRODUCTS,
} from '../../../src/bench/search/bench-data.js';

const COUNT = 5_000;
const products = [...benchProducts(COUNT)];

test('every size is matched by exactly so many titles, all over the catalog', () => {
  const sizes = matchSizes(COUNT);
  expect(sizes).toEqual([1_000, 2_000, 2_500, 5_000]);
  for (const matches of sizes) {
    const found = products.filter(({ title }) => title.split(' ').includes(matchWord(matches)));
    expect(found).toHaveLength(matches);
    const firstHalf = found.filter(({ object_id }) => Number(object_id.slice(1)) < COUNT / 2);
    expect(firstHalf).toHaveLength(matches / 2);
  }
});

test('a million products have the growth curve of the table', () => {
  expect(matchSizes(1_000_000)).toEqual([1_000, 2_000, 10_000, 100_000, 500_000, 1_000_000]);
});

test('the same count gives the same products', () => {
  expect([...benchProducts(200)]).toEqual([...benchProducts(200)]);
});

describe.each([10, 30, 100, 200, 300, 1000])('users of %i boosts', (boosts) => {
  const users = benchUsers(boosts, 20);

  test('bought products with so many values, no two alike', () => {
    for (const { bought } of users) {
      const values = bought.flatMap((number) => BENCH_FIELDS.map((field) => products[number]?.[field]));
      expect(new Set(values).size).toBe(boosts);
      expect(Math.max(...bought)).toBeLessThan(SHOWCASE_PRODUCTS);
    }
  });

  test('have names and tastes of their own', () => {
    expect(new Set(users.map(({ userId }) => userId)).size).toBe(users.length);
    expect(new Set(users.map(({ bought }) => bought.join())).size).toBe(users.length);
  });
});
