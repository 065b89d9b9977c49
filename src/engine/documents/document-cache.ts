// A cache of documents in memory: bounded, one fetch for concurrent reads, refreshed in the background.
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { KindredError } from '../../core/errors.js';
import type { EngineClient } from '../client/client.js';

export interface DocumentCacheOptions<T> {
  /** upper bound of what the cache holds, in estimated bytes of memory */
  readonly maxBytes: number;
  /** older entries are still served, and refreshed in the background; an average, see `spread` */
  readonly ttlMs: number;
  /** the same for "there is no such document" */
  readonly negativeTtlMs: number;
  /** turns a stored `_source` into what readers get; when it throws, the read rejects and nothing is cached */
  readonly parse: (source: unknown, id: string) => T;
  readonly sourceIncludes?: readonly string[];
  /** a read of the engine that takes longer (ms) fails, and the next one starts anew */
  readonly timeoutMs?: number;
}

export interface DocumentCache<T> {
  /** In the order of `ids`; null where there is no such document. Rejects as `EngineClient.mget` does. */
  read(index: string, ids: readonly string[]): Promise<(T | null)[]>;
  /** Documents read since the start, and those of them that were not in memory. */
  counts(): { readonly reads: number; readonly misses: number };
  /** Drops the documents with these ids, of any index. Goes through all keys, and lets other work in between. */
  forget(matches: (id: string) => boolean): Promise<void>;
}

const FRESH = { allowStale: false, noDeleteOnStaleGet: true };

interface Entry<T> {
  readonly document: T | null;
  /** of the source; null without a document */
  readonly digest: string | null;
  readonly bytes: number;
}

interface Waiting {
  readonly id: string;
  readonly resolve: (source: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Heap per character of JSON, at most: measured 6 on profiles of many scopes, 9 on those of many values; the rest is for
 * the maps that readers derive from the scopes they use.
 */
const HEAP_PER_JSON_CHARACTER = 12;
/** Long for one read: it only keeps reads of an engine that hangs from blocking those after it is back. */
const TIMEOUT_MS = 10_000;
/** Key, list links and bookkeeping of one entry. */
const ENTRY_OVERHEAD = 400;
/** Keys that `forget` looks at before it yields to the event loop. */
const KEYS_PER_TURN = 1_000;

/**
 * Reads documents through an LRU. What is missing in one tick goes out as one `mget` per index; a document that is being
 * fetched is not fetched again. A failed read rejects, leaves a stale entry in place and is not cached: a store that
 * cannot be read is not an empty one. An unchanged document stays the same object, so that what readers derived from it
 * stays valid.
 */
export function createDocumentCache<T>(
  engine: Pick<EngineClient, 'mget'>,
  options: DocumentCacheOptions<T>,
): DocumentCache<T> {
  const waiting = new Map<string, Waiting[]>();
  let [reads, misses] = [0, 0];

  async function flush(index: string): Promise<void> {
    const batch = waiting.get(index) ?? [];
    waiting.delete(index);
    try {
      const ids = batch.map(({ id }) => id);
      const found = await withTimeout(
        engine.mget<unknown>(index, ids, options.sourceIncludes),
        options.timeoutMs ?? TIMEOUT_MS,
      );
      for (const [position, { resolve }] of batch.entries()) resolve(found[position]?.source ?? null);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  function load(index: string, id: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const batch = waiting.get(index) ?? [];
      if (batch.length === 0) queueMicrotask(() => void flush(index));
      waiting.set(index, batch);
      batch.push({ id, resolve, reject });
    });
  }

  const cache = new LRUCache<string, Entry<T>, { index: string; id: string }>({
    maxSize: options.maxBytes,
    sizeCalculation: ({ bytes }, key) => bytes + 2 * key.length + ENTRY_OVERHEAD,
    ttl: options.ttlMs,
    allowStale: true,
    noDeleteOnFetchRejection: true,
    // An entry that is evicted while it is being fetched still resolves for its readers.
    ignoreFetchAbort: true,
    fetchMethod: async (_key, stale, { options: entry, context: { index, id } }) => {
      if (stale === undefined) misses += 1;
      const source = await load(index, id);
      entry.ttl = spread(source === null ? options.negativeTtlMs : options.ttlMs);
      if (source === null) return { document: null, digest: null, bytes: 0 };
      const json = JSON.stringify(source);
      const digest = createHash('sha256').update(json).digest('base64');
      if (stale?.digest === digest) return stale;
      return { document: options.parse(source, id), digest, bytes: json.length * HEAP_PER_JSON_CHARACTER };
    },
  });

  return {
    counts: () => ({ reads, misses }),
    async read(index, ids) {
      reads += ids.length;
      const keys = ids.map((id) => `${index}/${id}`);
      // Most reads find everything in memory and fresh: no promise for each document then.
      const fresh = keys.map((key) => cache.get(key, FRESH));
      const entries = fresh.includes(undefined)
        ? await Promise.all(
            ids.map((id, at) => fresh[at] ?? cache.fetch(keys[at] ?? '', { context: { index, id } })),
          )
        : fresh;
      return entries.map((entry) => entry?.document ?? null);
    },
    async forget(matches) {
      let checked = 0;
      // A copy of the keys: the cache changes while other work runs.
      for (const key of [...cache.keys()]) {
        if (matches(key.slice(key.indexOf('/') + 1))) cache.delete(key);
        checked += 1;
        if (checked % KEYS_PER_TURN === 0) await nextTurn();
      }
    },
  };
}

/** Between half and one and a half times as long: what was read together, as after a start, is not refreshed together. */
function spread(ms: number): number {
  return ms * (0.5 + Math.random());
}

async function withTimeout<T>(read: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const expire = () =>
      reject(new KindredError('engine-timeout', 'The engine did not answer in time.', { status: 504 }));
    timer = setTimeout(expire, ms);
  });
  return Promise.race([read, timeout]).finally(() => clearTimeout(timer));
}
