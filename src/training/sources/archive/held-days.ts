// What the archive has of each day, told by the files themselves.
import { sqlString } from '../../../duckdb/duckdb.js';
import type { SqlSteps } from '../../../duckdb/sql-steps.js';
import type { DayContent } from './event-days.js';

export interface HeldDay extends DayContent {
  readonly file: string;
}

/**
 * Reads every file; one that is damaged or not of this shape is as good as none. Rejects with the signal's reason alone:
 * what a cancelled run could not read is not damaged.
 * @param files day → path
 */
export async function heldDays(
  steps: SqlSteps,
  files: ReadonlyMap<string, string>,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, HeldDay>> {
  const held = new Map<string, HeldDay>();
  for (const [day, file] of files) {
    const content = await dayContent(steps, file).catch(() => {
      signal?.throwIfAborted();
      return null;
    });
    if (content) held.set(day, { ...content, file });
  }
  return held;
}

/** Rejects when the file cannot be read. */
export async function dayContent({ run }: SqlSteps, file: string): Promise<DayContent> {
  const [row] = await run('archive/day-content', { text: { file: sqlString(file) } });
  return { events: Number(row?.events), newest: Number(row?.newest) };
}
