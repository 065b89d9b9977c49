// One file of a dataset directory: where it is, which columns it has, and the SQL that reads it.
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlName, sqlString } from '../../duckdb/duckdb.js';
import { type AttributeType, attributeType } from './attribute-type.js';
import { datasetError, readingFile } from './dataset-error.js';

export type DatasetTable = 'products' | 'events' | 'customers';

export interface DatasetFile {
  /** file name, for messages */
  readonly name: string;
  readonly format: 'parquet' | 'ndjson';
  /** column name → type as DuckDB describes it */
  readonly columns: ReadonlyMap<string, string>;
  /** `FROM` item that reads the named columns, in NDJSON as these types; a column it lacks reads as null there */
  read(columns: ReadonlyMap<string, AttributeType>): string;
}

/**
 * Finds `{table}.parquet` or `{table}.ndjson` and reads its columns; null when there is neither.
 * Errors: `bad-dataset` when both exist or the file cannot be read.
 */
export async function openDatasetFile(
  connection: DuckDBConnection,
  dir: string,
  table: DatasetTable,
): Promise<DatasetFile | null> {
  const formats = (['parquet', 'ndjson'] as const).filter((format) =>
    existsSync(join(dir, `${table}.${format}`)),
  );
  const [format, second] = formats;
  if (format === undefined) return null;
  if (second) throw datasetError(join(dir, table), 'is there as .parquet and as .ndjson; keep one of them');
  const path = join(dir, `${table}.${format}`);
  const from =
    format === 'parquet'
      ? `read_parquet(${sqlString(path)})`
      : // Catalog attributes appear late and change type; events have known columns, a sample is enough.
        `read_json(${sqlString(path)}, format = 'newline_delimited', records = 'true', sample_size = ${table === 'events' ? 20_480 : -1})`;
  const described = await readingFile(basename(path), () =>
    connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`),
  );
  const columns = new Map(described.getRowsJson().map((row) => [String(row[0]), String(row[1])]));
  return {
    name: basename(path),
    format,
    columns,
    read: (types) => {
      if (format === 'parquet') return from;
      const typed = [...types].map(([name, type]) => `${sqlName(name)}: ${sqlString(type)}`).join(', ');
      return `read_json(${sqlString(path)}, format = 'newline_delimited', records = 'true', columns = {${typed}})`;
    },
  };
}

/**
 * The type of every column that is not in `fixed`, as attributes are read.
 * Errors: `bad-dataset` for an object or a list of lists.
 */
export function attributeColumns(file: DatasetFile, fixed: readonly string[]): Map<string, AttributeType> {
  const types = new Map<string, AttributeType>();
  for (const [name, described] of file.columns) {
    if (fixed.includes(name)) continue;
    const type = attributeType(described);
    if (type === null)
      throw datasetError(
        `${file.name}, column "${name}"`,
        `holds ${described}; attributes must be text, numbers, booleans or lists of these: flatten it or leave it out`,
      );
    types.set(name, type);
  }
  return types;
}

/** Errors: `bad-dataset` naming a missing column, or an id column that holds fractions. */
export function requireColumns(file: DatasetFile, required: readonly string[]): void {
  const missing = required.filter((name) => !file.columns.has(name));
  if (missing.length > 0)
    throw datasetError(
      file.name,
      `has no column ${missing.map((name) => `"${name}"`).join(', ')}; it has ${[...file.columns.keys()].map((name) => `"${name}"`).join(', ') || 'none'}. Add it or rename one (nulls are allowed)`,
    );
  for (const [name, type] of file.columns)
    if (
      file.format === 'parquet' &&
      name.endsWith('_id') &&
      required.includes(name) &&
      /^(FLOAT|DOUBLE)$/.test(type)
    )
      throw datasetError(
        `${file.name}, column "${name}"`,
        'holds fractions, which lose digits of long ids; write ids as text or integers',
      );
}
