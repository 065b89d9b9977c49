// A simulated shop with planted truth, changed where a test wants to know more, and models trained on it in memory.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProductEvent } from '../../../src/core/affinity/affinity.js';
import { boostMultiplier } from '../../../src/core/boost-plan/boost-multiplier.js';
import { type Model, modelSchema } from '../../../src/core/model/model.js';
import type { Product } from '../../../src/core/product.js';
import { simulateShop } from '../../../src/datasets/simulate/simulate-shop.js';
import { openDuckDb, sqlString } from '../../../src/duckdb/duckdb.js';
import { createSqlSteps } from '../../../src/duckdb/sql-steps.js';
import { trainInMemory } from '../../../src/evaluation/train-in-memory.js';
import { planBoosts } from '../../../src/profiles/plan-boosts.js';
import { openDatasetSource } from '../../../src/training/sources/dataset-source.js';
import { readInTime } from '../../helpers/search-context.js';

/** The last moment of a simulated shop. */
export const END = Date.UTC(2026, 0, 1);

export interface Request {
  readonly userId: string;
  /** default: all products */
  readonly category?: string;
  readonly session?: readonly ProductEvent[];
}

export interface TrainedShop {
  /** what the search would multiply scores by, field and value → ln factor */
  logFactors(request: Request, field: string): Promise<ReadonlyMap<string, number>>;
  /** ln of what each product's score is multiplied by, in the order of `products` */
  logMultipliers(request: Request): Promise<readonly number[]>;
}

export interface PlantedShop {
  readonly products: readonly Product[];
  /** how often each product was looked at or taken, in their order; at least 1 */
  readonly popularity: readonly number[];
  /** rows of a query over `events`, `products`, `customers` and `planted` */
  rows(sql: string): Promise<Record<string, unknown>[]>;
  train(changes?: Partial<Model>): Promise<TrainedShop>;
  close(): Promise<void>;
}

const FIELDS = ['brand', 'color', 'size', 'category'];

/** The model that changes start from: individual profiles alone, all fields alike. */
function modelOf(changes: Partial<Model>): Model {
  return modelSchema.parse({
    id: 'm',
    name: 'M',
    globalAffinityFields: FIELDS.map((field) => ({ field, weight: 25 })),
    eventWeights: [
      { event: 'purchase', weight: 50 },
      { event: 'add_to_cart', weight: 30 },
      { event: 'view', weight: 15 },
      { event: 'wishlist', weight: 5 },
    ],
    profiles: { group: false },
    group: { attributes: ['age', 'income'] },
    timeDecay: 'all',
    ...changes,
  });
}

/**
 * @param size of the shop
 * @param changed SQL of tables that differ from the simulated ones, over `events`, `products`, `customers`, `planted`
 */
export async function plantShop(
  size: { users: number; products: number; events: number },
  changed: { readonly events?: string; readonly customers?: string } = {},
): Promise<PlantedShop> {
  const dir = await mkdtemp(join(tmpdir(), 'kindred-test-'));
  const [simulated, dataset] = [join(dir, 'simulated'), join(dir, 'dataset')];
  await simulateShop({ ...size, seed: 7, out: simulated });
  await mkdir(dataset);
  const { connection, close } = await openDuckDb();
  for (const table of ['events', 'products', 'customers', 'planted'] as const)
    await connection.run(
      `CREATE VIEW ${table} AS FROM read_parquet(${sqlString(join(simulated, `${table}.parquet`))})`,
    );
  for (const [table, sql] of Object.entries({
    events: 'FROM events',
    products: 'FROM products',
    customers: 'FROM customers',
    ...changed,
  }))
    await connection.run(`COPY (${sql}) TO ${sqlString(join(dataset, `${table}.parquet`))} (FORMAT parquet)`);
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  const described = await rows(
    `SELECT object_id, category, brand, color, size, greatest(1, (SELECT count(*) FROM events AS e
       WHERE e.object_id = p.object_id))::INTEGER AS popularity FROM products AS p ORDER BY object_id`,
  );
  const products = described.map(
    (row): Product => ({
      objectId: String(row.object_id),
      categories: [String(row.category)],
      values: new Map(FIELDS.map((field) => [field, [String(row[field])]])),
    }),
  );
  return {
    products,
    popularity: described.map(({ popularity }) => Number(popularity)),
    rows,
    train: (changes = {}) => train(dataset, modelOf(changes), products),
    async close() {
      await close();
      await rm(dir, { recursive: true });
    },
  };
}

async function train(dataset: string, model: Model, products: readonly Product[]): Promise<TrainedShop> {
  const database = await openDuckDb();
  try {
    const steps = createSqlSteps(database.connection);
    const source = await openDatasetSource(steps, dataset);
    const { active, profiles } = await trainInMemory(
      steps,
      source,
      { model, cut: END, users: null },
      () => {},
    );
    const planFor = async ({ userId, category, session = [] }: Request) => {
      const visitor = await readInTime({
        active,
        identity: { userId },
        category: category ?? null,
        readProfiles: async (_index, ids) => ids.map((id) => profiles.get(id) ?? null),
        readSession: async () => session,
        deadlineMs: 60_000,
        now: () => END,
      });
      if (typeof visitor === 'string') throw new Error(visitor);
      return planBoosts(active, visitor, model.impact, END);
    };
    return {
      async logFactors(request, field) {
        const { boosts } = await planFor(request);
        const own = boosts.filter((boost) => boost.field === field);
        return new Map(own.map(({ value, factor }) => [value, Math.log(factor)]));
      },
      async logMultipliers(request) {
        const multiplier = boostMultiplier(await planFor(request), active.multiValuedFields);
        return products.map((product) => Math.log(multiplier(product)));
      },
    };
  } finally {
    await database.close();
  }
}

/** Spearman's correlation, ties by their mean rank. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)];
  const mean = (a.length - 1) / 2;
  const dot = (p: readonly number[], q: readonly number[]) =>
    p.reduce((sum, value, i) => sum + (value - mean) * ((q[i] ?? 0) - mean), 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

function ranks(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  for (const [place, value] of sorted.entries()) {
    if (!first.has(value)) first.set(value, place);
    last.set(value, place);
  }
  return values.map((value) => ((first.get(value) ?? 0) + (last.get(value) ?? 0)) / 2);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
