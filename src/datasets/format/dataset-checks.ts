// What must hold of the rows of a dataset before anything is computed from them: keys and finite numbers.
import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlName } from '../../duckdb/duckdb.js';
import { MAX_ID_BYTES } from '../../engine/client/client.js';
import type { AttributeType } from './attribute-type.js';
import { datasetError, readingFile } from './dataset-error.js';
import type { DatasetFile, DatasetTable } from './dataset-file.js';

/** Errors: `bad-dataset` when a key is null, empty, too long for an engine, or there twice. */
export async function checkKeys(
  connection: DuckDBConnection,
  file: DatasetFile,
  table: DatasetTable,
  key: string,
): Promise<void> {
  const where = `${file.name}, column "${key}"`;
  const bad = await firstRow(
    connection,
    file,
    `SELECT ${key} FROM dataset_${table} WHERE ${key} IS NULL OR ${key} = '' OR strlen(${key}) > ${MAX_ID_BYTES} LIMIT 1`,
  );
  if (bad)
    throw datasetError(
      where,
      bad[0]
        ? `an id has more than ${MAX_ID_BYTES} bytes ("${bad[0].slice(0, 40)}…"); shorten it`
        : 'a row has no id; fill it or drop the row',
    );
  const twice = await firstRow(
    connection,
    file,
    `SELECT ${key} FROM dataset_${table} GROUP BY ${key} HAVING count(*) > 1 ORDER BY ${key} LIMIT 1`,
  );
  if (twice) throw datasetError(where, `"${twice[0]}" is there more than once; ids must be unique`);
}

/** Errors: `bad-dataset` when a product has NaN or an infinity in this column (`DOUBLE` or a list of it). */
export async function checkFinite(
  connection: DuckDBConnection,
  file: DatasetFile,
  name: string,
  type: AttributeType,
): Promise<void> {
  const column = sqlName(name);
  const test = type.endsWith('[]')
    ? `len(list_filter(${column}, lambda x: NOT isfinite(x))) > 0`
    : `NOT isfinite(${column})`;
  const bad = await firstRow(
    connection,
    file,
    `SELECT object_id FROM dataset_products WHERE ${test} LIMIT 1`,
  );
  if (bad)
    throw datasetError(
      `${file.name}, column "${name}"`,
      `product "${bad[0]}" has a number that is not finite (NaN or infinity, 1e400 too); write null instead`,
    );
}

async function firstRow(
  connection: DuckDBConnection,
  file: DatasetFile,
  sql: string,
): Promise<(string | null)[] | undefined> {
  const result = await readingFile(file.name, () => connection.runAndReadAll(sql));
  return result.getRowsJson()[0]?.map((value) => (value === null ? null : String(value)));
}

/** Rows of one of the dataset's views. */
export async function countRows(connection: DuckDBConnection, table: DatasetTable): Promise<number> {
  const result = await connection.runAndReadAll(`SELECT count(*) FROM dataset_${table}`);
  return Number(result.getRowsJson()[0]?.[0]);
}
