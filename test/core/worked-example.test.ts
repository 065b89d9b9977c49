// The worked example of docs/profiles.md, recomputed: its table says what the code does.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { DAY_MS, foldAffinities } from '../../src/core/affinity/affinity.js';
import { buildBoostPlan } from '../../src/core/boost-plan/boost-plan.js';
import { modelSchema } from '../../src/core/model/model.js';
import type { Product } from '../../src/core/product.js';

const model = modelSchema.parse({
  id: 'example',
  name: 'Example',
  globalAffinityFields: [
    { field: 'brand', weight: 60 },
    { field: 'color', weight: 40 },
  ],
  eventWeights: [
    { event: 'purchase', weight: 50 },
    { event: 'add_to_cart', weight: 30 },
    { event: 'view', weight: 15 },
    { event: 'wishlist', weight: 5 },
  ],
});

const now = Date.UTC(2026, 0, 31);
const jackets = ['Arlo blue', 'Arlo red', 'Velda blue', 'Velda red'].map((name, position): Product => {
  const [brand = '', color = ''] = name.split(' ');
  const values = new Map([
    ['brand', [brand]],
    ['color', [color]],
  ]);
  return { objectId: String(position + 1), categories: ['jackets'], values };
});

type Done = readonly [action: string, jacket: number, daysAgo: number];

function fold(...events: readonly Done[]) {
  return foldAffinities(
    events.map(([action, jacket, daysAgo]) => ({
      action,
      timestamp: now - daysAgo * DAY_MS,
      product: jackets[jacket - 1]!,
    })),
    { ...model, fields: ['brand', 'color'], asOf: now, category: 'jackets' },
  );
}

const ann: readonly Done[] = [
  ['purchase', 1, 120],
  ['view', 2, 0],
];
const dan: readonly Done[] = [['purchase', 1, 0]];
const both: readonly Done[] = [
  ['purchase', 3, 0],
  ['purchase', 4, 0],
];

test('the worked example of docs/profiles.md', () => {
  const doc = readFileSync(new URL('../../docs/profiles.md', import.meta.url), 'utf8');
  const rows = [...doc.matchAll(/^\| (Arlo|Velda|blue|red) \|.*\| ([\d.]+) \|$/gm)];
  const written = new Map(rows.map(([, value, factor]) => [value, Number(factor)]));
  const { boosts } = buildBoostPlan({
    model,
    impact: 50,
    category: 'jackets',
    population: fold(...ann, ...dan, ...both, ...both),
    individual: fold(...ann),
    session: fold(['click', 3, 0]),
    group: fold(...ann, ...dan),
  });
  const computed = new Map(boosts.map(({ value, factor }) => [value, Number(factor.toFixed(4))]));
  expect(written.size).toBe(4);
  expect(computed).toEqual(written);
});
