// What the processes of a Kindred share about visitors: in Redis when there is one, else in one process's memory.
import type { Logger } from 'pino';
import type { PageOrderStore } from '../core/boost-plan/page-order.js';
import { type Channel, callDirectly, createCaller } from '../sessions/ipc-calls.js';
import { createMemoryPageOrderStore, createMemorySessionStore } from '../sessions/memory-stores.js';
import { closeRedis, connectRedis } from '../sessions/redis-connection.js';
import { createRedisPageOrderStore, createRedisSessionStore } from '../sessions/redis-stores.js';
import {
  createPageOrderHandlers,
  createRemotePageOrderStore,
  createRemoteSessionStore,
  createSessionHandlers,
} from '../sessions/remote-stores.js';
import type { SessionStore } from '../sessions/session-store.js';

export interface SharedState {
  readonly sessions: SessionStore;
  readonly pageOrders: PageOrderStore;
  close(): Promise<void>;
}

type Log = Pick<Logger, 'warn' | 'info'>;

const SESSION_BYTES = 256 * 1024 * 1024;

/** For a Kindred that is one process. */
export function openSharedState(redisUrl: string | null, log: Log): SharedState {
  if (redisUrl !== null) return openRedisState(redisUrl, log);
  return {
    sessions: createMemorySessionStore({ maxBytes: SESSION_BYTES }),
    pageOrders: createMemoryPageOrderStore(),
    close: async () => {},
  };
}

/** For a worker: in Redis, else the primary holds it. */
export function openWorkerState(redisUrl: string | null, primary: Channel, log: Log): SharedState {
  if (redisUrl !== null) return openRedisState(redisUrl, log);
  const call = createCaller<SharedStateHandlers>(primary, {
    onDown: () => log.warn('the primary process does not answer: searches go without sessions'),
    onUp: () => log.info('the primary process answers again'),
  });
  return {
    sessions: createRemoteSessionStore(call),
    pageOrders: createRemotePageOrderStore(call),
    close: async () => {},
  };
}

/** For the primary, which looks at what its workers share: in Redis, else in its own memory. */
export function openPrimaryState(
  redisUrl: string | null,
  handlers: SharedStateHandlers,
  log: Log,
): SharedState {
  if (redisUrl !== null) return openRedisState(redisUrl, log);
  const call = callDirectly(handlers);
  return {
    sessions: createRemoteSessionStore(call),
    pageOrders: createRemotePageOrderStore(call),
    close: async () => {},
  };
}

export type SharedStateHandlers = ReturnType<typeof createSharedStateHandlers>;

/** For the primary: what its workers call. */
export function createSharedStateHandlers() {
  return { ...createSessionHandlers({ maxBytes: SESSION_BYTES }), ...createPageOrderHandlers() };
}

/** Does not wait for Redis: searches go without sessions until it answers. */
function openRedisState(redisUrl: string, log: Log): SharedState {
  const redis = connectRedis(redisUrl, {
    onDown: (reason) => log.warn({ reason }, 'Redis does not answer: searches go without sessions'),
    onUp: () => log.info('Redis answers again'),
  });
  return {
    sessions: createRedisSessionStore(redis),
    pageOrders: createRedisPageOrderStore(redis),
    close: () => closeRedis(redis),
  };
}
