// What a session did lately: few events per session, sessions as far as memory is set aside, forgotten after a while.
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
/** What an object, a list or a map takes in memory beside its texts, in bytes, as V8 was measured to need. */
const HOLDER_BYTES = 100;

export interface MemorySessionStoreOptions {
  /** estimated memory of all sessions, bytes */
  readonly maxBytes: number;
  readonly maxEventsPerSession?: number;
  readonly ttlMs?: number;
}

/** Sessions in this process: the least recently used ones are forgotten first. */
export function createMemorySessionStore(options: MemorySessionStoreOptions): SessionStore {
  const { maxBytes, maxEventsPerSession = 100, ttlMs = SESSION_TTL_MS } = options;
  const sessions = new LRUCache<string, readonly ProductEvent[]>({
    maxSize: maxBytes,
    sizeCalculation: sessionBytes,
    ttl: ttlMs,
  });
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

function sessionBytes(events: readonly ProductEvent[], key: string): number {
  return events.reduce((bytes, event) => bytes + eventBytes(event), HOLDER_BYTES + textBytes(key));
}

/** Counts a product in every event, although events may share it. */
function eventBytes({ action, product: { objectId, category, values } }: ProductEvent): number {
  const texts = [action, objectId, category ?? '', ...[...values].flat(2)];
  return texts.reduce((bytes, text) => bytes + textBytes(text), HOLDER_BYTES * (3 + values.size));
}

/** V8 holds a character in one byte or two, behind a head. */
function textBytes(text: string): number {
  return 16 + 2 * text.length;
}
