// The engine's capabilities on the catalogs, read every 15 seconds and kept in memory for searches.
import { storeBoostScript } from '../../engine/capabilities/boost-script.js';
import { hasRescorerRetriever, hasUbiPlugin } from '../../engine/capabilities/engine-features.js';
import type { EngineClient } from '../../engine/client/client.js';
import type { EngineCapabilities } from '../../query/placement/engine-capabilities.js';
import { createPolling, type Polling } from '../polling.js';
import { readBoostFields } from './boost-fields.js';
import { readCatalogIndices } from './catalog-indices.js';
import { DEFAULT_WINDOW_LIMIT, readWindowLimit } from './rescore-window-limit.js';

/** `start` resolves after the first read, successful or not. */
export interface CapabilityWatcher extends Polling {
  /** As last read; never waits. */
  current(): EngineCapabilities;
  /** The indices that a catalog stands for, as last read; never waits. */
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

/** @param indices the catalogs, by index or alias */
export function createCapabilityWatcher(
  engine: Pick<EngineClient, 'request' | 'kind' | 'version'>,
  indices: readonly string[],
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

  async function readEach<T>(read: (index: string) => Promise<T>): Promise<ReadonlyMap<string, T>> {
    return new Map(
      await Promise.all(indices.map(async (index): Promise<[string, T]> => [index, await read(index)])),
    );
  }

  async function refreshNow(): Promise<void> {
    try {
      const [maxWindow, script, ubi, boostFields, indicesByCatalog] = await Promise.all([
        readWindowLimit(engine, indices),
        storeBoostScript(engine, indices),
        hasUbiPlugin(engine),
        readEach((index) => readBoostFields(engine, index)),
        readEach((index) => readCatalogIndices(engine, index)),
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
