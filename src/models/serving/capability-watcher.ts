// The engine's capabilities on the catalogs, read every 15 seconds and kept in memory for searches.
import { z } from 'zod';
import type { Catalog } from '../../core/catalog.js';
import { hasRescorerRetriever, hasUbiPlugin } from '../../engine/capabilities/engine-features.js';
import { storeBoostScript } from '../../engine/capabilities/stored-script.js';
import type { EngineClient } from '../../engine/client/client.js';
import { call } from '../../engine/client/engine-response.js';
import { indexPath } from '../../engine/indices/index-path.js';
import type { EngineCapabilities } from '../../query/placement/engine-capabilities.js';
import { createPolling, type Polling } from '../polling.js';
import { readBoostFields } from './boost-fields.js';

/** `start` resolves after the first read, successful or not. */
export interface CapabilityWatcher extends Polling {
  /** As last read; never waits. */
  current(): EngineCapabilities;
  /** The indices that a catalog (by name) stands for, and their aliases of nothing else, as last read; never waits. */
  indicesOf(catalog: string): ReadonlySet<string>;
  /** Reads now; what cannot be read stays as it was last known. */
  refreshNow(): Promise<void>;
  /**
   * A rewritten search was refused. When the script was the reason, it is not used until the next read: it may be gone,
   * or scripts may be forbidden.
   */
  refused(reason: string): void;
}

export interface CapabilityWatcherOptions {
  /** called with the first of failures in a row */
  readonly onFailure: (error: unknown) => void;
  /** called with the engine's reason when it does not accept the script, once for the same reason */
  readonly onScriptRefused: (reason: string) => void;
  /** pause between two reads, milliseconds */
  readonly intervalMs?: number;
}

const NONE: ReadonlySet<string> = new Set();

export function createCapabilityWatcher(
  engine: Pick<EngineClient, 'request' | 'kind' | 'version'>,
  catalogs: readonly Pick<Catalog, 'name' | 'index' | 'indices'>[],
  { onFailure, onScriptRefused, intervalMs = 15_000 }: CapabilityWatcherOptions,
): CapabilityWatcher {
  let capabilities: EngineCapabilities = {
    kind: engine.kind,
    painless: null,
    rescorerRetriever: hasRescorerRetriever(engine),
    maxWindow: DEFAULT_WINDOW_LIMIT,
  };
  let catalogIndices: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  let failing = false;
  let refusal: string | null = null;

  const indices = catalogs.map(({ index }) => index);

  async function readEach<T>(
    read: (catalog: Pick<Catalog, 'index' | 'indices'>) => Promise<T>,
  ): Promise<ReadonlyMap<string, T>> {
    return new Map(
      await Promise.all(
        catalogs.map(async (catalog): Promise<[string, T]> => [catalog.name, await read(catalog)]),
      ),
    );
  }

  async function refreshNow(): Promise<void> {
    try {
      const [maxWindow, script, ubi, boostFields, indicesByCatalog] = await Promise.all([
        readWindowLimit(engine, indices),
        storeBoostScript(engine, indices),
        hasUbiPlugin(engine),
        readEach(({ index }) => readBoostFields(engine, index)),
        readEach((catalog) => readCatalogIndices(engine, catalog)),
      ]);
      if (script.refusal !== null && script.refusal !== refusal) onScriptRefused(script.refusal);
      refusal = script.refusal;
      capabilities = { ...capabilities, maxWindow, painless: script.id, ubi, boostFields };
      catalogIndices = indicesByCatalog;
      failing = false;
    } catch (error) {
      if (!failing) onFailure(error);
      failing = true;
    }
  }

  return {
    current: () => capabilities,
    indicesOf: (catalog) => catalogIndices.get(catalog) ?? NONE,
    refreshNow,
    ...createPolling(refreshNow, intervalMs),
    refused(reason) {
      if (/script/.test(reason)) capabilities = { ...capabilities, painless: null };
    },
  };
}

/**
 * The catalog's indices, and the aliases of nothing else, by which shops name it too; none when neither an index nor an
 * alias has the catalog's name.
 */
export async function readCatalogIndices(
  engine: Pick<EngineClient, 'request'>,
  { index, indices: configured }: Pick<Catalog, 'index' | 'indices'>,
): Promise<ReadonlySet<string>> {
  const indices = await readAliases(engine, indexPath(index, '_alias'));
  const aliases = new Set([...indices.values()].flatMap((names) => [...names]));
  for (const name of configured) aliases.delete(name);
  if (aliases.size === 0) return new Set(indices.keys());
  const all = await readAliases(engine, `/_alias/${[...aliases].map(encodeURIComponent).join()}`);
  const elsewhere = [...all].filter(([index]) => !indices.has(index)).flatMap(([, names]) => [...names]);
  return new Set([...indices.keys(), ...[...aliases].filter((alias) => !elsewhere.includes(alias))]);
}

/** The aliases of each index of a response; nothing of what is not there. */
async function readAliases(
  engine: Pick<EngineClient, 'request'>,
  path: string,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { status, body } = await call<Record<string, { aliases: object }>>(
    engine.request,
    { method: 'GET', path },
    [404],
  );
  if (status === 404) return new Map();
  return new Map(Object.entries(body).map(([index, { aliases }]) => [index, new Set(Object.keys(aliases))]));
}

/** Of both engines, for an index that sets neither. */
const DEFAULT_WINDOW_LIMIT = 10_000;
const RESCORE = 'index.max_rescore_window';
/** Applies where the other is not set, which the engines' lists of default settings do not show (measured). */
const RESULT = 'index.max_result_window';

const indexSettingsSchema = z.record(
  z.string(),
  z.object({ settings: z.object({ [RESCORE]: z.coerce.number(), [RESULT]: z.coerce.number() }).partial() }),
);

/** @param indices the catalogs, by index or alias; the smallest limit of all their indices applies */
export async function readWindowLimit(
  engine: Pick<EngineClient, 'request'>,
  indices: readonly string[],
): Promise<number> {
  const { body } = await call(engine.request, {
    method: 'GET',
    path: indexPath(indices.join(','), '_settings', `${RESCORE},${RESULT}`),
    querystring: { flat_settings: true, ignore_unavailable: true },
  });
  const limits = Object.values(indexSettingsSchema.parse(body)).map(
    ({ settings }) => settings[RESCORE] ?? settings[RESULT] ?? DEFAULT_WINDOW_LIMIT,
  );
  return Math.min(DEFAULT_WINDOW_LIMIT, ...limits);
}
