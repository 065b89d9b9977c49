// What the engine can do on the catalogs: asked again and again, kept in memory for the hot path.

import { storeBoostScript } from '../../engine/capabilities/boost-script.js';
import { hasRescorerRetriever, hasUbiPlugin } from '../../engine/capabilities/engine-features.js';
import type { EngineClient } from '../../engine/client/client.js';
import type { EngineCapabilities } from '../../query/placement/engine-capabilities.js';
import { readBoostFields } from './boost-fields.js';
import { readCatalogIndices } from './catalog-indices.js';
import { DEFAULT_WINDOW_LIMIT, readWindowLimit } from './rescore-window-limit.js';

export interface CapabilityWatcher {
  /** The last known state; never waits. */
  current(): EngineCapabilities;
  /** The indices that a catalog stood for when last seen; never waits. */
  indicesOf(catalog: string): ReadonlySet<string>;
  /** Starts to ask again and again, and resolves after the first time, successful or not. */
  start(): Promise<void>;
  stop(): void;
  /** Asks now; what cannot be read stays as it was last known. */
  refreshNow(): Promise<void>;
  /**
   * A rewritten search was refused. When the script was the reason, it is not used until it has been asked for again:
   * it may be gone, or scripts may be forbidden.
   */
  refused(reason: string): void;
}

export interface CapabilityWatcherOptions {
  /** told of the first of failures in a row */
  readonly onFailure: (error: unknown) => void;
  /** told the engine's words when it does not take the script, once for the same words */
  readonly onScriptRefused: (words: string) => void;
  /** pause between two times, milliseconds */
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
  let standsFor: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  let failing = false;
  let refusal: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  let running = false;

  async function readEach<T>(read: (index: string) => Promise<T>): Promise<ReadonlyMap<string, T>> {
    return new Map(
      await Promise.all(indices.map(async (index): Promise<[string, T]> => [index, await read(index)])),
    );
  }

  async function refreshNow(): Promise<void> {
    try {
      const [maxWindow, script, ubi, fields, names] = await Promise.all([
        readWindowLimit(engine, indices),
        storeBoostScript(engine, indices),
        hasUbiPlugin(engine),
        readEach((index) => readBoostFields(engine, index)),
        readEach((index) => readCatalogIndices(engine, index)),
      ]);
      if (script.refusal !== null && script.refusal !== refusal) onScriptRefused(script.refusal);
      refusal = script.refusal;
      capabilities = { ...capabilities, maxWindow, painless: script.id, ubi, boostFields: fields };
      standsFor = names;
      failing = false;
    } catch (error) {
      if (!failing) onFailure(error);
      failing = true;
    }
  }

  async function poll(): Promise<void> {
    await refreshNow();
    if (running) timer = setTimeout(poll, intervalMs).unref();
  }

  return {
    current: () => capabilities,
    indicesOf: (catalog) => standsFor.get(catalog) ?? NONE,
    refreshNow,
    async start() {
      running = true;
      await poll();
    },
    stop() {
      running = false;
      clearTimeout(timer);
    },
    refused(reason) {
      if (/script/.test(reason)) capabilities = { ...capabilities, painless: null };
    },
  };
}
