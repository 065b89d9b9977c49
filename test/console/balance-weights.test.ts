// Lists of weights on screen: what is left to 100, and how the rest is balanced.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { balanceRest, leftOf, leftWords, totalOf } from '../../src/console/lib/model/balance-weights.js';

const rows = (...weights: number[]) => weights.map((weight, place) => ({ name: `f${place}`, weight }));
const weightsOf = (list: readonly { weight: number }[]) => list.map(({ weight }) => weight);

describe('what is left', () => {
  test.each([
    [[50, 40, 9], '1 left'],
    [[50, 40, 10], null],
    [[50, 40, 20], '10 too much'],
    [[33.33, 33.33, 33.34], null],
    [[33.33, 33.33, 33.33], '0.01 left'],
    [[0.1, 0.2], '99.7 left'],
    [[], '100 left'],
  ])('of %j: %s', (weights, words) => {
    expect(leftWords(rows(...weights))).toBe(words);
  });
});

describe('balancing the rest', () => {
  test('keeps what was set by hand and shares what is left in proportion', () => {
    expect(weightsOf(balanceRest(rows(60, 30, 20), new Set(['f0'])))).toEqual([60, 24, 16]);
  });

  test('gives what has nothing yet the average of the others', () => {
    expect(weightsOf(balanceRest(rows(60, 40, 0), new Set(['f0'])))).toEqual([60, 20, 20]);
    expect(weightsOf(balanceRest(rows(0, 0, 0, 0), new Set()))).toEqual([25, 25, 25, 25]);
  });

  test('shares whole points where the total is whole, hundredths where it is not', () => {
    expect(weightsOf(balanceRest(rows(60, 1, 1, 1), new Set(['f0'])))).toEqual([60, 14, 13, 13]);
    expect(weightsOf(balanceRest(rows(59.5, 1, 1), new Set(['f0'])))).toEqual([59.5, 20.25, 20.25]);
  });

  test('leaves nothing to the others when what was set is 100', () => {
    expect(weightsOf(balanceRest(rows(70, 30, 20), new Set(['f0', 'f1'])))).toEqual([70, 30, 0]);
  });

  test('rescales all when all were set, or when those that were are too much alone', () => {
    expect(weightsOf(balanceRest(rows(60, 60), new Set(['f0', 'f1'])))).toEqual([50, 50]);
    expect(weightsOf(balanceRest(rows(90, 60, 50), new Set(['f0', 'f1'])))).toEqual([45, 30, 25]);
  });

  test('always totals exactly 100, names and order unchanged, and never moves a kept weight that fits', () => {
    const weight = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100);
    const given = fc.array(fc.record({ weight, kept: fc.boolean() }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(given, (list) => {
        const named = list.map((each, place) => ({ name: `f${place}`, weight: each.weight }));
        const kept = new Set(named.filter((_, place) => list[place]?.kept).map(({ name }) => name));
        const balanced = balanceRest(named, kept);
        expect(totalOf(balanced)).toBe(100);
        expect(balanced.map(({ name }) => name)).toEqual(named.map(({ name }) => name));
        for (const each of balanced) expect(each.weight).toBeGreaterThanOrEqual(0);
        const fits = kept.size < named.length && leftOf(named.filter(({ name }) => kept.has(name))) >= 0;
        if (fits)
          for (const [place, each] of balanced.entries())
            if (kept.has(each.name)) expect(each.weight).toBe(named[place]?.weight);
      }),
    );
  });
});
