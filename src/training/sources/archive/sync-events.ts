// The events of a window as Parquet files: from the archive what it has, from the engine the rest.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SqlSteps } from '../../../duckdb/sql-steps.js';
import type { EngineClient } from '../../../engine/client/client.js';
import { writeNoEvents } from './day-files.js';
import type { EventArchive } from './event-archive.js';
import { type SyncedDays, type SyncOptions, syncDays } from './sync-days.js';

export interface SyncEventsOptions extends Omit<SyncOptions, 'shard' | 'archive'> {
  readonly engine: EngineClient;
  readonly index: string;
  readonly archive: EventArchive;
}

/**
 * Each shard of each index behind the name has an archive of its own, as each numbers its events by itself.
 * @returns with at least one file. Errors: the engine's own.
 */
export async function syncEvents(steps: SqlSteps, options: SyncEventsOptions): Promise<SyncedDays> {
  const { engine, index, archive, onShare } = options;
  const files: string[] = [];
  let [read, archived] = [0, 0];
  const shards = await engine.listShards(index);
  for (const [place, shard] of shards.entries()) {
    const key = `${shard.uuid}-${shard.shard}`;
    const folder = join(options.folder, key);
    await mkdir(folder);
    const synced = await syncDays(steps, {
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
