// The evaluation on a shop where everything is known: what is judged, who is right, and that nothing sees the future.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { modelSchema } from '../../src/core/model/model.js';
import { PRESETS } from '../../src/core/model/presets.js';
import { evaluate } from '../../src/evaluation/evaluate.js';
import type { EvaluateOptions } from '../../src/evaluation/evaluation.js';
import { buy, CUT, events, type ShopEvent, UNTIL, writeShop } from './shop.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kindred-test-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function run(given: Partial<EvaluateOptions> = {}, log: readonly ShopEvent[] = events()) {
  await writeShop(dir, log);
  return evaluate({
    dataset: dir,
    task: 'category',
    cut: CUT,
    until: UNTIL,
    users: null,
    model: null,
    excluded: ['coupon'],
    ...given,
  });
}

const only = (field: string, impact: number) =>
  modelSchema.parse({
    id: 'm',
    name: 'M',
    globalAffinityFields: [{ field, weight: 100 }],
    eventWeights: [
      { event: 'purchase', weight: 50 },
      { event: 'view', weight: 50 },
    ],
    impact,
  });
const brandOnly = (impact: number) => only('brand', impact);
const ann = { users: new Set(['ann']) };

test("a preset takes the place of the default model's strengths", async () => {
  const { settings } = PRESETS.discovery;
  const { evaluation, model } = await run({ preset: settings });
  expect(model).toMatchObject({ ...settings, globalAffinityFields: [{ field: 'brand', weight: 100 }] });
  expect(evaluation.sets.ALL!.methods).not.toHaveProperty('model_without_buy_again');
});

describe('the category task', () => {
  test('judges purchases of the window, in three sets, with every method', async () => {
    const { evaluation, model } = await run();
    expect(model.globalAffinityFields).toEqual([{ field: 'brand', weight: 100 }]);
    expect(evaluation).toMatchObject({
      task: 'category',
      cut: '2026-03-01',
      until: '2026-03-11',
      people: 11,
    });
    expect(Object.keys(evaluation.sets)).toEqual(['ALL', 'NEW', 'NEWFULL']);
    expect(Object.keys(evaluation.sets.ALL!.methods)).toEqual([
      'popularity',
      'off',
      'raw_share',
      'repeat_own',
      'item_to_item',
      'model',
      'model_without_individual',
      'model_without_session',
      'model_without_buy_again',
      'model_without_related',
    ]);
    expect(Object.values(evaluation.sets).map(({ queries }) => queries)).toEqual([11, 11, 11]);
  });

  test('with a taste of her own, Ann finds acme: again by repeating, something new by the model alone', async () => {
    const { evaluation } = await run({ ...ann, model: brandOnly(50) });
    expect(evaluation.people).toBe(1);
    const { ALL, NEW, NEWFULL } = evaluation.sets;
    // The popular brand has the first ten places; her own four products are the only ones of hers before the others.
    expect(NEW!.methods.off).toMatchObject({ ndcg10: 0, hit10: 0, ci95: [0, 0], vs_off: [0, 0] });
    expect(NEW!.methods.repeat_own!.ndcg10).toBe(0);
    expect(NEW!.methods.model!.hit10).toBe(1);
    expect(NEW!.methods.model!.vs_off[0]).toBeGreaterThan(0);
    expect(NEW!.methods.model_without_individual).toEqual(NEW!.methods.off);
    expect(ALL!.methods.repeat_own!.mrr).toBe(1);
    // Her own four are before anything new where they stay in the list.
    expect(NEWFULL!.methods.model!.mrr).toBeLessThan(NEW!.methods.model!.mrr);
  });

  test('what she pays leads there as well: prices count in bands of the category', async () => {
    const { NEW } = (await run({ ...ann, model: only('price', 50) })).evaluation.sets;
    expect(NEW!.methods.off!.hit10).toBe(0);
    expect(NEW!.methods.model!.hit10).toBe(1);
    expect(NEW!.methods.model_without_individual).toEqual(NEW!.methods.off);
  });

  test('leaves out excluded categories, and takes them in when none is excluded', async () => {
    const { evaluation } = await run({ ...ann, excluded: [] });
    expect(evaluation.sets.ALL!.queries).toBe(2);
  });

  test('training sees nothing from the cut on', async () => {
    const before = await run(ann);
    const later = Array.from({ length: 9 }, (_, day) => buy('bob', 'milk-3', day));
    const after = await run(ann, [...events(), ...later]);
    expect(after.evaluation).toEqual(before.evaluation);
  });

  test('of newcomers it learns only their last events, and everything of everybody else', async () => {
    const zeta = Array.from({ length: 24 }, (_, turn) =>
      buy('ann', `milk-${4 * (turn % 4) + 2}`, -30 - turn),
    );
    const log = [...events(), ...zeta];
    const newcomer = async (history?: number) =>
      (await run({ ...ann, model: brandOnly(50), ...(history !== undefined && { history }) }, log)).evaluation
        .sets.NEW!.methods;
    const [nothing, some, all] = [await newcomer(0), await newcomer(6), await newcomer()];
    expect(nothing.model).toEqual(nothing.off);
    // Before acme she bought zeta: who forgets that finds acme sooner.
    expect(some.model!.mrr).toBeGreaterThan(all.model!.mrr);
    expect(some.repeat_own).toEqual(all.repeat_own);
  });

  test('a given model is the one that is judged: impact 0 is OFF', async () => {
    const { methods } = (await run({ ...ann, model: brandOnly(0) })).evaluation.sets.ALL!;
    expect(methods.model).toEqual(methods.off);
    expect(methods.model_without_group).toEqual(methods.off);
  });
});

describe('the session task', () => {
  const session = (id: string, days: number, ...items: number[]): ShopEvent[] =>
    items.map((item, place) => ({
      user_id: null,
      session_id: id,
      action_name: place % 2 ? 'select_item' : 'view',
      object_id: `milk-${item}`,
      days: days + place / 1000,
    }));

  test('predicts what was not yet seen, from the third click on; transitions know the way', async () => {
    const log = [
      ...events(),
      ...session('a', -3, 1, 2, 3, 7),
      ...session('b', -2, 2, 3, 7),
      ...session('judged', 1, 1, 2, 1, 3, 7, 3),
      ...session('too short', 1, 1, 2),
      ...[20, 24, 28].flatMap((item) => session(`elsewhere ${item}`, -4, item, 33, 34)),
      ...session('over the cut', -0.001, 1, 2, 3, 7),
    ];
    const { evaluation } = await run({ task: 'session' }, log);
    expect(evaluation.people).toBe(1);
    expect(Object.keys(evaluation.sets)).toEqual(['NEXT']);
    const { queries, methods } = evaluation.sets.NEXT!;
    // After 1, 2, 1 comes 3, then 7; the second 3 was seen.
    expect(queries).toBe(2);
    expect(methods.markov!.mrr).toBeGreaterThan(methods.popularity!.mrr);
    expect(methods.item_to_item!.mrr).toBeGreaterThan(methods.popularity!.mrr);
    expect(methods.model_without_session!.mrr).toBe(methods.off!.mrr);
  });
});

describe('what cannot be evaluated is said in one line', () => {
  test.each<[string, Partial<EvaluateOptions>, RegExp]>([
    [
      'a person nobody knows',
      { users: new Set(['ann', 'eve']) },
      /^--users names "eve", whom .* does not know/,
    ],
    [
      'a window without purchases',
      { cut: UNTIL, until: UNTIL + 86_400_000 },
      /^there is no purchase in a cat/,
    ],
    ['no session', { task: 'session' }, /^there is no session of three clicks or more from 2026-03-01 to/],
    ['no past', { cut: Date.parse('2020-01-01') }, /^there are no events before the cut/],
  ])('%s', async (_what, given, message) => {
    await expect(run(given)).rejects.toThrow(message);
  });
});
