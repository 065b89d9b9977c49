// What a session did lately: few events per session, few sessions, forgotten after a while.
import { LRUCache } from 'lru-cache';
import type { ProductEvent } from '../core/affinity.js';

/** Sessions by `sessionKey`. Asynchronous, so that a shared store can stand behind it. */
export interface SessionStore {
  /** Adds events to a session, starting it when it is new. Two appends at once both count. */
  append(key: string, events: readonly ProductEvent[]): Promise<void>;
  /** The session's newest events, oldest first; empty for an unknown or forgotten session. */
  read(key: string): Promise<readonly ProductEvent[]>;
}

/** A session is forgotten this long after its last event. */
const SESSION_TTL_MS = 30 * 60_000;

export interface MemorySessionStoreOptions {
  readonly maxSessions: number;
  readonly maxEventsPerSession?: number;
  readonly ttlMs?: number;
}

/** Sessions in this process: the least recently used ones are forgotten first. */
export function createMemorySessionStore(options: MemorySessionStoreOptions): SessionStore {
  const { maxSessions, maxEventsPerSession = 100, ttlMs = SESSION_TTL_MS } = options;
  const sessions = new LRUCache<string, readonly ProductEvent[]>({ max: maxSessions, ttl: ttlMs });
  return {
    async append(key, events) {
      const known = sessions.get(key) ?? [];
      sessions.set(key, [...known, ...events].slice(-maxEventsPerSession));
    },
    async read(key) {
      return sessions.get(key) ?? [];
    },
  };
}
