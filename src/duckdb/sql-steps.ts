// Runs statements of stage files; no statement starts after the run was cancelled.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DuckDBConnection, DuckDBValue, Json } from '@duckdb/node-api';
import type { SqlFile } from './sql-file.js';

export interface SqlParameters {
  /** replaces `{{name}}`: SQL text that is safe to run */
  readonly text?: Readonly<Record<string, string>>;
  /** values of `$name`; a statement takes those that it mentions */
  readonly values?: Readonly<Record<string, DuckDBValue>>;
}

export interface SqlSteps {
  readonly connection: DuckDBConnection;
  /** Runs one statement of a file; resolves with its rows as objects (64-bit numbers are text). */
  run(file: SqlFile, statement: string, parameters?: SqlParameters): Promise<Record<string, Json>[]>;
  /** Runs statements that are not in files. */
  interruptible<T>(statements: () => Promise<T>): Promise<T>;
  /** Lets the process do other work, such as serving searches, between two parts of a long computation. */
  pause(): Promise<void>;
}

/** Between two interrupts of a statement that goes on. */
const INTERRUPT_MS = 50;

/** All three reject with the signal's reason once it is aborted, also in the middle of a statement. */
export function createSqlSteps(connection: DuckDBConnection, signal?: AbortSignal): SqlSteps {
  async function interruptible<T>(statements: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    let repeated: NodeJS.Timeout | undefined;
    const interrupt = () => {
      connection.interrupt();
      // A statement that is only being prepared does not notice, and would run to its end.
      repeated ??= setInterval(() => connection.interrupt(), INTERRUPT_MS);
    };
    signal?.addEventListener('abort', interrupt);
    try {
      const result = await statements();
      signal?.throwIfAborted();
      return result;
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', interrupt);
      clearInterval(repeated);
    }
  }

  return {
    connection,
    interruptible,
    pause: () => interruptible(() => nextTurn()),
    async run(file, statement, { text = {}, values = {} } = {}) {
      const template = file.get(statement);
      if (template === undefined) throw new RangeError(`there is no statement "${statement}" in this file`);
      const mentioned = new Set(Array.from(template.matchAll(/\$(\w+)/g), ([, name]) => name));
      const own = Object.entries(values).filter(([name]) => mentioned.has(name));
      const sql = Object.entries(text).reduce(
        (filled, [name, replacement]) => filled.replaceAll(`{{${name}}}`, () => replacement),
        template,
      );
      return interruptible(async () => {
        const rows: Record<string, Json>[] = [];
        const result = await connection.run(sql, Object.fromEntries(own));
        // Chunk by chunk, so that the process can serve searches in between.
        for await (const chunk of result.yieldRowObjectJson()) rows.push(...chunk);
        return rows;
      });
    },
  };
}
