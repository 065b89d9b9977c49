// What visitors did lately: few events each, as many visitors as memory is set aside for, forgotten after a while.
import { LRUCache } from 'lru-cache';
import { type Identity, sessionKey } from '../core/event.js';
import { isSearch, type SessionEvent } from '../core/search-event.js';

/** What was done lately, by visit (`sessionKey`). Asynchronous, so that a shared store can stand behind it. */
export interface SessionStore {
  /** Adds events to a visit, starting it when it is new. Two appends at once both count. */
  append(whose: Identity, events: readonly SessionEvent[]): Promise<void>;
  /**
   * The newest events of a visit, oldest first; empty when nothing is known. For a user it is also what was joined
   * to them, and never the visit of another user.
   */
  read(whose: Identity): Promise<readonly SessionEvent[]>;
  /**
   * Makes a session and a client the user's, with what was done there so far; those of another user begin afresh.
   * Joining again changes nothing.
   * @returns how many events were joined
   */
  join(userId: string, visit: Pick<Identity, 'sessionId' | 'clientId'>): Promise<number>;
}

/** A visit is one user's, or nobody's so far. An event that was joined is the same object here and with the user. */
interface Visit {
  readonly userId: string | undefined;
  readonly events: readonly SessionEvent[];
}

/** A visit is forgotten this long after its last event. */
const SESSION_TTL_MS = 30 * 60_000;
/** What an object, a list or a map takes in memory beside its texts, in bytes, as V8 was measured to need. */
const HOLDER_BYTES = 100;

export interface MemorySessionStoreOptions {
  /** estimated memory of all visits, bytes */
  readonly maxBytes: number;
  readonly maxEventsPerSession?: number;
  readonly ttlMs?: number;
}

/** Visits in this process: the least recently used ones are forgotten first. */
export function createMemorySessionStore(options: MemorySessionStoreOptions): SessionStore {
  const { maxBytes, maxEventsPerSession = 100, ttlMs = SESSION_TTL_MS } = options;
  const visits = new LRUCache<string, Visit>({
    maxSize: maxBytes,
    sizeCalculation: visitBytes,
    ttl: ttlMs,
  });

  /** What was done in a visit, unless it is another user's. */
  function eventsOf(key: string | undefined, userId: string | undefined): readonly SessionEvent[] {
    const visit = key === undefined ? undefined : visits.get(key);
    if (visit === undefined) return [];
    return visit.userId === undefined || userId === undefined || visit.userId === userId ? visit.events : [];
  }

  function add(whose: Identity, events: readonly SessionEvent[]): void {
    const key = sessionKey(whose);
    if (key === undefined) return;
    const userId = whose.userId ?? visits.get(key)?.userId;
    const all = [...eventsOf(key, userId), ...events];
    visits.set(key, { userId, events: all.slice(-maxEventsPerSession) });
  }

  return {
    append: async (whose, events) => add(whose, events),
    async read(whose) {
      const { userId } = whose;
      const joined = userId === undefined ? [] : eventsOf(sessionKey({ userId }), userId);
      const events = [...new Set([...joined, ...eventsOf(sessionKey(whose), userId)])];
      return events.sort((a, b) => a.timestamp - b.timestamp).slice(-maxEventsPerSession);
    },
    async join(userId, { sessionId, clientId }) {
      const known = eventsOf(sessionKey({ userId }), userId);
      const joined = new Set(known);
      for (const key of [sessionKey({ sessionId }), sessionKey({ clientId })]) {
        if (key === undefined) continue;
        const events = eventsOf(key, userId);
        visits.set(key, { userId, events });
        for (const event of events) joined.add(event);
      }
      add({ userId }, [...joined].slice(known.length));
      return joined.size - known.length;
    },
  };
}

function visitBytes({ userId = '', events }: Visit, key: string): number {
  return events.reduce(
    (bytes, event) => bytes + eventBytes(event),
    2 * HOLDER_BYTES + textBytes(key) + textBytes(userId),
  );
}

/** Counts a product in every event, although events may share it. */
function eventBytes(event: SessionEvent): number {
  if (isSearch(event)) return HOLDER_BYTES + textBytes(event.action) + textBytes(event.query);
  const { action, product } = event;
  const { objectId, category, values } = product;
  const texts = [action, objectId, category ?? '', ...[...values].flat(2)];
  return texts.reduce((bytes, text) => bytes + textBytes(text), HOLDER_BYTES * (3 + values.size));
}

/** V8 holds a character in one byte or two, behind a head. */
function textBytes(text: string): number {
  return 16 + 2 * text.length;
}
