// A training run that does not succeed says why and leaves nothing behind.
import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TrainingProgress } from '../../src/core/model/training-run.js';
import type { EngineClient } from '../../src/engine/client/client.js';
import { createQualityGate } from '../../src/evaluation/quality-gate/quality-gate.js';
import { createTrainer } from '../../src/training/trainer.js';
import { openSmallShop, type SmallShop, smallModel } from './small-shop.js';

let shop: SmallShop;

beforeAll(async () => {
  shop = await openSmallShop('elasticsearch');
});
afterAll(() => shop.close());

test.each<TrainingProgress['stage']>([
  'read events',
  'compute affinities',
  'judge quality',
  'publish profiles',
])('cancelled while it would %s, a run leaves nothing', async (stage) => {
  const controller = new AbortController();
  const onProgress = (step: TrainingProgress) => {
    if (step.stage === stage) controller.abort();
  };
  const run = {
    model: smallModel(shop.modelId),
    catalog: shop.catalog,
    version: 7,
    onProgress,
    signal: controller.signal,
  };
  await expect(shop.trainer()(run)).rejects.toMatchObject({ code: 'training-cancelled' });
  expect(await shop.profileIndices()).not.toContain(`kindred-profiles-${shop.modelId}-7`);
  expect(await readdir(shop.tempDir)).toEqual([]);
});

test('without a place for its files a run fails in words', async () => {
  const train = createTrainer({
    engine: shop.engine,
    tempDir: `${shop.tempDir}/gone`,
    judge: createQualityGate(),
  });
  const failed = train({ model: smallModel(shop.modelId), catalog: shop.catalog, version: 9 });
  await expect(failed).rejects.toMatchObject({
    code: 'training-failed',
    message: expect.stringMatching(/^the training failed: .*ENOENT.*gone/),
  });
});

test('a refused profile fails the run and leaves nothing', async () => {
  const refusing: EngineClient = {
    ...shop.engine,
    bulk: async (index, items) => [
      ...(await shop.engine.bulk(index, items)),
      { id: items[0]!.id, status: 400, reason: 'not like this' },
    ],
  };
  const run = { model: smallModel(shop.modelId), catalog: shop.catalog, version: 8 };
  await expect(shop.trainer({ engine: refusing })(run)).rejects.toMatchObject({ code: 'document-refused' });
  expect(await shop.profileIndices()).not.toContain(`kindred-profiles-${shop.modelId}-8`);
});

test('says why no event counts, and leaves nothing', async () => {
  const model = smallModel(shop.modelId, { eventWeights: [{ event: 'order', weight: 100 }] });
  for (const from of [undefined, shop.dataset]) {
    const failed = shop.trainer()({ model, catalog: shop.catalog, version: 10, ...(from && { from }) });
    await expect(failed).rejects.toMatchObject({
      code: 'no-counting-events',
      status: 422,
      message: expect.stringMatching(/seen purchase \(5\).*weighs order/s),
    });
  }
  expect(await shop.profileIndices()).not.toContain(`kindred-profiles-${shop.modelId}-10`);
});

test('refuses fields that tell nothing apart, an unknown column and missing indices', async () => {
  const only = (field: string) =>
    smallModel(shop.modelId, { globalAffinityFields: [{ field, weight: 100 }] });
  const from = shop.dataset;
  const train = shop.trainer();
  await expect(train({ model: only('nothing'), catalog: shop.catalog, version: 11 })).rejects.toMatchObject({
    code: 'no-affinities',
  });
  await expect(
    train({ model: only('nothing'), catalog: shop.catalog, version: 11, from }),
  ).rejects.toMatchObject({
    code: 'unknown-field',
    message: expect.stringContaining('brand'),
  });
  const elsewhere = { ...shop.catalog, index: 'trainer-nowhere' };
  await expect(train({ model: only('brand'), catalog: elsewhere, version: 11 })).rejects.toMatchObject({
    code: 'no-catalog',
  });
});
