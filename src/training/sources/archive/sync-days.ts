// Brings the days of one shard up to date: what the archive has of them stays, the rest is read from the engine.
import { join } from 'node:path';
import type { SqlSteps } from '../../../duckdb/sql-steps.js';
import type { EngineClient, IndexShard } from '../../../engine/client/client.js';
import { type HeldDay, readDayContent, readHeldDays, writeDay } from './day-files.js';
import type { ArchiveFolder } from './event-archive.js';
import { type EventDay, sameContent, surveyEventDays } from './event-days.js';
import { eventsOf, planReads } from './plan-reads.js';
import { type EventsToRead, readEvents } from './read-events.js';

export interface SyncOptions {
  readonly engine: EngineClient;
  readonly shard: IndexShard;
  readonly archive: ArchiveFolder;
  /** for the files of days that are read */
  readonly folder: string;
  /** milliseconds since the epoch; null is everything */
  readonly since: number | null;
  /** called with the share read, 0–1 */
  readonly onShare: (share: number) => void;
  readonly signal?: AbortSignal;
}

export interface SyncedDays {
  /** Parquet files with the events of every day that the window touches */
  readonly files: readonly string[];
  /** events read from the engine */
  readonly read: number;
  /** events that the archive had already */
  readonly archived: number;
}

/** Errors: the engine's own. What is wrong with the archive costs reading, never the training. */
export async function syncDays(steps: SqlSteps, options: SyncOptions): Promise<SyncedDays> {
  const { engine, shard, archive, folder, since, onShare, signal } = options;
  const held = await readHeldDays(steps, archive.borrowed, signal);
  const days = await surveyEventDays(engine, shard);
  await dropOutdated(archive, held, days);
  const wanted = days.filter(({ to }) => since === null || to > since);
  const reads = planReads(wanted, held);
  const total = reads.reduce((sum, part) => sum + eventsOf(part), 0);
  const files: string[] = [];
  let [read, archived] = [0, 0];

  for (const day of wanted) {
    const own = held.get(day.name);
    if (!own || !sameContent(own, day)) continue;
    files.push(own.file);
    archived += own.events;
  }

  async function fetch(events: EventsToRead): Promise<void> {
    const before = read / total;
    read += await readEvents(steps, events, {
      ...options,
      total,
      onShare: (share) => onShare(Math.min(1, before + share)),
    });
  }

  /** Writes what was fetched of a day; with `grown`, only if that makes the day whole. */
  async function store(day: EventDay, grown?: HeldDay): Promise<boolean> {
    const file = join(folder, `${day.name}.parquet`);
    await writeDay(steps, file, day, grown?.file);
    if (grown && !sameContent(await readDayContent(steps, file), day)) return false;
    files.push(file);
    await archive.keep(day.name, file);
    return true;
  }

  async function readNewer(day: EventDay, grown: HeldDay): Promise<boolean> {
    await fetch({ ...day, newer: { above: grown.newest, upTo: day.newest } });
    const whole = await store(day, grown);
    if (whole) archived += grown.events;
    return whole;
  }

  for (const { days: part, grown } of reads) {
    const [first] = part;
    if (grown && (await readNewer(first, grown))) continue;
    await fetch({ from: first.from, to: (part.at(-1) ?? first).to });
    for (const day of part) await store(day);
  }
  return { files, read, archived };
}

/** Days that the engine no longer has, or not like this: who was erased there shall not stay here. */
async function dropOutdated(
  archive: ArchiveFolder,
  held: ReadonlyMap<string, HeldDay>,
  days: readonly EventDay[],
): Promise<void> {
  const current = new Map(days.map((day) => [day.name, day]));
  for (const name of archive.borrowed.keys()) {
    const [own, day] = [held.get(name), current.get(name)];
    if (!own || !day || !sameContent(own, day)) await archive.drop(name);
  }
}
