// What visitors did lately: the contract that every store of sessions keeps, and its limits.
import { KindredError } from '../core/errors.js';
import type { Identity } from '../core/event/identity.js';
import type { ArrivedEvent, SessionEvent } from '../core/event/session-event.js';

/** Events of a visitor that a plan is made of. */
export const SESSION_EVENTS = 100;
/** Events that are kept of a visit: an order that is followed for a while is made of what was newest then. */
export const KEPT_EVENTS = 2 * SESSION_EVENTS;

/**
 * What was done lately, by visit (`sessionKey`), for one process or shared by several. Errors of a shared store:
 * `sessions-unavailable` (503).
 */
export interface SessionStore {
  /** Adds events to a visit, starting it when it is new; the next read has them. Two appends at once both count. */
  append(whose: Identity, events: readonly SessionEvent[]): Promise<void>;
  /**
   * The events of a visit that arrived last, at most `SESSION_EVENTS`, oldest first; empty when nothing is known. For
   * a user it is also what was joined to them, and never the visit of another user.
   * @param upTo an `arrival`: leaves out what came after it
   */
  read(whose: Identity, upTo?: number): Promise<readonly ArrivedEvent[]>;
  /**
   * Makes a session and a client the user's, with what was done there so far; those of another user begin afresh.
   * Joining again changes nothing.
   * @returns how many events were joined
   */
  join(userId: string, visit: Pick<Identity, 'sessionId' | 'clientId'>): Promise<number>;
}

/** By when it happened, which is not always the order of arrival. */
export function inOrder<E extends SessionEvent>(events: readonly E[]): E[] {
  return [...events].sort((a, b) => a.timestamp - b.timestamp);
}

/** What a store answers while those who hold the sessions do not; they say so themselves, once. */
export function unavailable(cause: unknown): KindredError {
  return new KindredError('sessions-unavailable', 'the sessions cannot be reached', { status: 503, cause });
}

export function isUnavailable(error: unknown): boolean {
  return error instanceof KindredError && error.code === 'sessions-unavailable';
}
