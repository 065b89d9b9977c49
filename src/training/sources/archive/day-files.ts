// The Parquet files of event days: what one holds, as told by the file itself, and how one is written.
import { sqlString } from '../../../duckdb/duckdb.js';
import { readSqlFile } from '../../../duckdb/sql-file.js';
import type { SqlSteps } from '../../../duckdb/sql-steps.js';
import type { DayContent, EventDay } from './event-days.js';

const SQL = readSqlFile(new URL('day-files.sql', import.meta.url));

export interface HeldDay extends DayContent {
  readonly file: string;
}

/**
 * Reads every file; one that is damaged or not of this shape is as good as none. Rejects with the signal's reason alone:
 * what a cancelled run could not read is not damaged.
 * @param files day → path
 */
export async function readHeldDays(
  steps: SqlSteps,
  files: ReadonlyMap<string, string>,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, HeldDay>> {
  const held = new Map<string, HeldDay>();
  for (const [day, file] of files) {
    const content = await readDayContent(steps, file).catch(() => {
      signal?.throwIfAborted();
      return null;
    });
    if (content) held.set(day, { ...content, file });
  }
  return held;
}

/** Rejects when the file cannot be read. */
export async function readDayContent({ run }: SqlSteps, file: string): Promise<DayContent> {
  const [row] = await run(SQL, 'day-content', { text: { file: sqlString(file) } });
  return { events: Number(row?.events), newest: Number(row?.newest) };
}

/**
 * Writes what `read_events` has of `from` ≤ time < `to` to a Parquet file.
 * @param held a file of the same columns to put before it
 */
export async function writeDay(
  { run }: SqlSteps,
  file: string,
  { from, to }: Pick<EventDay, 'from' | 'to'>,
  held?: string,
): Promise<void> {
  const before = held === undefined ? '' : `SELECT * FROM read_parquet(${sqlString(held)}) UNION ALL`;
  await run(SQL, 'write-day', {
    text: { held: before, file: sqlString(file), from: String(from), to: String(to) },
  });
}

/** Writes a file of the same columns without events. */
export async function writeNoEvents({ run }: SqlSteps, file: string): Promise<void> {
  await run(SQL, 'write-no-events', { text: { file: sqlString(file) } });
}
