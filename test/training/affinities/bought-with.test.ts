// What goes with a product: the SQL's pairs and strengths against the same counted by hand.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { modelSchema } from '../../../src/core/model/model.js';
import { productId } from '../../../src/core/profile/profile.js';
import { writeDataset } from '../../helpers/write-dataset.js';
import { AS_OF, profilesOf } from '../profiles-of.js';

const bought: Record<string, string[]> = {
  ann: ['milk1', 'milk2', 'bread1'],
  ben: ['milk1', 'milk2'],
  cat: ['milk1', 'milk3', 'bread1'],
  dan: ['milk3', 'milk2'],
  eve: ['milk4'],
  fay: ['milk4'],
  gil: ['milk1', 'milk2'],
};
const model = modelSchema.parse({
  id: 'm',
  name: 'M',
  globalAffinityFields: [{ field: 'brand', weight: 100 }],
  eventWeights: [{ event: 'purchase', weight: 100 }],
  products: { related: 25 },
});

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kindred-test-'));
  const ids = [...new Set(Object.values(bought).flat())];
  const products = ids.map((object_id) => ({
    object_id,
    title: object_id,
    category: object_id.slice(0, -1),
    brand: `b${object_id.at(-1)}`,
  }));
  const events = Object.entries(bought).flatMap(([user_id, objects]) =>
    objects.map((object_id) => ({
      timestamp: new Date(AS_OF).toISOString(),
      user_id,
      session_id: user_id,
      action_name: 'purchase',
      object_id,
    })),
  );
  await writeDataset(dir, { products, events });
});
afterAll(() => rm(dir, { recursive: true }));

test('pairs of two people and more, above chance, within a category', async () => {
  const documents = await profilesOf(dir, model);
  // Seven people have milk; 1 and 2 are had by 4 each, together by 3. 1 with 3 is one person: too few.
  const strength = (3 - (4 * 4) / 7) / (4 + 20);
  expect(documents.get(productId('milk1'))).toMatchObject({
    kind: 'product',
    people: 4,
    neighbours: { category: 'milk', bought_with: [['milk2', expect.closeTo(strength, 6), 4]], next: [] },
  });
  const products = [...documents.keys()].filter((id) => id.startsWith('product:')).sort();
  expect(products).toEqual([productId('milk1'), productId('milk2')]);
});

test('a model that does not ask for related products has none', async () => {
  const documents = await profilesOf(dir, { ...model, products: { buyAgain: 35, related: 0 } });
  expect([...documents.values()].filter(({ kind }) => kind === 'product')).toEqual([]);
});
