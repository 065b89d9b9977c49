// Stores of page orders: in this process, in another one, and in Redis.
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { type PageOrder, type PageOrderStore, pageOrderSchema } from '../core/boost-plan/page-order.js';
import type { Call } from './ipc-calls.js';
import { sessionsUnavailable } from './session-store.js';

/** Long enough to look at products between two pages. */
const TTL_MS = 10 * 60_000;
/** Some 300 bytes each. */
const MAX_ORDERS = 100_000;
const REDIS_KEYS = 'kindred:page-order:1:';

/** The least recently used are forgotten first. */
export function createMemoryPageOrderStore({ max = MAX_ORDERS, ttlMs = TTL_MS } = {}): PageOrderStore {
  const orders = new LRUCache<string, PageOrder>({ max, ttl: ttlMs });
  return {
    read: async (key) => orders.get(key) ?? null,
    async write(key, order) {
      orders.set(key, order);
    },
  };
}

/** For the process that uses the page orders. Errors: `sessions-unavailable` (503). */
export function createRemotePageOrderStore(call: Call<PageOrderHandlers>): PageOrderStore {
  return {
    read: (key) => call('readPageOrder', key),
    write: (key, order) => call('writePageOrder', key, order),
  };
}

export type PageOrderHandlers = ReturnType<typeof createPageOrderHandlers>;

/** For the process that has the page orders in its memory: what the others call. */
export function createPageOrderHandlers(options?: { readonly ttlMs?: number }) {
  const orders = createMemoryPageOrderStore(options);
  return {
    readPageOrder: (key: string) => orders.read(key),
    writePageOrder: (key: string, order: PageOrder) => orders.write(key, order),
  };
}

/** Errors: `sessions-unavailable` (503). What another version wrote in another form counts as none. */
export function createRedisPageOrderStore(redis: Redis, { ttlMs = TTL_MS } = {}): PageOrderStore {
  return {
    async read(key) {
      const text = await redis.get(REDIS_KEYS + key).catch(failed);
      return text === null ? null : (pageOrderSchema.safeParse(JSON.parse(text)).data ?? null);
    },
    async write(key, order) {
      await redis.set(REDIS_KEYS + key, JSON.stringify(order), 'PX', ttlMs).catch(failed);
    },
  };
}

function failed(cause: unknown): never {
  throw sessionsUnavailable(cause);
}
