// Products asked for by their own names, in a shop whose only user loves the brand of all that is called almost alike.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { modelSchema } from '../../src/core/model/model.js';
import type { EngineClient } from '../../src/engine/client/client.js';
import { evaluate } from '../../src/evaluation/evaluate.js';
import type { ExactNames } from '../../src/evaluation/evaluation.js';
import { evaluationTable } from '../../src/evaluation/evaluation-table.js';
import { connectTest, engines } from '../helpers/engines.js';
import { writeDataset } from '../helpers/write-dataset.js';
import { CUT, UNTIL } from './shop.js';

const product = (object_id: string, title: string, brand: string, ean: number) => ({
  object_id,
  title,
  brand,
  category: 'drinks',
  sku: `S-${object_id}`,
  ean,
});

/** By phrase only long titles are known, as no keyword holds them: the short one may be overtaken. Two have one name. */
const named = [
  product('long', 'Oat Milk Drink of Sweden', 'zeta', 4006381333931),
  product('twin', 'OAT MILK: drink of Sweden', 'zeta', 4006381333933),
  product('short', 'Oat Milk', 'zeta', 4006381333932),
];
const alike = Array.from({ length: 20 }, (_, i) =>
  product(
    `alike${i}`,
    'Sweden of Oat Milk Drink, S-long S-short long short 4006381333931 4006381333932',
    'acme',
    100 + i,
  ),
);

const bought = (user_id: string, object_id: string, days: number) => ({
  timestamp: new Date(CUT + days * 86_400_000).toISOString(),
  user_id,
  session_id: `${user_id} ${days}`,
  action_name: 'purchase',
  object_id,
});

/** So much of one brand, of which the others took little, that it lifts by hundreds at impact 100. */
const EVENTS = [
  ...alike.flatMap(({ object_id }, i) =>
    Array.from({ length: 20 }, (_, turn) => bought('ann', object_id, -1 - ((i + turn) % 20))),
  ),
  ...Array.from({ length: 2_000 }, (_, i) => bought(`crowd-${i}`, i % 2 === 0 ? 'long' : 'short', -3)),
  bought('ann', 'alike3', 1),
];

const MODEL = modelSchema.parse({
  id: 'm',
  name: 'M',
  globalAffinityFields: [{ field: 'brand', weight: 100 }],
  products: { buyAgain: 0, related: 0 },
  eventWeights: [{ event: 'purchase', weight: 100 }],
});

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kindred-test-'));
  await writeDataset(dir, { products: [...named, ...alike], events: EVENTS });
});
afterAll(() => rm(dir, { recursive: true }));

const ask = (engine?: EngineClient, users: readonly string[] = ['ann']) =>
  evaluate({
    dataset: dir,
    task: 'category',
    cut: CUT,
    until: UNTIL,
    users: new Set(users),
    model: MODEL,
    excluded: [],
    ...(engine && { engine }),
  });

test('is not measured without an engine', async () => {
  expect((await ask()).evaluation).not.toHaveProperty('exact');
});

describe.each(engines())('$kind', ({ kind }) => {
  let engine: EngineClient;
  let exact: ExactNames;
  beforeAll(async () => {
    engine = await connectTest(kind);
    const { evaluation } = await ask(engine);
    exact = evaluation.exact!;
  });
  afterAll(() => engine.close());

  test('every product is asked for by its title, id and codes', () => {
    expect(exact.engine).toBe(`${engine.kind} ${engine.version}`);
    expect(Object.keys(exact.namedBy).sort()).toEqual(['ean', 'object_id', 'sku', 'title']);
    for (const { queries, personalized } of Object.values(exact.namedBy))
      expect([queries, personalized]).toEqual([23, 1]);
  });

  test.each(['object_id', 'sku', 'ean'])('%s: the named product stays first', (field) => {
    const first = { off: 1, impact_25: 1, impact_50: 1, impact_75: 1, impact_100: 1 };
    expect(exact.namedBy[field]!.first).toEqual(first);
  });

  test('a title that cannot be known as one loses its place, and is counted', () => {
    const { off, impact_50, impact_100 } = exact.namedBy.title!.first;
    expect([off, impact_50, impact_100]).toEqual([1, 22 / 23, 22 / 23]);
  });

  test('the index is gone afterwards', async () => {
    const { body } = await engine.request({ method: 'GET', path: '/kindred-evaluate-*/_alias' });
    expect(body).toEqual({});
  });
});

test('the table has a line for each field, 80 columns wide at most', async () => {
  const engine = await connectTest('elasticsearch');
  try {
    const { evaluation, model } = await ask(engine);
    const lines = evaluationTable(evaluation, model).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines).toContainEqual(expect.stringMatching(/^EXACT · asked for by name in elasticsearch /));
    expect(lines).toContainEqual(expect.stringMatching(/^named by +queries +applied +off +at 25 .* at 100$/));
    expect(lines).toContainEqual(expect.stringMatching(/^sku +23( +1\.000){6}$/));
  } finally {
    await engine.close();
  }
});
