// Copies what is needed of an index into a DuckDB table, batch by batch, in bounded memory.
import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { createRowWriter } from '../../duckdb/row-writer.js';
import type { EngineClient, ScannedHit, ScanOptions } from '../../engine/client/client.js';

/** The engines' largest batch by default (`index.max_result_window`). */
const BATCH = 10_000;

export interface IndexCopy<T> extends Omit<ScanOptions, 'batch' | 'signal'> {
  readonly index: string;
  /** replaced when it exists */
  readonly table: string;
  readonly columns: Readonly<Record<string, DuckDBType>>;
  /** in the order of `columns` */
  row(hit: ScannedHit<T>): DuckDBValue[];
  /** documents that count as all; default those there are */
  readonly total?: number;
  /** called with the share of `total` done, 0–1 */
  onShare?(share: number): void;
}

/** @returns rows copied. Errors: the engine's own. */
export async function copyIndex<T>(
  connection: DuckDBConnection,
  engine: EngineClient,
  copy: IndexCopy<T>,
  signal?: AbortSignal,
): Promise<number> {
  const { index, table, columns, total, ...scan } = copy;
  const all = total ?? (await engine.count(index, scan.query));
  const writer = await createRowWriter(connection, table, columns);
  let done = 0;
  for await (const hits of engine.scan<T>(index, { ...scan, signal, batch: BATCH })) {
    writer.write(hits.map((hit) => copy.row(hit)));
    done += hits.length;
    copy.onShare?.(Math.min(1, done / all));
  }
  writer.close();
  return done;
}
