// Where page orders are kept: in this process, in another one, or in Redis.
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { type PageOrder, type PageOrderStore, pageOrderSchema } from '../core/boost-plan/page-order.js';
import type { Call, Callable } from './remote-calls.js';
import { unavailable } from './session-store.js';

/** Long enough to look at products between two pages. */
const TTL_MS = 10 * 60_000;
/** Some 300 bytes each. */
const MOST = 100_000;
const REDIS_KEYS = 'kindred:page-order:1:';

/** The least recently used are forgotten first. */
export function createMemoryPageOrders({ most = MOST, ttlMs = TTL_MS } = {}): PageOrderStore {
  const orders = new LRUCache<string, PageOrder>({ max: most, ttl: ttlMs });
  return {
    read: async (key) => orders.get(key) ?? null,
    async write(key, order) {
      orders.set(key, order);
    },
  };
}

/** Errors: `sessions-unavailable` (503), as of sessions that another process holds. */
export function createRemotePageOrders(call: Call): PageOrderStore {
  return {
    async read(key) {
      return (await call('readPageOrder', key)) as PageOrder | null;
    },
    async write(key, order) {
      await call('writePageOrder', key, order);
    },
  };
}

/** Where they are: what `answerCalls` answers those calls with. */
export function createHeldPageOrders(options?: { readonly ttlMs?: number }): Callable {
  const orders = createMemoryPageOrders(options);
  return {
    readPageOrder: (key: string) => orders.read(key),
    writePageOrder: (key: string, order: PageOrder) => orders.write(key, order),
  };
}

/** Errors: `sessions-unavailable` (503). What another version wrote in another form counts as none. */
export function createRedisPageOrders(redis: Redis, { ttlMs = TTL_MS } = {}): PageOrderStore {
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
  throw unavailable(cause);
}
