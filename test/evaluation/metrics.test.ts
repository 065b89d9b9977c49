// Metrics, ranks and intervals against numbers worked out by hand.
import { describe, expect, test } from '@jest/globals';
import { bootstrapMeans, interval } from '../../src/evaluation/metrics/bootstrap-interval.js';
import { metricsOf, ranksOf } from '../../src/evaluation/metrics/ndcg.js';
import { createTally } from '../../src/evaluation/metrics/tally.js';
import { type Assortment, isExcludedCategory } from '../../src/evaluation/tasks/assortment.js';

describe('metricsOf', () => {
  test('the best list is 1 in everything, also with more positives than places', () => {
    expect(metricsOf([1])).toEqual({ ndcg10: 1, mrr: 1, hit10: 1 });
    const twelve = Array.from({ length: 12 }, (_, rank) => rank + 1);
    expect(metricsOf(twelve)).toEqual({ ndcg10: 1, mrr: 1, hit10: 1 });
  });

  test('binary gain, discounted by log2(rank + 1); MRR looks at the whole list', () => {
    expect(metricsOf([3, 11]).ndcg10).toBeCloseTo(0.5 / (1 + 1 / Math.log2(3)), 12);
    expect(metricsOf([10]).hit10).toBe(1);
    expect(metricsOf([40, 11])).toEqual({ ndcg10: 0, mrr: 1 / 11, hit10: 0 });
  });
});

describe('ranksOf', () => {
  const assortment: Assortment = {
    products: [],
    popularity: Float64Array.of(1, 5, 5, 2, 9),
    tieOrder: Int32Array.of(4, 1, 0, 2, 3),
    sold: [],
  };
  const rank = (scores: number[], positive: number, without?: Set<number>) =>
    ranksOf(
      [0, 1, 2, 3, 4],
      scores,
      { set: 'ALL', positives: [positive], ...(without && { without }) },
      assortment,
    );

  test('score first, then popularity, then the fixed random order', () => {
    expect(rank([9, 0, 0, 0, 0], 0)).toEqual([1]);
    expect([1, 2, 3, 4].map((item) => rank([9, 0, 0, 0, 0], item)[0])).toEqual([4, 3, 5, 2]);
  });

  test('what is not in the list takes no place', () => {
    expect(rank([9, 0, 0, 0, 0], 3, new Set([0, 4]))).toEqual([3]);
  });
});

describe('intervals', () => {
  test('a difference that everybody shares is certain, however people differ', () => {
    const values = Float64Array.from({ length: 50 }, (_, person) => (person % 7) / 7);
    const [low, high] = bootstrapMeans([values, values.map((value) => value + 0.25)]);
    const differences = Array.from(high!, (mean, draw) => mean - low![draw]!);
    expect(interval(differences)[0]).toBeCloseTo(0.25, 9);
    expect(interval(differences)[1]).toBeCloseTo(0.25, 9);
  });

  test('the interval of a mean is about ±1.96 standard errors', () => {
    const values = Float64Array.from({ length: 400 }, (_, person) => person % 2);
    const [low, high] = interval(bootstrapMeans([values])[0]!);
    expect(low).toBeGreaterThan(0.44);
    expect(low).toBeLessThan(0.462);
    expect(high).toBeGreaterThan(0.538);
    expect(high).toBeLessThan(0.56);
  });

  test('people count alike, however many queries each has', () => {
    const tally = createTally();
    const add = (person: string, value: number) => {
      for (const method of ['off', 'model'])
        tally.add('ALL', method, person, { ndcg10: value, mrr: value, hit10: value });
    };
    for (const value of [1, 1, 1, 0]) add('busy', value);
    add('once', 0.25);
    const { queries, methods } = tally.results().ALL!;
    expect(queries).toBe(5);
    expect(methods.model).toMatchObject({ ndcg10: 0.5, mrr: 0.5, hit10: 0.5, vs_off: [0, 0] });
  });
});

test('categories are excluded by whole words, in the plural too', () => {
  const words = ['coupon', 'fuel'];
  const excluded = ['COUPON/MISC ITEMS', 'Coupons - store', 'FUEL'];
  expect(excluded.map((name) => isExcludedCategory(name, words))).toEqual([true, true, true]);
  expect(['REFUELLING', 'MISC WINE', ''].map((name) => isExcludedCategory(name, words))).toEqual([
    false,
    false,
    false,
  ]);
});
