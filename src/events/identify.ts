// Joins what an anonymous visitor did to the account they log in to: at once in their session, later in training.
import { createHash } from 'node:crypto';
import { IDENTIFY } from '../core/event/event-names.js';
import type { Identify, Identity } from '../core/event/identity.js';
import type { EngineClient } from '../engine/client/client.js';
import { storeEvents } from './store-events.js';

const HOUR_MS = 3_600_000;

export interface IdentifyOptions {
  readonly engine: Pick<EngineClient, 'bulk'>;
  readonly sessions: { join(userId: string, visit: Identity): Promise<number> };
  /** milliseconds since the epoch */
  readonly now: () => number;
  /** told when a stored log-in could not join the running visit; the next training does */
  readonly onFoldError: (error: unknown) => void;
  readonly eventsIndex?: string;
}

/**
 * Stores an event `identify` without an object, then joins the running visit to the user. Sending it again changes
 * nothing: within an hour it is the same event, and what is joined is joined.
 * Error: `events-not-stored` (503): nothing was joined, send it again.
 * @returns how many events of the running visit are now the user's and were nobody's before; 0 also when the sessions
 *   cannot be reached: what is stored is acknowledged
 */
export type IdentifyVisitor = (who: Identify) => Promise<number>;

export function createIdentify(options: IdentifyOptions): IdentifyVisitor {
  const { engine, sessions, now, onFoldError, eventsIndex = 'ubi_events' } = options;
  return async (who) => {
    const time = now();
    const { user_id, client_id, session_id } = who;
    // On a shared device the same person logs in again: by then it is another event.
    const what = [IDENTIFY, user_id, client_id, session_id, Math.floor(time / HOUR_MS)];
    const id = createHash('sha256').update(JSON.stringify(what)).digest('base64url');
    const document = { action_name: IDENTIFY, timestamp: new Date(time).toISOString(), ...who };
    await storeEvents(engine, eventsIndex, [{ id, document }]);
    try {
      return await sessions.join(user_id, { clientId: client_id, sessionId: session_id });
    } catch (error) {
      onFoldError(error);
      return 0;
    }
  };
}
