// What the processes of a Kindred share about visitors: in Redis when there is one, else in this process.
import type { Logger } from 'pino';
import type { PageOrderStore } from '../core/page-order.js';
import { createMemorySessionStore } from '../profiles/memory-session-store.js';
import { createMemoryPageOrders, createRedisPageOrders } from '../profiles/page-order-stores.js';
import { closeRedis, connectRedis } from '../profiles/redis.js';
import { createRedisSessionStore } from '../profiles/redis-session-store.js';
import type { SessionStore } from '../profiles/session-store.js';

export interface SharedState {
  readonly sessions: SessionStore;
  readonly pageOrders: PageOrderStore;
  close(): Promise<void>;
}

const SESSION_BYTES = 256 * 1024 * 1024;

/** Does not wait for Redis: searches go without sessions until it answers. */
export function openSharedState(redisUrl: string | null, log: Pick<Logger, 'warn' | 'info'>): SharedState {
  if (redisUrl === null)
    return {
      sessions: createMemorySessionStore({ maxBytes: SESSION_BYTES }),
      pageOrders: createMemoryPageOrders(),
      close: async () => {},
    };
  const redis = connectRedis(redisUrl, {
    onDown: (reason) => log.warn({ reason }, 'Redis does not answer: searches go without sessions'),
    onUp: () => log.info('Redis answers again'),
  });
  return {
    sessions: createRedisSessionStore(redis),
    pageOrders: createRedisPageOrders(redis),
    close: () => closeRedis(redis),
  };
}
