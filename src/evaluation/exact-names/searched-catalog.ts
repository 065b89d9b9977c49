// The catalog of a dataset in an engine, with what a search of the proxy needs: profiles in memory, the engine as it is.
import { randomBytes } from 'node:crypto';
import { type Catalog, catalogSchema } from '../../core/catalog.js';
import type { ActiveModel } from '../../core/model/model.js';
import type { DatasetTables } from '../../datasets/format/open-dataset.js';
import { catalogMapping } from '../../datasets/load/catalog-mapping.js';
import { streamDocuments } from '../../datasets/load/load-dataset.js';
import { productDocuments } from '../../datasets/load/load-documents.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import type { EngineClient } from '../../engine/client/client.js';
import { sendBulk } from '../../engine/documents/bulk-sender.js';
import { createUpstream } from '../../engine/upstream.js';
import { createCapabilityWatcher } from '../../models/serving/capability-watcher.js';
import { type NameFields, nameFields } from '../../query/boosts/exact-name.js';
import {
  type PreviewResults,
  type PreviewSearch,
  previewSearch,
} from '../../search/preview/preview-search.js';
import { readInMemory } from '../boost-plans.js';
import type { TrainedInMemory } from '../train-in-memory.js';

/** Profiles are at hand: nothing is waited for. */
const DEADLINE_MS = 60_000;

export interface SearchedCatalog {
  readonly titleField: string;
  /** what names a product in it */
  readonly names: NameFields;
  /** One search of one user: not personalized, and at each of the impacts. */
  search(
    request: Pick<PreviewSearch, 'body' | 'userId'>,
    impacts: readonly number[],
  ): Promise<PreviewResults>;
  /** drops the index */
  close(): Promise<void>;
}

/**
 * Loads the products as `kindred load` does, under a name of their own.
 * @param now milliseconds since the epoch
 */
export async function openSearchedCatalog(
  { steps, engine, tables }: { steps: SqlSteps; engine: EngineClient; tables: DatasetTables },
  { active, profiles }: TrainedInMemory,
  now: number,
): Promise<SearchedCatalog> {
  const index = `kindred-evaluate-${randomBytes(4).toString('hex')}`;
  const catalog = catalogSchema.parse({ index });
  const mappings = catalogMapping(tables.attributes, index);
  await engine.createIndex(index, { settings: { number_of_shards: 1, number_of_replicas: 0 }, mappings });
  const upstream = createUpstream({ url: engine.url });
  const close = async () => {
    await upstream.close();
    await engine.deleteIndex(index);
  };
  try {
    await sendBulk(engine, index, streamDocuments(steps.connection, productDocuments(tables)));
    await engine.refresh(index);
    const watcher = await watchOnce(engine, catalog);
    const fields = watcher.current().boostFields?.get(index);
    const context = {
      engine: {
        kind: engine.kind,
        upstream,
        capabilities: watcher.current,
        indicesOf: watcher.indicesOf,
      },
      catalogs: new Map([[index, catalog]]),
      profiles: {
        readProfiles: readInMemory(profiles),
        readSession: async () => [],
        deadlineMs: DEADLINE_MS,
        now: () => now,
      },
    };
    const here: ActiveModel = { ...active, model: { ...active.model, catalog: index } };
    return {
      titleField: catalog.titleField,
      names: fields ? nameFields(catalog, fields) : { exact: [], numbers: [], phrase: null },
      search: (request, impacts) =>
        previewSearch(context, {
          ...request,
          catalog,
          session: [],
          variants: impacts.map((impact) => ({ active: here, impact })),
        }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the engine can do on the index, as a proxy would read it; its errors are thrown here. */
async function watchOnce(engine: EngineClient, catalog: Catalog) {
  let failure: unknown;
  const watcher = createCapabilityWatcher(engine, [catalog], {
    onFailure: (error) => {
      failure = error;
    },
    onScriptRefused: () => {},
  });
  await watcher.refreshNow();
  if (failure !== undefined) throw failure;
  return watcher;
}
