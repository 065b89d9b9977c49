// DuckDB for the trainer and the dataset tools: an in-memory database that spills to disk and speaks UTC.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** What does not fit is spilled to disk. */
const MEMORY_LIMIT = '1GiB';

export interface DuckDbOptions {
  /** where to spill; default a directory of its own, removed on close */
  readonly tempDirectory?: string;
  /** default: one per core */
  readonly threads?: number;
}

export interface DuckDb {
  readonly connection: DuckDBConnection;
  close(): Promise<void>;
}

/** Opens a database of its own. Nothing is ever downloaded (no extension is installed). Always `close()` it. */
export async function openDuckDb(options: DuckDbOptions = {}): Promise<DuckDb> {
  const tempDirectory = options.tempDirectory ?? (await mkdtemp(join(tmpdir(), 'kindred-duckdb-')));
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: MEMORY_LIMIT,
    temp_directory: tempDirectory,
    autoinstall_known_extensions: 'false',
    preserve_insertion_order: 'false',
    ...(options.threads ? { threads: String(options.threads) } : {}),
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return {
    connection,
    async close() {
      connection.closeSync();
      instance.closeSync();
      if (options.tempDirectory === undefined) await rm(tempDirectory, { recursive: true, force: true });
    },
  };
}

/** A SQL string literal. */
export function sqlString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A quoted SQL identifier. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
