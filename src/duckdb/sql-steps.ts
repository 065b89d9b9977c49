// Runs the trainer's statements: one file of `sql/`, one step; no statement starts after the run was cancelled.
import { readFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DuckDBConnection, DuckDBValue, Json } from '@duckdb/node-api';

export interface SqlValues {
  /** replaces `{{name}}`: SQL text made by us */
  readonly text?: Readonly<Record<string, string>>;
  /** values of `$name` */
  readonly values?: Readonly<Record<string, DuckDBValue>>;
}

export interface SqlSteps {
  readonly connection: DuckDBConnection;
  /** Runs `sql/{name}.sql`; resolves with its rows as objects (64-bit numbers are text). */
  run(name: string, given?: SqlValues): Promise<Record<string, Json>[]>;
  /** Runs statements that are not in files. */
  interruptible<T>(statements: () => Promise<T>): Promise<T>;
  /** Between parts of long work of ours: the process may be serving searches. */
  pause(): Promise<void>;
}

/** All three reject with the signal's reason once it is aborted, also in the middle of a statement. */
export function createSqlSteps(connection: DuckDBConnection, signal?: AbortSignal): SqlSteps {
  async function interruptible<T>(statements: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    const interrupt = () => connection.interrupt();
    signal?.addEventListener('abort', interrupt);
    try {
      return await statements();
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', interrupt);
    }
  }

  return {
    connection,
    interruptible,
    pause: () => interruptible(() => nextTurn()),
    async run(name, given = {}) {
      const file = await readFile(new URL(`../training/sql/${name}.sql`, import.meta.url), 'utf8');
      const sql = Object.entries(given.text ?? {}).reduce(
        (text, [key, replacement]) => text.replaceAll(`{{${key}}}`, () => replacement),
        file,
      );
      return interruptible(async () => {
        const rows: Record<string, Json>[] = [];
        const result = await connection.run(sql, { ...given.values });
        // A chunk at a time: the process may be serving searches.
        for await (const chunk of result.yieldRowObjectJson()) rows.push(...chunk);
        return rows;
      });
    },
  };
}
