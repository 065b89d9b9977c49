// A simulated shop of any size in the dataset format, with the preferences planted in its users written beside it.
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { KindredError } from '../../core/errors.js';
import { openDuckDb, sqlString } from '../../duckdb/duckdb.js';
import type { SimulatedCatalog } from './catalog.js';
import { ACTIONS } from './shopping.js';
import { PLANTED_FIELDS, type PlantedField } from './user.js';
import { SIZES } from './vocabulary.js';
import { type ShopFiles, type ShopSize, writeShop } from './write-shop.js';

/** The last moment of every simulated shop; `load --shift-to now` moves it. */
const SIMULATED_END = Date.UTC(2026, 0, 1);

export interface SimulateOptions extends ShopSize {
  /** the dataset directory to make: absent or empty */
  readonly out: string;
  /** how many days the events span; default 180 */
  readonly days?: number;
  readonly onProgress?: (events: number) => void;
}

/**
 * Writes `products`, `events`, `customers` and `planted` (user_id, field, value, preference: shares that total one
 * per user and field) as Parquet. The same arguments give the same bytes. Memory stays bounded; rows pass
 * through temporary files beside `out`, which appears only when it is complete.
 * Errors: KindredError `out-exists`.
 */
export async function simulateShop(options: SimulateOptions): Promise<void> {
  const out = resolve(options.out);
  await assertVacant(out);
  await mkdir(dirname(out), { recursive: true });
  const work = await mkdtemp(join(dirname(out), `.${basename(out)}-`));
  const db = await openDuckDb({ tempDirectory: join(work, 'spill') });
  try {
    const period = { start: SIMULATED_END - (options.days ?? 180) * 86_400_000, end: SIMULATED_END };
    const { files, catalog } = await writeShop(options, period, work, options.onProgress ?? (() => {}));
    const dataset = join(work, 'dataset');
    await mkdir(dataset);
    await db.connection.run('SET preserve_insertion_order = true');
    await convert(db.connection, files, catalog, dataset);
    await rename(dataset, out);
  } finally {
    await db.close();
    await rm(work, { recursive: true, force: true });
  }
}

async function assertVacant(out: string): Promise<void> {
  const entries = await readdir(out).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new KindredError('out-exists', `${out} cannot be used (${error.code}); name a new directory`, {
      cause: error,
    });
  });
  if (entries.length > 0)
    throw new KindredError('out-exists', `${out} is not empty; name a new directory or remove it first`);
}

async function convert(
  connection: DuckDBConnection,
  files: ShopFiles,
  catalog: SimulatedCatalog,
  dataset: string,
): Promise<void> {
  const csv = (file: keyof ShopFiles, columns: string) =>
    `read_csv(${sqlString(files[file])}, columns = {${columns}}, header = false, auto_detect = false, delim = ',', quote = '', escape = '', nullstr = '')`;
  const write = (sql: string, table: string) =>
    connection.run(`COPY (${sql}) TO ${sqlString(join(dataset, `${table}.parquet`))} (FORMAT parquet)`);

  const text = (names: readonly string[]) => names.map((name) => `${name}: 'VARCHAR'`).join(', ');
  await write(
    `SELECT 'p' || id AS object_id, title, category, brand, color, size,
       coalesce(string_split(occasions, '|'), []) AS occasions, price, on_sale
     FROM ${csv('products', `id: 'BIGINT', ${text(['title', 'category', 'brand', 'color', 'size', 'occasions'])}, price: 'DOUBLE', on_sale: 'BOOLEAN'`)}`,
    'products',
  );
  await write(
    `SELECT 'u' || id AS user_id, age, income, region FROM ${csv('customers', `id: 'BIGINT', ${text(['age', 'income', 'region'])}`)}`,
    'customers',
  );
  const actions = ACTIONS.map((action) => sqlString(action)).join(', ');
  await write(
    `SELECT make_timestamp_ms(timestamp) AS timestamp, 'u' || user_number AS user_id,
       'u' || user_number || '-' || session AS session_id, ([${actions}])[action + 1] AS action_name,
       'p' || product AS object_id, query
     FROM ${csv('events', "timestamp: 'BIGINT', user_number: 'BIGINT', session: 'BIGINT', action: 'TINYINT', product: 'BIGINT', query: 'VARCHAR'")}`,
    'events',
  );
  const values = plantedValues(catalog);
  const list = (items: readonly string[]) => `[${items.map(sqlString).join(', ')}]`;
  await write(
    `SELECT 'u' || user_number AS user_id, unnest(${list(values.map(([field]) => field))}) AS field,
       unnest(${list(values.map(([, value]) => value))}) AS value,
       unnest(string_split(shares, ' ')::FLOAT[]) AS preference
     FROM ${csv('planted', "user_number: 'BIGINT', shares: 'VARCHAR'")}`,
    'planted',
  );
}

/** (field, value) in the order in which a user's shares are written. */
function plantedValues(catalog: SimulatedCatalog): [PlantedField, string][] {
  const values: Readonly<Record<PlantedField, readonly string[]>> = {
    category: catalog.categories,
    brand: catalog.brands,
    color: catalog.colors,
    size: SIZES,
  };
  return PLANTED_FIELDS.flatMap((field) =>
    values[field].map((value): [PlantedField, string] => [field, value]),
  );
}
