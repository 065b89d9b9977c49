// Visits in this process's memory, whatever form their events have: bounded, and owned by one user or nobody.
import { LRUCache } from 'lru-cache';
import { type Identity, sessionKey } from '../core/event/identity.js';
import { SESSION_MS } from '../core/event/session-event.js';
import { KEPT_EVENTS, SESSION_EVENTS } from './session-store.js';

/** An event as it came in. One that was joined is the same object in its visit and with the user. */
export interface Entry<E> {
  readonly arrival: number;
  readonly event: E;
  /** estimated memory: found once, as a visit is weighed again with every event */
  readonly bytes: number;
}

/** A visit is one user's, or nobody's so far. */
interface Visit<E> {
  readonly userId: string | undefined;
  readonly entries: readonly Entry<E>[];
}

export interface VisitsOptions<E> {
  /** estimated memory of all visits, bytes: the least recently used ones are forgotten first */
  readonly maxBytes: number;
  /** estimated memory of one event, bytes */
  readonly eventBytes: (event: E) => number;
  readonly ttlMs?: number;
}

/** As `SessionStore`, at once, and in the order of arrival. */
export interface Visits<E> {
  append(whose: Identity, events: readonly E[]): void;
  read(whose: Identity, upTo?: number): readonly Entry<E>[];
  join(userId: string, visit: Pick<Identity, 'sessionId' | 'clientId'>): number;
}

/** What an object, a list or a map takes in memory beside its texts, in bytes, as V8 was measured to need. */
export const HOLDER_BYTES = 100;

/** V8 holds a character in one byte or two, behind a head. */
export function textBytes(text: string): number {
  return 16 + 2 * text.length;
}

export function createVisits<E>(options: VisitsOptions<E>): Visits<E> {
  const { maxBytes, eventBytes, ttlMs = SESSION_MS } = options;
  let arrivals = 0;
  const visits = new LRUCache<string, Visit<E>>({
    maxSize: maxBytes,
    sizeCalculation: ({ userId = '', entries }, key) =>
      entries.reduce((sum, { bytes }) => sum + bytes, 2 * HOLDER_BYTES + textBytes(key) + textBytes(userId)),
    ttl: ttlMs,
  });

  /** What was done in a visit, unless it is another user's. */
  function entriesOf(key: string | undefined, userId: string | undefined): readonly Entry<E>[] {
    const visit = key === undefined ? undefined : visits.get(key);
    if (visit === undefined) return [];
    return visit.userId === undefined || userId === undefined || visit.userId === userId ? visit.entries : [];
  }

  function add(whose: Identity, entries: readonly Entry<E>[]): void {
    const key = sessionKey(whose);
    if (key === undefined) return;
    const userId = whose.userId ?? visits.get(key)?.userId;
    const all = [...entriesOf(key, userId), ...entries];
    visits.set(key, { userId, entries: all.slice(-KEPT_EVENTS) });
  }

  return {
    append(whose, events) {
      arrivals += 1;
      const arrival = arrivals;
      add(
        whose,
        events.map((event) => ({ arrival, event, bytes: HOLDER_BYTES + eventBytes(event) })),
      );
    },
    read(whose, upTo = Number.POSITIVE_INFINITY) {
      const { userId } = whose;
      const joined = userId === undefined ? [] : entriesOf(sessionKey({ userId }), userId);
      return [...new Set([...joined, ...entriesOf(sessionKey(whose), userId)])]
        .filter(({ arrival }) => arrival <= upTo)
        .sort((a, b) => a.arrival - b.arrival)
        .slice(-SESSION_EVENTS);
    },
    join(userId, { sessionId, clientId }) {
      const known = entriesOf(sessionKey({ userId }), userId);
      const joined = new Set(known);
      for (const key of [sessionKey({ sessionId }), sessionKey({ clientId })]) {
        if (key === undefined) continue;
        const entries = entriesOf(key, userId);
        visits.set(key, { userId, entries });
        for (const entry of entries) joined.add(entry);
      }
      add({ userId }, [...joined].slice(known.length));
      return joined.size - known.length;
    },
  };
}
