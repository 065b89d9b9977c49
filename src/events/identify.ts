// Identify: attributes what an anonymous visitor did to the user who logs in, at once in the session, later in training.
import { IDENTIFY } from '../core/event/event-names.js';
import type { Contact, Identify } from '../core/event/identity.js';
import { EVENTS_INDEX } from '../core/event/ubi-event.js';
import type { EngineClient } from '../engine/client/client.js';
import type { SessionStore } from '../sessions/session-store.js';
import { contentId } from './event-id.js';
import { storeEvents } from './store-events.js';

const HOUR_MS = 3_600_000;

export interface IdentifyOptions {
  readonly engine: Pick<EngineClient, 'bulk'>;
  readonly sessions: Pick<SessionStore, 'join'>;
  /** milliseconds since the epoch */
  readonly now: () => number;
  /** called when a stored log-in could not join the running session; the next training attributes its events */
  readonly onSessionError: (error: unknown) => void;
  readonly eventsIndex?: string;
  /** called with the user, before the log-in is stored */
  readonly onContact?: (contact: Contact) => void;
}

/**
 * Stores an event `identify` without an object, then joins the running session to the user. Sending it again changes
 * nothing: within an hour it is the same event, and what is joined stays joined.
 * Error: `events-not-stored` (503): nothing was joined, send it again.
 * @returns how many events of the running session are now the user's and were nobody's before; 0 also when the
 *   sessions cannot be reached: what is stored is acknowledged
 */
export type IdentifyVisitor = (logIn: Identify) => Promise<number>;

export function createIdentify(options: IdentifyOptions): IdentifyVisitor {
  const { engine, sessions, now, onSessionError, eventsIndex = EVENTS_INDEX } = options;
  return async (logIn) => {
    const time = now();
    const { user_id, client_id, session_id } = logIn;
    options.onContact?.({ userIds: [user_id] });
    // On a shared device the same user logs in again: an hour later that is another event.
    const id = contentId([IDENTIFY, user_id, client_id, session_id, Math.floor(time / HOUR_MS)]);
    const document = { action_name: IDENTIFY, timestamp: new Date(time).toISOString(), ...logIn };
    await storeEvents(engine, eventsIndex, [{ id, document }]);
    try {
      return await sessions.join(user_id, { clientId: client_id, sessionId: session_id });
    } catch (error) {
      onSessionError(error);
      return 0;
    }
  };
}
