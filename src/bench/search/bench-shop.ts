// The shop that searches are measured in: a catalog in the engine, people with known plans, a model trained on them.
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
import { BENCH_FIELDS, type BenchPerson, benchPeople, benchProducts, SHOWCASE } from './bench-catalog.js';

export const INDEX = 'products';

/** Plans of so many boosts, and how many people have one. */
const PEOPLE = { 10: 20, 30: 200, 100: 20, 200: 20, 300: 20 } as const;

export type Boosts = keyof typeof PEOPLE;

export interface BenchShop {
  readonly products: number;
  /** Lucene segments that a search goes through */
  readonly segments: number;
  /** user ids by the number of boosts in their plans */
  readonly people: Readonly<Record<Boosts, readonly string[]>>;
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

/** Attributes alone, so that a plan's boosts can be counted beforehand. */
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
  const sizes = Object.entries(PEOPLE).map(([boosts, people]) => benchPeople(Number(boosts), people));
  await train(engine, { products, people: sizes.flat(), log: join(folder, 'log') });
  const ids = Object.keys(PEOPLE).map((boosts, at) => [boosts, sizes[at]?.map(({ userId }) => userId)]);
  return {
    products,
    segments: await whenMerged(engine),
    people: Object.fromEntries(ids) as BenchShop['people'],
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

/** The trainer and the life cycle as they are; the log is small, as only the people whose searches are measured matter. */
async function train(
  engine: EngineClient,
  { products, people, log }: { products: number; people: readonly BenchPerson[]; log: string },
): Promise<void> {
  await mkdir(log);
  const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const timestamp = new Date().toISOString();
  const events = people.flatMap(({ userId, bought }) =>
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

/** What people bought, without what no model reads. */
function showcase(products: number): object[] {
  const shown: object[] = [];
  for (const { description: _, popularity: __, ...product } of benchProducts(products))
    if (shown.push(product) === SHOWCASE) break;
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

/** Not merged by force: a shop's catalog is not either. @returns segments */
async function whenMerged(engine: EngineClient): Promise<number> {
  for (;;) {
    const answer = await engine.request({ method: 'GET', path: `/${INDEX}/_stats/merge,segments` });
    const { merges, segments } = statsSchema.parse(answer).body._all.primaries;
    if (merges.current === 0) return segments.count;
    await sleep(500);
  }
}
