// Documents kept in memory: bounded, fetched once however many ask, fresh enough, and never wrong about absence.
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { KindredError } from '../../core/errors.js';
import type { EngineClient } from '../client/client.js';

export interface DocumentCacheOptions<T> {
  /** upper bound of what the cache holds, in estimated bytes of memory */
  readonly maxBytes: number;
  /** older entries are still served, and refreshed behind the answer; on average, as each has its own */
  readonly ttlMs: number;
  /** the same for "there is no such document" */
  readonly negativeTtlMs: number;
  /** turns a stored `_source` into what readers get; what it throws is the answer to this read, and not kept */
  readonly parse: (source: unknown, id: string) => T;
  readonly sourceIncludes?: readonly string[];
  /** a read that takes longer has failed, so that who asks next asks the engine again; milliseconds */
  readonly readMs?: number;
}

export interface DocumentCache<T> {
  /** In the order asked; null where there is no such document. Rejects as `EngineClient.mget` does. */
  read(index: string, ids: readonly string[]): Promise<(T | null)[]>;
  /** Documents that were asked for so far, and those of them that memory did not have. */
  counts(): { readonly reads: number; readonly misses: number };
  /** Forgets the documents with these ids, of whatever index; looks through all it holds in turns. */
  forget(isMeant: (id: string) => boolean): Promise<void>;
}

const FRESH = { allowStale: false, noDeleteOnStaleGet: true };

interface Entry<T> {
  readonly document: T | null;
  /** of the source; null where there is none */
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
 * the maps that readers make of the scopes they use.
 */
const HEAP_PER_JSON_CHARACTER = 12;
/** Long for one read; what hangs must not hang on when the engine is back. */
const READ_MS = 10_000;
/** Key, list links and bookkeeping of one entry. */
const ENTRY_OVERHEAD = 400;
const KEYS_IN_A_TURN = 1_000;

/**
 * Reads documents through an LRU. What is missing in one tick goes out as one `mget` per index; a document that is
 * on its way is not asked for again. A failed read rejects, leaves a stale entry in place and is never remembered:
 * a store that cannot be read is not an empty store. A document that did not change stays the same object, so that
 * what readers made of it stays good.
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
      const found = await inTime(
        engine.mget<unknown>(index, ids, options.sourceIncludes),
        options.readMs ?? READ_MS,
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
    // An entry pushed out while it is being fetched still answers those who wait for it.
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
      // Most readers ask for what is here and fresh: no promise for each document.
      const fresh = keys.map((key) => cache.get(key, FRESH));
      const entries = fresh.includes(undefined)
        ? await Promise.all(
            ids.map((id, at) => fresh[at] ?? cache.fetch(keys[at] ?? '', { context: { index, id } })),
          )
        : fresh;
      return entries.map((entry) => entry?.document ?? null);
    },
    async forget(isMeant) {
      let looked = 0;
      // A list of its own: while others have their turn, the cache changes.
      for (const key of [...cache.keys()]) {
        if (isMeant(key.slice(key.indexOf('/') + 1))) cache.delete(key);
        looked += 1;
        if (looked % KEYS_IN_A_TURN === 0) await nextTurn();
      }
    },
  };
}

/** Half as long up to half as long again: what was read together, as after a start, is not all read again together. */
function spread(ms: number): number {
  return ms * (0.5 + Math.random());
}

async function inTime<T>(read: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new KindredError('engine-timeout', 'The engine did not answer in time.', { status: 504 });
    timer = setTimeout(reject, ms, error);
  });
  return Promise.race([read, late]).finally(() => clearTimeout(timer));
}
