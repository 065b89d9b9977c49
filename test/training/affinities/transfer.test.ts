// How far tastes carry over between categories: learned from what users with little history in a category took there.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { modelSchema } from '../../../src/core/model/model.js';
import { populationId } from '../../../src/core/profile/profile.js';
import { writeDataset } from '../../helpers/write-dataset.js';
import { AS_OF, profilesOf } from '../profiles-of.js';

const CATEGORIES = Array.from({ length: 6 }, (_, at) => `category ${at}`);
const BRANDS = Array.from({ length: 4 }, (_, at) => `brand ${at}`);
const SIZES = Array.from({ length: 4 }, (_, at) => `size ${at}`);
const products = CATEGORIES.flatMap((category, at) =>
  BRANDS.flatMap((brand) =>
    SIZES.map((size) => ({
      object_id: `${category} ${brand} ${size}`,
      title: brand,
      category,
      brand,
      size,
      price: at + 1,
    })),
  ),
);

/** Each takes one product a category: of the brand `brandOf` says; sizes differ from category to category. */
function events(users: number, brandOf: (user: number, category: number) => number) {
  return Array.from({ length: users }, (_, user) =>
    CATEGORIES.map((category, at) => ({
      timestamp: new Date(AS_OF).toISOString(),
      user_id: `user ${user}`,
      session_id: `session ${user}`,
      action_name: 'purchase',
      object_id: `${category} brand ${brandOf(user, at) % 4} size ${(user * 7 + at * (1 + (user % 3))) % 4}`,
    })),
  ).flat();
}

async function transferOf(log: ReturnType<typeof events>) {
  const dir = await mkdtemp(join(tmpdir(), 'kindred-transfer-'));
  await writeDataset(dir, { products, events: log });
  const model = modelSchema.parse({
    id: 'm',
    name: 'm',
    globalAffinityFields: [
      { field: 'brand', weight: 40 },
      { field: 'size', weight: 40 },
      { field: 'price', weight: 20 },
    ],
    eventWeights: [{ event: 'purchase', weight: 100 }],
    timeDecay: 'all',
  });
  const documents = await profilesOf(dir, model).finally(() => rm(dir, { recursive: true }));
  expect(documents.get(populationId('category 1'))?.transfer).toBeUndefined();
  return new Map(documents.get(populationId(null))?.transfer);
}

test('a brand that users take everywhere carries over, a size they choose anew everywhere does not', async () => {
  const transfer = await transferOf(events(200, (user) => user));
  expect(transfer.get('brand')).toBeGreaterThan(0.5);
  expect(transfer.get('brand')).toBeLessThanOrEqual(1);
  expect(transfer.get('size') ?? 0).toBeLessThan(0.1);
});

test('bands of numbers never do', async () => {
  expect((await transferOf(events(200, (user) => user))).has('price')).toBe(false);
});

test('nor does what users avoid taking again', async () => {
  expect((await transferOf(events(200, (user, category) => user + category))).get('brand') ?? 0).toBeLessThan(
    0.1,
  );
});

test('a few users say little', async () => {
  const few = (await transferOf(events(2, (user) => user))).get('brand') ?? 0;
  const many = (await transferOf(events(200, (user) => user))).get('brand') ?? 0;
  expect(few).toBeLessThan(many);
});
