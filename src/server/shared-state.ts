// What the processes of a Kindred share about visitors: in Redis when there is one, else in one process's memory.
import type { Logger } from 'pino';
import type { PageOrderStore } from '../core/boost-plan/page-order.js';
import { createMemorySessionStore } from '../sessions/memory-session-store.js';
import {
  createHeldPageOrders,
  createMemoryPageOrders,
  createRedisPageOrders,
  createRemotePageOrders,
} from '../sessions/page-order-stores.js';
import { closeRedis, connectRedis } from '../sessions/redis-connection.js';
import { createRedisSessionStore } from '../sessions/redis-session-store.js';
import { type Call, type Callable, type Channel, createCaller } from '../sessions/remote-calls.js';
import { createHeldSessions, createRemoteSessionStore } from '../sessions/remote-session-store.js';
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
    pageOrders: createMemoryPageOrders(),
    close: async () => {},
  };
}

/** For a worker: in Redis, else the primary holds it. */
export function openWorkerState(redisUrl: string | null, primary: Channel, log: Log): SharedState {
  if (redisUrl !== null) return openRedisState(redisUrl, log);
  const call = createCaller(primary, {
    onDown: () => log.warn('the primary process does not answer: searches go without sessions'),
    onUp: () => log.info('the primary process answers again'),
  });
  return {
    sessions: createRemoteSessionStore(call),
    pageOrders: createRemotePageOrders(call),
    close: async () => {},
  };
}

/** For the primary, which looks at what its workers share: in Redis, else in its own memory. */
export function openPrimaryState(redisUrl: string | null, held: Callable, log: Log): SharedState {
  if (redisUrl !== null) return openRedisState(redisUrl, log);
  const call: Call = async (name, ...args) => held[name]?.(...(args as never[]));
  return {
    sessions: createRemoteSessionStore(call),
    pageOrders: createRemotePageOrders(call),
    close: async () => {},
  };
}

/** For the primary: what its workers call. */
export function heldState(): Callable {
  return { ...createHeldSessions({ maxBytes: SESSION_BYTES }), ...createHeldPageOrders() };
}

/** Does not wait for Redis: searches go without sessions until it answers. */
function openRedisState(redisUrl: string, log: Log): SharedState {
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
