// The contract of every session store: the latest events of visitors and users, and the limits on them.
import { KindredError } from '../core/errors.js';
import type { Identity } from '../core/event/identity.js';
import type { ArrivedEvent, SessionEvent } from '../core/event/session-event.js';

/** Events of a session that are read for a boost plan. */
export const MAX_SESSION_EVENTS = 100;
/** Events that are kept of a session: a page order that is followed for a while reads those that were the newest then. */
export const MAX_KEPT_EVENTS = 2 * MAX_SESSION_EVENTS;

/** The ids of a visitor that can become a user's. */
export type VisitorIds = Pick<Identity, 'sessionId' | 'clientId'>;

/**
 * Latest events by session (`sessionKey`), for one process or shared by several; a session is forgotten `SESSION_MS`
 * after its last event. Errors of a shared store: `sessions-unavailable` (503).
 */
export interface SessionStore {
  /** Adds events to a session, starting it when it is new; the next read has them. Two appends at once both count. */
  append(identity: Identity, events: readonly SessionEvent[]): Promise<void>;
  /**
   * The events of a session that arrived last, at most `MAX_SESSION_EVENTS`, oldest first; empty when there are none.
   * For a user these include what was joined to them, and never the session of another user.
   * @param upTo an `arrival`: leaves out what came after it
   */
  read(identity: Identity, upTo?: number): Promise<readonly ArrivedEvent[]>;
  /**
   * Makes a session and a client the user's, with the events so far; those of another user begin empty. Joining again
   * changes nothing.
   * @returns how many events were joined
   */
  join(userId: string, visitor: VisitorIds): Promise<number>;
}

/** The error of a store that cannot be reached. The outage itself is logged once, by its connection. */
export function sessionsUnavailable(cause: unknown): KindredError {
  return new KindredError('sessions-unavailable', 'the sessions cannot be reached', { status: 503, cause });
}

export function isSessionsUnavailable(error: unknown): boolean {
  return error instanceof KindredError && error.code === 'sessions-unavailable';
}
