// Behavioral cohorts from training to search, on both real engines: published, read, and felt by a new visitor.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { catalogSchema } from '../../src/core/catalog.js';
import { modelSchema } from '../../src/core/model/model.js';
import type { TrainingResult } from '../../src/core/model/training-run.js';
import type { EngineClient } from '../../src/engine/client/client.js';
import { createQualityGate } from '../../src/evaluation/quality-gate/quality-gate.js';
import { planBoosts } from '../../src/profiles/plan-boosts.js';
import { createProfileStore } from '../../src/profiles/profile-store.js';
import { createTrainer } from '../../src/training/trainer.js';
import { connectTest, engines, uniqueIndex } from '../helpers/engines.js';
import { readInTime } from '../helpers/search-context.js';
import { behavioralModel, products, userOf, writeCohortShop } from './cohort-shop.js';

const NOW = Date.parse('2026-03-01T13:00:00Z');

describe.each(engines())('$kind', ({ kind }) => {
  const model = behavioralModel(uniqueIndex('taste').replaceAll('-', '_'));
  let dir: string;
  let engine: EngineClient;
  let result: TrainingResult;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kindred-test-'));
    await writeCohortShop(join(dir, 'shop'), 60);
    engine = await connectTest(kind);
    const train = createTrainer({ engine, tempDir: dir, judge: createQualityGate(), now: () => NOW });
    const catalog = catalogSchema.parse({ index: 'products' });
    result = await train({ model, catalog, version: 1, from: join(dir, 'shop') });
  });
  afterAll(async () => {
    await engine.deleteIndex(result.profileIndex);
    await engine.close();
    await rm(dir, { recursive: true });
  });

  /** What a visitor's products are multiplied by: value → factor. */
  async function factors(seen: readonly string[], userId?: string, group = true) {
    const { profileIndex, multiValuedFields } = result;
    const changed = modelSchema.parse({ ...model, profiles: { ...model.profiles, group } });
    const active = { model: changed, version: 1, profileIndex, multiValuedFields };
    const store = createProfileStore(engine, { maxBytes: 1e7, ttlMs: 60_000, negativeTtlMs: 60_000 });
    const visitor = await readInTime({
      active,
      identity: { sessionId: 's', ...(userId !== undefined && { userId }) },
      category: 'shoes',
      readProfiles: store.read,
      readSession: async () =>
        products
          .filter(({ object_id }) => seen.includes(object_id))
          .map(({ object_id, category, brand, color }) => ({
            action: 'view',
            timestamp: NOW,
            product: {
              objectId: object_id,
              categories: [category],
              values: new Map([
                ['brand', [brand]],
                ['color', [color]],
              ]),
            },
          })),
      deadlineMs: 10_000,
      now: () => NOW,
    });
    if (typeof visitor === 'string') throw new Error(visitor);
    const plan = planBoosts(active, visitor, 50, NOW);
    return {
      profiles: plan.profiles,
      of: new Map(plan.boosts.map(({ value, factor }) => [value, factor])),
    };
  }

  test('one view in another category raises what people of that taste like and lowers what they do not', async () => {
    const { of, profiles } = await factors(['shirts-arlo-red']);
    expect(profiles).toEqual(['group']);
    expect(of.get('velda')).toBeGreaterThan(1.05);
    expect(of.get('red')).toBeGreaterThan(1.05);
    expect(of.get('castell')).toBeLessThan(0.95);
  });

  test('nothing seen: nothing raised; the group profile off: what was seen in the other category', async () => {
    expect((await factors([])).of.size).toBe(0);
    const { of, profiles } = await factors(['shirts-arlo-red'], undefined, false);
    expect(profiles).toEqual(['session']);
    expect([...of.keys()].sort()).toEqual(['arlo', 'red']);
  });

  test('people with history keep their cohort, and are left out of it', async () => {
    const [on, off] = [
      await factors(['shirts-castell-blue'], userOf('warm', 0)),
      await factors(['shirts-castell-blue'], userOf('warm', 0), false),
    ];
    expect(on.of.get('velda')).toBeGreaterThan(off.of.get('velda')!);
    // Nobody else of the cohort touched Solo: their own purchase must not come back as the cohort's.
    expect(on.of.get('solo')).toBeLessThan(off.of.get('solo')!);
  });
});
