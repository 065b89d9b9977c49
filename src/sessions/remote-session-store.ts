// Sessions that another process holds in its memory: as texts, so that it neither makes nor reads what is in them.
import type { Identity } from '../core/event/identity.js';
import type { Call, Callable } from './remote-calls.js';
import { decodeEvent, encodeEvent } from './session-codec.js';
import { inOrder, KEPT_EVENTS, type SessionStore } from './session-store.js';
import { createVisits, type Entry, textBytes } from './sessions-in-memory.js';

/** Where the sessions are used. */
export function createRemoteSessionStore(call: Call): SessionStore {
  return {
    async append(whose, events) {
      await call('append', whose, events.slice(-KEPT_EVENTS).map(encodeEvent));
    },
    async read(whose, upTo) {
      const entries = (await call('read', whose, upTo)) as readonly Entry<string>[];
      return inOrder(entries.map(({ arrival, event }) => decodeEvent(JSON.parse(event), arrival)));
    },
    async join(userId, visit) {
      return (await call('join', userId, visit)) as number;
    },
  };
}

/**
 * Where the sessions are: what `answerCalls` answers them with.
 * @param options.maxBytes estimated memory of all visits
 */
export function createHeldSessions(options: {
  readonly maxBytes: number;
  readonly ttlMs?: number;
}): Callable {
  const visits = createVisits<string>({ ...options, eventBytes: textBytes });
  return {
    append: (whose: Identity, events: readonly string[]) => visits.append(whose, events),
    read: (whose: Identity, upTo?: number) => visits.read(whose, upTo),
    join: (userId: string, visit: Identity) => visits.join(userId, visit),
  };
}
