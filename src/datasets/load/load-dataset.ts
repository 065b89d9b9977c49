// Loads a dataset directory into an engine: catalog, events in UBI's shape, and customers.
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { customersIndex } from '../../core/catalog.js';
import { KindredError } from '../../core/errors.js';
import { EVENTS_INDEX } from '../../core/event/ubi-event.js';
import { openDuckDb } from '../../duckdb/duckdb.js';
import type { EngineClient } from '../../engine/client/client.js';
import { type BulkDocument, sendBulk } from '../../engine/documents/bulk-sender.js';
import { readMapping } from '../../engine/indices/mappings.js';
import { writeEventNames } from '../format/event-names-table.js';
import { type DatasetTables, openDataset } from '../format/open-dataset.js';
import { catalogMapping, customersMapping } from './catalog-mapping.js';
import {
  customerDocuments,
  EVENT_COUNTS,
  eventDocuments,
  PRODUCTS_DIGEST,
  productDocuments,
} from './load-documents.js';

export type LoadPart = 'products' | 'customers' | 'events';

export interface LoadOptions {
  readonly engine: EngineClient;
  /** dataset directory */
  readonly dataset: string;
  /** catalog index; customers go to `{index}-customers` */
  readonly index: string;
  /** default `ubi_events`, which training reads; tests on a shared engine have one of their own */
  readonly eventsIndex?: string;
  /** moves all timestamps by whole weeks so that the newest event is in the seven days before this (ms) */
  readonly shiftTo?: number;
  /** drop a catalog index that holds something else */
  readonly replace?: boolean;
  /** each part begins with 0 done */
  readonly onProgress?: (part: LoadPart, done: number, total: number) => void;
}

export interface LoadResult {
  readonly products: number;
  readonly customers: number;
  readonly events: number;
  /** events on products the catalog does not know: skipped */
  readonly unknownProducts: number;
  /** events without time, name or product (searches: text): skipped */
  readonly incomplete: number;
  /** weeks every timestamp moved */
  readonly shiftedWeeks: number;
  readonly seconds: number;
}

/** `_meta` of an index that a dataset was loaded into. */
const datasetMetaSchema = z.object({ kindred: z.object({ dataset: z.string() }) });

const WEEK_MS = 7 * 86_400_000;
const SHARDS = { number_of_shards: 1, auto_expand_replicas: '0-1' };

/**
 * Loading the same dataset again changes nothing. A catalog index made by this run goes when the run fails.
 * Errors: KindredError `bad-dataset` (422), `index-exists` (409) when the index holds another catalog,
 * `document-refused` (502), and the engine's own.
 */
export async function loadDataset(options: LoadOptions): Promise<LoadResult> {
  const begun = performance.now();
  const { engine, dataset, index, eventsIndex = EVENTS_INDEX, onProgress } = options;
  const db = await openDuckDb();
  try {
    const tables = await openDataset(db.connection, dataset);
    await writeEventNames(db.connection);
    const send = (target: string, part: LoadPart, total: number, sql: string) => {
      onProgress?.(part, 0, total);
      return sendBulk(engine, target, streamDocuments(db.connection, sql), {
        onSent: (done) => onProgress?.(part, done, total),
      });
    };
    const counts = await readRow(db.connection, EVENT_COUNTS);
    const shiftedWeeks = weeksTo(options.shiftTo, counts.newest);

    const created = await makeCatalog(
      options,
      tables,
      String(Object.values(await readRow(db.connection, PRODUCTS_DIGEST))[0]),
    );
    try {
      const products = await send(index, 'products', tables.products, productDocuments(tables));
      const customers = await send(
        customersIndex(index),
        'customers',
        tables.customers,
        customerDocuments(tables),
      );
      await Promise.all([engine.refresh(index), engine.refresh(customersIndex(index))]);
      const events = await whileRefreshIsRare(engine, eventsIndex, () =>
        send(eventsIndex, 'events', Number(counts.loadable), eventDocuments(shiftedWeeks * WEEK_MS)),
      );
      return {
        products,
        customers,
        events,
        unknownProducts: Number(counts.unknown),
        incomplete: Number(counts.incomplete),
        shiftedWeeks,
        seconds: (performance.now() - begun) / 1000,
      };
    } catch (error) {
      if (created) await dropCatalog(engine, index);
      throw error;
    }
  } finally {
    await db.close();
  }
}

function weeksTo(shiftTo: number | undefined, newest: unknown): number {
  if (shiftTo === undefined || newest === null) return 0;
  return Math.floor((shiftTo - Number(newest)) / WEEK_MS);
}

/** @returns whether the index was made now; false when it holds this very catalog already */
async function makeCatalog(
  { engine, index, replace }: LoadOptions,
  tables: DatasetTables,
  digest: string,
): Promise<boolean> {
  const existing = await engine.getMapping(index);
  const known = datasetMetaSchema.safeParse(existing?.meta).data?.kindred.dataset;
  const mappings = catalogMapping(tables.attributes, digest);
  if (existing && known === digest) return false;
  if (existing && !replace)
    throw new KindredError(
      'index-exists',
      `Index ${index} exists already with another catalog: choose another --index, or pass --replace to drop it.`,
      { status: 409 },
    );
  await dropCatalog(engine, index);
  await engine.createIndex(index, { settings: SHARDS, mappings });
  await engine.createIndex(customersIndex(index), {
    settings: SHARDS,
    mappings: customersMapping(tables.customerAttributes, digest),
  });
  return true;
}

async function dropCatalog(engine: EngineClient, index: string): Promise<void> {
  await engine.deleteIndex(index);
  await engine.deleteIndex(customersIndex(index));
}

/** The index may be live: it is refreshed seldom rather than never, should this process be killed. */
async function whileRefreshIsRare<T>(
  engine: EngineClient,
  index: string,
  work: () => Promise<T>,
): Promise<T> {
  if (!(await engine.indexExists(index))) await engine.createIndex(index, await readMapping('ubi_events'));
  await engine.putSettings(index, { index: { refresh_interval: '30s' } });
  try {
    return await work();
  } finally {
    await engine.putSettings(index, { index: { refresh_interval: null } });
    await engine.refresh(index);
  }
}

/** Rows of `(id, document)`, as bulk items. */
export async function* streamDocuments(
  connection: DuckDBConnection,
  sql: string,
): AsyncGenerator<BulkDocument[]> {
  for await (const rows of (await connection.stream(sql)).yieldRowsJson())
    yield rows.map(([id, document]) => ({ action: 'index', id: String(id), document: String(document) }));
}

async function readRow(connection: DuckDBConnection, sql: string): Promise<Record<string, unknown>> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson()[0] ?? {};
}
