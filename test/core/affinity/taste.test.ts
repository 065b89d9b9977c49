// What people are told of a taste never contradicts the shares it comes from.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Affinities } from '../../../src/core/affinity/affinity.js';
import { valueTastes } from '../../../src/core/affinity/taste.js';
import { modelSchema } from '../../../src/core/model/model.js';

const model = modelSchema.parse({
  id: 'm',
  name: 'M',
  globalAffinityFields: [{ field: 'brand', weight: 100 }],
  eventWeights: [{ event: 'purchase', weight: 100 }],
  timeDecay: 'all',
});
const affinities = (values: Record<string, number>): Affinities => {
  const total = Object.values(values).reduce((sum, x) => sum + x, 0);
  return new Map([['brand', { total, values: new Map(Object.entries(values)) }]]);
};
const of = (own: Record<string, number>, everyone: Record<string, number>, category: string | null = null) =>
  new Map(
    valueTastes(
      { model, category, population: affinities(everyone), individual: affinities(own) },
      'brand',
    ).map((each) => [each.value, each]),
  );

test('who takes less of a value than everybody is below 1, however much they did; what is sent is not', () => {
  const tastes = of({ Private: 259, National: 741 }, { Private: 28_900, National: 71_100 });
  expect(tastes.get('Private')?.taste).toBeCloseTo(0.906, 2);
  expect(tastes.get('National')?.taste).toBeGreaterThan(1);
  expect(tastes.get('Private')?.lift).toBeGreaterThan(6);
});

test('a rare value is no taste of thousands', () => {
  const taste = of({ Rare: 20, Usual: 1_000 }, { Rare: 20, Usual: 1_000_000 }).get('Rare');
  expect(taste?.lift).toBeGreaterThan(4_000);
  expect(taste?.taste).toBeLessThan(1_000);
  expect(taste?.taste).toBeCloseTo(20 / 1_120 / 20.5e-6, -2);
});

const shares = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd'),
  fc.double({ min: 0.01, max: 1e4, noNaN: true }),
  {
    minKeys: 1,
  },
);

test('above 1 exactly where the smoothed share is above everybody’s; weighted by p the mean is 1', () => {
  fc.assert(
    fc.property(shares, fc.constantFrom(null, 'shoes'), (own, category) => {
      const everyone = { a: 500, b: 300, c: 150, d: 50 };
      const total = Object.values(own).reduce((sum, x) => sum + x, 0);
      const tastes = of(own, everyone, category);
      let mean = 1;
      for (const [value, { taste, population }] of tastes) {
        const share = (own[value] ?? 0) / total;
        if (Math.abs(share - population) > 1e-9) expect(taste > 1).toBe(share > population);
        mean += population * (taste - 1);
      }
      const k = category === null ? 100 : 3;
      // Values that they never took are k ÷ (N + k).
      for (const [value, x] of Object.entries(everyone))
        if (!tastes.has(value)) mean += ((x + 0.5) / 1002) * (k / (total + k) - 1);
      expect(mean).toBeCloseTo(1, 6);
    }),
  );
});
