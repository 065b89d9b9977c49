// An event index of a real engine with an archive beside it, and trainers' reading of both.
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineKind } from '../../../../src/core/engine-kind.js';
import { openDuckDb, sqlString } from '../../../../src/duckdb/duckdb.js';
import { createSqlSteps } from '../../../../src/duckdb/sql-steps.js';
import { readMapping } from '../../../../src/engine/indices/mappings.js';
import { createEventArchive } from '../../../../src/training/sources/archive/event-archive.js';
import { type SyncedEvents, syncEvents } from '../../../../src/training/sources/archive/sync-events.js';
import { connectTest, uniqueIndex } from '../../../helpers/engines.js';
import { indexDocuments } from '../../../helpers/index-documents.js';

export interface LoggedEvent {
  readonly timestamp: string | number;
  readonly user_id?: string;
  readonly action_name?: string;
  readonly user_query?: string;
}

export interface Synced extends Pick<SyncedEvents, 'read' | 'archived'> {
  /** every event of the files as text, sorted */
  readonly rows: readonly string[];
  readonly notes: readonly string[];
}

/** A training that has its events and is not over. */
export interface OpenReading extends Synced {
  /** the events of its files now */
  rowsNow(): Promise<string[]>;
  close(): Promise<void>;
}

export type EventLog = Awaited<ReturnType<typeof openEventLog>>;

/** @param shards that the index has */
export async function openEventLog(kind: EngineKind, shards = 1) {
  const engine = await connectTest(kind);
  const index = uniqueIndex('archive-events');
  const dir = await mkdtemp(join(tmpdir(), 'kindred-test-'));
  const archiveDir = join(dir, 'archive');
  const create = async () => {
    const { settings, mappings } = await readMapping('ubi_events');
    await engine.createIndex(index, { settings: { ...settings, number_of_shards: shards }, mappings });
  };
  let runs = 0;
  await create();

  async function open({
    since = null as number | null,
    into = archiveDir,
    signal = new AbortController().signal,
  } = {}): Promise<OpenReading> {
    const archive = createEventArchive(into);
    const folder = join(dir, `run-${runs++}`);
    await mkdir(folder);
    const database = await openDuckDb({ tempDirectory: join(folder, 'spill') });
    const close = async () => {
      await database.close();
      await archive.close();
    };
    const steps = createSqlSteps(database.connection, signal);
    const { files, ...counts } = await syncEvents(steps, {
      engine,
      index,
      archive,
      folder,
      since,
      onShare: () => {},
      signal,
    }).catch(async (error) => {
      await close();
      throw error;
    });
    const rowsNow = async () => {
      const read = await database.connection.runAndReadAll(
        `SELECT epoch_ms(timestamp) || '|' || concat_ws('|', user_id, action_name, query, quantity)
         FROM read_parquet([${files.map(sqlString).join()}]) ORDER BY 1`,
      );
      return read.getRowsJson().map(([row]) => String(row));
    };
    return {
      ...counts,
      rows: await rowsNow(),
      notes: archive.notes(),
      rowsNow,
      close,
    };
  }

  return {
    engine,
    index,
    dir,
    archiveDir,
    open,
    /** a whole reading */
    async sync(options?: Parameters<typeof open>[0]): Promise<Synced> {
      const reading = await open(options);
      await reading.close();
      return reading;
    },
    async put(events: Readonly<Record<string, LoggedEvent>>): Promise<void> {
      const documents = Object.entries(events).map(
        ([id, event]) => [id, { action_name: 'view', ...event }] as const,
      );
      await indexDocuments(engine, index, documents);
    },
    async remove(...ids: string[]): Promise<void> {
      for (const id of ids) await engine.delete(index, id, { refresh: true });
    },
    /** drops the index and makes it anew, without events */
    async recreate(): Promise<void> {
      await engine.deleteIndex(index);
      await create();
    },
    /** the folder of the one archive there is */
    async folder(): Promise<string> {
      const names = await readdir(archiveDir);
      if (names.length !== 1) throw new Error(`archives: ${names}`);
      return join(archiveDir, names[0] ?? '');
    },
    async close(): Promise<void> {
      await engine.deleteIndex(index);
      await engine.close();
      await rm(dir, { recursive: true });
    },
  };
}
