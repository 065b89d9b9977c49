// Sessions and page orders in the memory of another process: events travel as texts, which that process does not parse.
import type { PageOrder, PageOrderStore } from '../core/boost-plan/page-order.js';
import type { Identity } from '../core/event/identity.js';
import { byTimestamp } from '../core/event/session-event.js';
import type { Call } from './ipc-calls.js';
import { createMemoryPageOrderStore, createSessionCache, textBytes } from './memory-stores.js';
import { decodeEvent, encodeEvent } from './session-codec.js';
import { MAX_KEPT_EVENTS, type SessionStore, type VisitorIds } from './session-store.js';

/** For the process that uses the sessions. */
export function createRemoteSessionStore(call: Call<SessionHandlers>): SessionStore {
  return {
    async append(identity, events) {
      await call('append', identity, events.slice(-MAX_KEPT_EVENTS).map(encodeEvent));
    },
    async read(identity, upTo) {
      const events = await call('read', identity, upTo);
      return byTimestamp(events.map(({ arrival, event }) => decodeEvent(JSON.parse(event), arrival)));
    },
    join: (userId, visitor) => call('join', userId, visitor),
  };
}

export type SessionHandlers = ReturnType<typeof createSessionHandlers>;

/**
 * For the process that has the sessions in its memory: what the others call.
 * @param options.maxBytes estimated memory of all sessions
 */
export function createSessionHandlers(options: { readonly maxBytes: number; readonly ttlMs?: number }) {
  const sessions = createSessionCache<string>({ ...options, eventBytes: textBytes });
  return {
    append: (identity: Identity, events: readonly string[]) => sessions.append(identity, events),
    read: (identity: Identity, upTo?: number) => sessions.read(identity, upTo),
    join: (userId: string, visitor: VisitorIds) => sessions.join(userId, visitor),
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
