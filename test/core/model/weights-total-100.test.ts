// Weights rescaled to exactly 100.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { scaleToTotal100 } from '../../../src/core/model/weights-total-100.js';

describe('scaleToTotal100', () => {
  test('gives what is left to the largest remainders, earlier ones first', () => {
    expect(scaleToTotal100([1, 1, 1])).toEqual([33.34, 33.33, 33.33]);
    expect(scaleToTotal100([50, 30, 15])).toEqual([52.63, 31.58, 15.79]);
    expect(scaleToTotal100([50, 30, 15, 5])).toEqual([50, 30, 15, 5]);
  });

  test('totals exactly 100 in hundredths, each within a hundredth of its share', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(weights, (given) => {
        const rescaled = scaleToTotal100(given);
        const sum = given.reduce((a, b) => a + b, 0);
        expect(rescaled.reduce((total, weight) => total + Math.round(weight * 100), 0)).toBe(10_000);
        rescaled.forEach((weight, n) => {
          expect(Math.abs(weight - ((given[n] ?? 0) / sum) * 100)).toBeLessThan(0.01 + 1e-9);
        });
      }),
    );
  });
});
