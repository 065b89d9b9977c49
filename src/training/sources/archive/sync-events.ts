// The events of a window as Parquet files: days that the archive has stay, the rest is read from the engine.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SqlSteps } from '../../../duckdb/sql-steps.js';
import type { EngineClient, IndexShard } from '../../../engine/client/client.js';
import { type HeldDay, readDayContent, readHeldDays, writeDay, writeNoEvents } from './day-files.js';
import type { ArchiveFolder, EventArchive } from './event-archive.js';
import { type EventDay, sameContent, surveyEventDays } from './event-days.js';
import { eventsOf, planReads } from './plan-reads.js';
import { type EventsToRead, readEvents } from './read-events.js';

export interface SyncOptions {
  readonly engine: EngineClient;
  readonly index: string;
  readonly archive: EventArchive;
  /** for the files of days that are read */
  readonly folder: string;
  /** milliseconds since the epoch; null is everything */
  readonly since: number | null;
  /** called with the share read, 0–1 */
  readonly onShare: (share: number) => void;
  readonly signal?: AbortSignal;
}

export interface SyncedEvents {
  /** Parquet files with the events of every day that the window touches */
  readonly files: readonly string[];
  /** events read from the engine */
  readonly read: number;
  /** events that the archive had already */
  readonly archived: number;
}

/**
 * Each shard of each index behind the name has an archive of its own, as each numbers its events by itself.
 * @returns with at least one file. Errors: the engine's own. A broken archive costs reading, never the training.
 */
export async function syncEvents(steps: SqlSteps, options: SyncOptions): Promise<SyncedEvents> {
  const { engine, index, archive, onShare } = options;
  const files: string[] = [];
  let [read, archived] = [0, 0];
  const shards = await engine.listShards(index);
  for (const [place, shard] of shards.entries()) {
    const key = `${shard.uuid}-${shard.shard}`;
    const folder = join(options.folder, key);
    await mkdir(folder);
    const synced = await syncShard(steps, {
      ...options,
      shard,
      archive: await archive.open(key),
      folder,
      onShare: (share) => onShare((place + share) / shards.length),
    });
    files.push(...synced.files);
    read += synced.read;
    archived += synced.archived;
  }
  if (files.length === 0) {
    const file = join(options.folder, 'none.parquet');
    await writeNoEvents(steps, file);
    files.push(file);
  }
  return { files, read, archived };
}

interface ShardOptions extends Omit<SyncOptions, 'index' | 'archive'> {
  readonly shard: IndexShard;
  readonly archive: ArchiveFolder;
}

/** Brings the days of one shard up to date. */
async function syncShard(steps: SqlSteps, options: ShardOptions): Promise<SyncedEvents> {
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

/** Drops days that the engine no longer has, or not like this: users who were erased there must not stay here. */
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
