// The shop that searches are measured in: a catalog in the engine, users with known plans, a model trained on them.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { catalogSchema } from '../../core/catalog.js';
import type { EngineClient } from '../../engine/client/client.js';
import { type BulkDocument, sendBulk } from '../../engine/documents/bulk-sender.js';
import { createServices } from '../../server/create-services.js';
import { trainModel } from '../../server/train-model.js';
import { withProgress } from '../../terminal/progress.js';
import { BENCH_FIELDS, type BenchUser, benchProducts, benchUsers, SHOWCASE_PRODUCTS } from './bench-data.js';

export const INDEX = 'products';

/** Users by the number of boosts in their plans. */
const USERS = { 10: 20, 30: 200, 100: 20, 200: 20, 300: 20, 1000: 20 } as const;

export type Boosts = keyof typeof USERS;

export interface BenchShop {
  readonly products: number;
  /** Lucene segments that a search goes through */
  readonly segments: number;
  /** user ids by the number of boosts in their plans */
  readonly users: Readonly<Record<Boosts, readonly string[]>>;
}

const ACTOR = 'bench';
const BATCH = 2_000;
const keyword = { type: 'keyword' };

const MAPPINGS = {
  dynamic: 'strict',
  properties: {
    object_id: keyword,
    title: { type: 'text' },
    category: keyword,
    ...Object.fromEntries(BENCH_FIELDS.map((field) => [field, keyword])),
    description: { type: 'text', index: false },
    popularity: { type: 'double' },
  },
};

/** Without cohorts and product boosts, so that the number of a plan's boosts is known beforehand. */
const MODEL = {
  id: 'default',
  name: 'Bench',
  kind: 'default',
  catalog: INDEX,
  globalAffinityFields: BENCH_FIELDS.map((field) => ({ field, weight: 100 / BENCH_FIELDS.length })),
  profiles: { group: false },
  eventWeights: [{ event: 'purchase', weight: 100 }],
};

/** @param folder for the event log that is trained on */
export async function openBenchShop(
  engine: EngineClient,
  { products, folder }: { readonly products: number; readonly folder: string },
): Promise<BenchShop> {
  await loadCatalog(engine, products);
  const users = byBoosts((boosts) => benchUsers(boosts, USERS[boosts]));
  await train(engine, { products, users: Object.values(users).flat(), log: join(folder, 'log') });
  return {
    products,
    segments: await segmentsAfterMerging(engine),
    users: byBoosts((boosts) => users[boosts].map(({ userId }) => userId)),
  };
}

function byBoosts<T>(value: (boosts: Boosts) => T): Record<Boosts, T> {
  return {
    10: value(10),
    30: value(30),
    100: value(100),
    200: value(200),
    300: value(300),
    1000: value(1000),
  };
}

async function loadCatalog(engine: EngineClient, products: number): Promise<void> {
  const settings = { number_of_shards: 1, number_of_replicas: 0, refresh_interval: '-1' };
  await engine.createIndex(INDEX, { settings, mappings: MAPPINGS });
  await withProgress({ label: 'load products', total: products, unit: 'products' }, (onSent) =>
    sendBulk(engine, INDEX, documents(products), { onSent }),
  );
  await engine.putSettings(INDEX, { index: { refresh_interval: null } });
  await engine.refresh(INDEX);
}

async function* documents(products: number): AsyncGenerator<BulkDocument[]> {
  let batch: BulkDocument[] = [];
  for (const product of benchProducts(products)) {
    batch.push({ action: 'index', id: product.object_id, document: JSON.stringify(product) });
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/** With the product's own trainer and life cycle. The log is small: it has only the users whose searches are measured. */
async function train(
  engine: EngineClient,
  { products, users, log }: { products: number; users: readonly BenchUser[]; log: string },
): Promise<void> {
  await mkdir(log);
  const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const timestamp = new Date().toISOString();
  const events = users.flatMap(({ userId, bought }) =>
    bought.map((number) => ({
      timestamp,
      user_id: userId,
      session_id: userId,
      action_name: 'purchase',
      object_id: `p${number}`,
    })),
  );
  await writeFile(join(log, 'products.ndjson'), lines(showcase(products)));
  await writeFile(join(log, 'events.ndjson'), lines(events));
  const catalogs = [catalogSchema.parse({ index: INDEX })];
  const { modelStore, lifecycle } = await createServices(engine, { catalogs, archiveDir: null });
  try {
    await modelStore.create(MODEL, ACTOR);
    await trainModel(lifecycle, MODEL.id, { actor: ACTOR, from: log });
    await lifecycle.save(MODEL.id, ACTOR);
    await lifecycle.activate(MODEL.id, ACTOR, { force: true });
  } finally {
    await lifecycle.close();
  }
}

/** The products that users bought, without the fields that no model reads. */
function showcase(products: number): object[] {
  const shown: object[] = [];
  for (const { description: _, popularity: __, ...product } of benchProducts(products))
    if (shown.push(product) === SHOWCASE_PRODUCTS) break;
  return shown;
}

const statsSchema = z.object({
  body: z.object({
    _all: z.object({
      primaries: z.object({
        merges: z.object({ current: z.number() }),
        segments: z.object({ count: z.number() }),
      }),
    }),
  }),
});

/**
 * Waits until the engine has merged what it merges by itself: no forced merge, as in a shop's catalog.
 * @returns Lucene segments
 */
async function segmentsAfterMerging(engine: EngineClient): Promise<number> {
  for (;;) {
    const response = await engine.request({ method: 'GET', path: `/${INDEX}/_stats/merge,segments` });
    const { merges, segments } = statsSchema.parse(response).body._all.primaries;
    if (merges.current === 0) return segments.count;
    await sleep(500);
  }
}
