// Stored events become what a session did: fresh ones, on products the catalog knows, with the catalog's values.
import type { ProductEvent } from '../core/affinity.js';
import type { Product } from '../core/catalog.js';
import { sessionKey } from '../core/event.js';
import type { PreparedEvent } from './prepare-event.js';

/** Older events are history: they are stored, but do not belong to a running session. */
const SESSION_WINDOW_MS = 30 * 60_000;

/** Events by session key, in the order given; without those that have no session, or no known product. */
export function sessionEvents(
  events: readonly PreparedEvent[],
  products: ReadonlyMap<string, Product>,
  now: number,
): ReadonlyMap<string, readonly ProductEvent[]> {
  const sessions = new Map<string, ProductEvent[]>();
  for (const { subject, action, objectId, timestamp } of events) {
    const key = sessionKey(subject);
    const product = products.get(objectId);
    if (key === undefined || product === undefined || timestamp < now - SESSION_WINDOW_MS) continue;
    const session = sessions.get(key) ?? [];
    session.push({ action, timestamp, product });
    sessions.set(key, session);
  }
  return sessions;
}
