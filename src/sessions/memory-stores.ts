// Sessions and page orders in the memory of one process: bounded, the least recently used are forgotten first.

import { LRUCache } from 'lru-cache';
import { PAGE_ORDER_MS, type PageOrder, type PageOrderStore } from '../core/boost-plan/page-order.js';
import { type Identity, sessionKey } from '../core/event/identity.js';
import { byTimestamp, isSearch, SESSION_MS, type SessionEvent } from '../core/event/session-event.js';
import { MAX_KEPT_EVENTS, MAX_SESSION_EVENTS, type SessionStore, type VisitorIds } from './session-store.js';

/** For a Kindred that is one process. */
export function createMemorySessionStore(
  options: Pick<SessionCacheOptions<SessionEvent>, 'maxBytes' | 'ttlMs'>,
): SessionStore {
  const sessions = createSessionCache<SessionEvent>({ ...options, eventBytes });
  return {
    append: async (identity, events) => sessions.append(identity, events),
    read: async (identity, upTo) =>
      byTimestamp(sessions.read(identity, upTo).map(({ arrival, event }) => ({ ...event, arrival }))),
    join: async (userId, visitor) => sessions.join(userId, visitor),
  };
}

export interface SessionCacheOptions<E> {
  /** estimated memory of all sessions, bytes */
  readonly maxBytes: number;
  /** estimated memory of one event, bytes */
  readonly eventBytes: (event: E) => number;
  readonly ttlMs?: number;
}

/** An event as it arrived. One that was joined is the same object in its session and with the user. */
export interface CachedEvent<E> {
  readonly arrival: number;
  readonly event: E;
  /** estimated memory: computed once, as a session is measured again with every event */
  readonly bytes: number;
}

/** As `SessionStore`, but synchronous, for events of any form, and read in the order of arrival. */
export interface SessionCache<E> {
  append(identity: Identity, events: readonly E[]): void;
  read(identity: Identity, upTo?: number): readonly CachedEvent<E>[];
  join(userId: string, visitor: VisitorIds): number;
}

/** A session of one user, or of nobody so far. */
interface Session<E> {
  readonly userId: string | undefined;
  readonly events: readonly CachedEvent<E>[];
}

/** Memory of an object, a list or a map beside its texts, in bytes, as measured in V8. */
const OBJECT_BYTES = 100;

export function createSessionCache<E>(options: SessionCacheOptions<E>): SessionCache<E> {
  const { maxBytes, eventBytes, ttlMs = SESSION_MS } = options;
  let arrivals = 0;
  const sessions = new LRUCache<string, Session<E>>({
    maxSize: maxBytes,
    sizeCalculation: ({ userId = '', events }, key) =>
      events.reduce((sum, { bytes }) => sum + bytes, 2 * OBJECT_BYTES + textBytes(key) + textBytes(userId)),
    ttl: ttlMs,
  });

  /** The events of a session, unless it is another user's. */
  function eventsOf(key: string | undefined, userId: string | undefined): readonly CachedEvent<E>[] {
    const session = key === undefined ? undefined : sessions.get(key);
    if (session === undefined) return [];
    const isReadable = session.userId === undefined || userId === undefined || session.userId === userId;
    return isReadable ? session.events : [];
  }

  function add(identity: Identity, added: readonly CachedEvent<E>[]): void {
    const key = sessionKey(identity);
    if (key === undefined) return;
    const userId = identity.userId ?? sessions.get(key)?.userId;
    const events = [...eventsOf(key, userId), ...added];
    sessions.set(key, { userId, events: events.slice(-MAX_KEPT_EVENTS) });
  }

  return {
    append(identity, events) {
      arrivals += 1;
      const arrival = arrivals;
      add(
        identity,
        events.map((event) => ({ arrival, event, bytes: OBJECT_BYTES + eventBytes(event) })),
      );
    },
    read(identity, upTo = Number.POSITIVE_INFINITY) {
      const { userId } = identity;
      const joined = userId === undefined ? [] : eventsOf(sessionKey({ userId }), userId);
      return [...new Set([...joined, ...eventsOf(sessionKey(identity), userId)])]
        .filter(({ arrival }) => arrival <= upTo)
        .sort((a, b) => a.arrival - b.arrival)
        .slice(-MAX_SESSION_EVENTS);
    },
    join(userId, { sessionId, clientId }) {
      const known = eventsOf(sessionKey({ userId }), userId);
      const joined = new Set(known);
      for (const key of [sessionKey({ sessionId }), sessionKey({ clientId })]) {
        if (key === undefined) continue;
        const events = eventsOf(key, userId);
        sessions.set(key, { userId, events });
        for (const event of events) joined.add(event);
      }
      add({ userId }, [...joined].slice(known.length));
      return joined.size - known.length;
    },
  };
}

/** Estimated memory of a text in V8, bytes: up to two per character, behind a header. */
export function textBytes(text: string): number {
  return 16 + 2 * text.length;
}

/** Counts a product in every event, although events may share it. */
function eventBytes(event: SessionEvent): number {
  if (isSearch(event)) return OBJECT_BYTES + textBytes(event.action) + textBytes(event.query);
  const { action, product } = event;
  const { objectId, categories, values } = product;
  const texts = [action, objectId, ...categories, ...[...values].flat(2)];
  return texts.reduce((bytes, text) => bytes + textBytes(text), OBJECT_BYTES * (3 + values.size));
}

/** Some 300 bytes each. */
const MAX_ORDERS = 100_000;

/** The least recently used are forgotten first. */
export function createMemoryPageOrderStore({ max = MAX_ORDERS, ttlMs = PAGE_ORDER_MS } = {}): PageOrderStore {
  const orders = new LRUCache<string, PageOrder>({ max, ttl: ttlMs });
  return {
    read: async (key) => orders.get(key) ?? null,
    async write(key, order) {
      orders.set(key, order);
    },
  };
}
