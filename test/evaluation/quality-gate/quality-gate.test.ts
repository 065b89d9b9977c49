// Trained versions on a shop where it is known who is right: the better is called better, the worse worse.
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { catalogSchema } from '../../../src/core/catalog.js';
import type { EngineKind } from '../../../src/core/engine-kind.js';
import type { TrainingRun } from '../../../src/core/model/training-run.js';
import { loadDataset } from '../../../src/datasets/load/load-dataset.js';
import { createPlanFor } from '../../../src/evaluation/boost-plans.js';
import {
  createQualityGate,
  type QualityGateOptions,
} from '../../../src/evaluation/quality-gate/quality-gate.js';
import { createTrainer } from '../../../src/training/trainer.js';
import { engines } from '../../helpers/engines.js';
import { type Namespace, openNamespace } from '../../helpers/namespace.js';
import { misled, NEWEST, wise, writePlantedShop } from './planted-shop.js';

const CATALOG = catalogSchema.parse({ index: 'products' });

let shop: string;
beforeAll(async () => {
  shop = await writePlantedShop();
});
afterAll(() => rm(shop, { recursive: true }));

/** A trainer over an engine of its own. */
function openTrainer(kind: EngineKind) {
  let namespace: Namespace;
  let version = 0;
  beforeAll(async () => {
    namespace = await openNamespace(kind, 'gate');
  });
  afterAll(async () => {
    await namespace.close();
  });

  function train(
    run: Pick<TrainingRun, 'model' | 'from' | 'active' | 'signal'>,
    options: QualityGateOptions = {},
  ) {
    version += 1;
    const { engine } = namespace;
    return createTrainer({ engine, judge: createQualityGate(options), now: () => NEWEST })({
      ...run,
      catalog: CATALOG,
      version,
    });
  }

  return {
    train,
    load: () => loadDataset({ engine: namespace.engine, dataset: shop, index: 'products' }),
    published: () => namespace.engine.listIndices('kindred-profiles-m-*'),
  };
}

describe.each(engines())('the quality of a version on $kind', ({ kind }) => {
  const { train, load } = openTrainer(kind);
  beforeAll(load);

  test('what people buy is found better than nothing, from the engine as from files', async () => {
    const { quality } = await train({ model: wise('m') });
    expect(quality).toMatchObject({
      verdict: 'better',
      summary: expect.stringMatching(
        /^better: NDCG@10 of whatever they took \.\d{3} against \.\d{3} without personalization \(\+\.\d{3} … \+\.\d{3}\)/,
      ),
      measured: { from: '2026-03-25', days: 6, people: 80, active: null },
    });
    expect(quality.measured!.sets.ALL).toMatchObject({
      queries: 80,
      people: 80,
      active: null,
      vsActive: null,
    });
    expect((await train({ model: wise('m'), from: shop })).quality).toEqual(quality);
  });

  test('other impacts are measured in the same training, as a training of each would find them', async () => {
    const { quality } = await train({ model: wise('m', { impact: 60 }) });
    const { impacts = [] } = quality.measured!;
    expect(impacts.map(({ impact }) => impact)).toEqual([0, 25, 50, 75, 100]);
    expect(impacts[0]?.sets.ALL?.vsOff.mean).toBe(0);
    for (const impact of [25, 75]) {
      const own = (await train({ model: wise('m', { impact }) })).quality.measured!;
      expect(impacts.find((each) => each.impact === impact)?.sets).toEqual(own.sets);
    }
  });

  test('what misleads is found worse than OFF and than what is active', async () => {
    const active = { model: wise('good'), version: 4 };
    const { quality } = await train({ model: misled('m'), active });
    expect(quality).toMatchObject({
      verdict: 'worse',
      summary: expect.stringMatching(/^worse than without personalization and the active good@4: /),
      measured: { active: { model: 'good', version: 4, problem: null } },
    });
    const { ALL } = quality.measured!.sets;
    expect(ALL!.vsOff.ci95[1]).toBeLessThan(0);
    expect(ALL!.vsActive!.mean).toBeCloseTo(ALL!.version.ndcg10 - ALL!.active!.ndcg10, 9);
  });

  test('better than a bad one that is active; the same settings are not compared with themselves', async () => {
    const { quality } = await train({ model: wise('m'), active: { model: misled('bad'), version: 1 } });
    expect([quality.verdict, quality.measured!.sets.ALL!.vsActive!.ci95[0] > 0]).toEqual(['better', true]);
    const same = await train({ model: wise('m'), active: { model: wise('other'), version: 1 } });
    expect(same.quality.measured!.active).toBeNull();
  });
});

describe('what is judged', () => {
  const { train, published } = openTrainer('elasticsearch');

  test('impact 0 is OFF, so it is no worse', async () => {
    const { quality } = await train({ model: wise('m', { impact: 0 }), from: shop });
    expect(quality).toMatchObject({
      verdict: 'no-worse',
      measured: { sets: { ALL: { vsOff: { mean: 0 } } } },
    });
  });

  test('an active model whose field is gone is not compared, and says so', async () => {
    const gone = wise('old', { globalAffinityFields: [{ field: 'fabric', weight: 100 }] });
    const { quality } = await train({ model: wise('m'), from: shop, active: { model: gone, version: 2 } });
    expect(quality).toMatchObject({
      verdict: 'better',
      summary: expect.stringMatching(/; not compared with old@2: .*"fabric"/),
      measured: { active: { problem: expect.stringContaining('fabric') }, sets: { ALL: { active: null } } },
    });
  });

  test.each([
    ['people', { people: 30 }, /30 known people .*; 50 people are needed/],
    ['days', { days: 4 }, /the events span 4 days; five days or more/],
  ])('too few %s: not judged, with the reason, and trained all the same', async (_, few, reason) => {
    const small = await writePlantedShop(few);
    try {
      const { quality, people } = await train({ model: wise('m'), from: small });
      expect(quality).toEqual({
        verdict: 'not-judged',
        summary: expect.stringMatching(reason),
        measured: null,
      });
      expect(people).toBeGreaterThan(0);
    } finally {
      await rm(small, { recursive: true });
    }
  });

  test('a judge that breaks does not break the training, and is heard of', async () => {
    const failures: unknown[] = [];
    const broken = new TypeError('plans are broken');
    const result = await train(
      { model: wise('m'), from: shop },
      {
        createPlanFor: () => () => Promise.reject(broken),
        onFailure: (error) => failures.push(error),
      },
    );
    expect(result.quality).toMatchObject({ verdict: 'not-judged', summary: 'not judged: plans are broken' });
    expect(result.profiles).toBeGreaterThan(80);
    expect(failures).toEqual([broken]);
  });

  test('cancelled in the middle of judging, a run stops at once and leaves nothing', async () => {
    const controller = new AbortController();
    let plans = 0;
    const counting: typeof createPlanFor = (...given) => {
      const planFor = createPlanFor(...given);
      return (request) => {
        plans += 1;
        setImmediate(() => controller.abort());
        return planFor(request);
      };
    };
    const run = train(
      { model: wise('m'), from: shop, signal: controller.signal },
      { createPlanFor: counting },
    );
    await expect(run).rejects.toMatchObject({ code: 'training-cancelled' });
    expect(plans).toBeLessThan(5);
    expect(await published()).not.toContain('kindred-profiles-m-6');
  });
});
