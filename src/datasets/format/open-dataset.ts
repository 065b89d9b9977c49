// Opens a dataset directory: checks it against the dataset format and shows it to SQL under fixed names and types.
import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlName, sqlString } from '../../duckdb/duckdb.js';
import type { AttributeColumn, AttributeType } from './attribute-type.js';
import { checkFinite, checkKeys, countRows } from './dataset-checks.js';
import { DATASET_PROBLEM, datasetError, readingFile } from './dataset-error.js';
import {
  attributeColumns,
  type DatasetFile,
  type DatasetTable,
  openDatasetFile,
  requireColumns,
} from './dataset-file.js';

export interface DatasetTables {
  readonly dir: string;
  /** of the column `category`: a list where products are in several */
  readonly category: 'VARCHAR' | 'VARCHAR[]';
  /** columns of `dataset_products` beside object_id, title and category */
  readonly attributes: readonly AttributeColumn[];
  /** columns of `dataset_customers` beside user_id; empty when there is no customers file */
  readonly customerAttributes: readonly string[];
  /** rows */
  readonly products: number;
  readonly events: number;
  readonly customers: number;
}

const EVENT_COLUMNS = ['timestamp', 'user_id', 'session_id', 'action_name', 'object_id'];
const OPTIONAL_EVENT_COLUMNS = ['client_id', 'query', 'quantity'];
const PRODUCT_COLUMNS = ['object_id', 'title', 'category'];

/**
 * Checks `products`, `events` and, where there is one, `customers` (`.parquet` or `.ndjson`) and creates the views
 * - `dataset_products(object_id VARCHAR, title VARCHAR, category VARCHAR or VARCHAR[], attributes…)`: attributes are
 *   VARCHAR, BIGINT, DOUBLE, BOOLEAN or a list of one of these; object_id is unique and not null;
 * - `dataset_events(timestamp TIMESTAMP in UTC, user_id, client_id, session_id, action_name, object_id, query: VARCHAR,
 *   quantity DOUBLE)`: a quantity that is no number above 0 is null; anything may be null, empty ids are; events on products
 *   the catalog lacks are in it;
 * - `dataset_customers(user_id VARCHAR, attributes… VARCHAR)`: user_id is unique and not null; empty without a file.
 *
 * Parquet is read in place; NDJSON is read once into a table that spills to disk.
 * Errors: KindredError `bad-dataset` (422) naming the file, the column or line, and what to do.
 */
export async function openDataset(connection: DuckDBConnection, dir: string): Promise<DatasetTables> {
  const products = await required(connection, dir, 'products');
  const events = await required(connection, dir, 'events');
  const customers = await openDatasetFile(connection, dir, 'customers');

  const category = products.columns.get('category')?.endsWith(']') ? 'VARCHAR[]' : 'VARCHAR';
  const attributes = await openProducts(connection, products, category);
  await openEvents(connection, events);
  const customerAttributes = await openCustomers(connection, customers);
  return {
    dir,
    category,
    attributes,
    customerAttributes,
    products: await countRows(connection, 'products'),
    events: await countRows(connection, 'events'),
    customers: await countRows(connection, 'customers'),
  };
}

async function required(
  connection: DuckDBConnection,
  dir: string,
  table: DatasetTable,
): Promise<DatasetFile> {
  const file = await openDatasetFile(connection, dir, table);
  if (!file)
    throw datasetError(
      dir,
      `has neither ${table}.parquet nor ${table}.ndjson; name a directory in the dataset format`,
    );
  return file;
}

async function openProducts(
  connection: DuckDBConnection,
  file: DatasetFile,
  category: DatasetTables['category'],
): Promise<AttributeColumn[]> {
  requireColumns(file, PRODUCT_COLUMNS);
  const attributes = attributeColumns(file, PRODUCT_COLUMNS);
  const types = new Map<string, AttributeType>([
    ...PRODUCT_COLUMNS.map((name) => [name, 'VARCHAR'] as const),
    ['category', category],
    ...attributes,
  ]);
  const select = [...types].map(([name, type]) => `${sqlName(name)}::${type} AS ${sqlName(name)}`);
  await createView(connection, file, 'products', select, types, file.format === 'ndjson');
  await checkKeys(connection, file, 'products', 'object_id');
  for (const [name, type] of attributes)
    if (type.startsWith('DOUBLE')) await checkFinite(connection, file, name, type);
  return [...attributes].map(([name, type]) => ({ name, type }));
}

async function openEvents(connection: DuckDBConnection, file: DatasetFile): Promise<void> {
  requireColumns(file, EVENT_COLUMNS);
  const known = [...EVENT_COLUMNS, ...OPTIONAL_EVENT_COLUMNS];
  const types = new Map<string, AttributeType>(known.map((name) => [name, 'VARCHAR']));
  const native = file.format === 'parquet' && /^(TIMESTAMP|DATE)/.test(file.columns.get('timestamp') ?? '');
  const select = known.map((name) => {
    if (name === 'timestamp') return `${native ? 'timestamp::TIMESTAMP' : parsedTimestamp()} AS timestamp`;
    if (OPTIONAL_EVENT_COLUMNS.includes(name) && file.format === 'parquet' && !file.columns.has(name))
      return `NULL::${name === 'quantity' ? 'DOUBLE' : 'VARCHAR'} AS ${name}`;
    if (name === 'quantity') return `${parsedQuantity()} AS quantity`;
    return `nullif(${sqlName(name)}::VARCHAR, '') AS ${sqlName(name)}`;
  });
  await createView(connection, file, 'events', select, types, !native);
}

/** Zone-less text is UTC, since the session's time zone is; anything unreadable stops the read. */
function parsedTimestamp(): string {
  const problem = `${DATASET_PROBLEM}column "timestamp": "`;
  const cure = '" is not a date and time; write ISO 8601, e.g. 2026-01-31T12:00:00Z';
  const parsed = 'try_cast(timestamp::VARCHAR AS TIMESTAMPTZ)';
  return `CASE WHEN timestamp IS NULL THEN NULL WHEN isfinite(${parsed}) THEN ${parsed}::TIMESTAMP
    ELSE error(${sqlString(problem)} || timestamp::VARCHAR || ${sqlString(cure)}) END`;
}

function parsedQuantity(): string {
  const parsed = 'try_cast(quantity::VARCHAR AS DOUBLE)';
  return `CASE WHEN isfinite(${parsed}) AND ${parsed} > 0 THEN ${parsed} END`;
}

async function openCustomers(connection: DuckDBConnection, file: DatasetFile | null): Promise<string[]> {
  if (!file) {
    await connection.run(
      'CREATE OR REPLACE VIEW dataset_customers AS SELECT NULL::VARCHAR AS user_id WHERE false',
    );
    return [];
  }
  requireColumns(file, ['user_id']);
  const attributes = [...file.columns.keys()].filter((name) => name !== 'user_id');
  const types = new Map<string, AttributeType>(['user_id', ...attributes].map((name) => [name, 'VARCHAR']));
  const select = [...types.keys()].map((name) => `${sqlName(name)}::VARCHAR AS ${sqlName(name)}`);
  await createView(connection, file, 'customers', select, types, file.format === 'ndjson');
  await checkKeys(connection, file, 'customers', 'user_id');
  return attributes;
}

async function createView(
  connection: DuckDBConnection,
  file: DatasetFile,
  table: DatasetTable,
  select: readonly string[],
  types: ReadonlyMap<string, AttributeType>,
  copy: boolean,
): Promise<void> {
  const rows = `SELECT ${select.join(', ')} FROM ${file.read(types)}`;
  await readingFile(file.name, async () => {
    if (copy) await connection.run(`CREATE OR REPLACE TABLE dataset_${table}_rows AS ${rows}`);
    await connection.run(
      `CREATE OR REPLACE VIEW dataset_${table} AS ${copy ? `FROM dataset_${table}_rows` : rows}`,
    );
  });
}
