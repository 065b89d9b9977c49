// Stored events become what a session did: fresh ones, on products the catalog knows, with the catalog's values.
import type { ProductEvent } from '../core/affinity.js';
import type { Product } from '../core/catalog.js';
import { type Identity, sessionKey } from '../core/event.js';
import type { PreparedEvent } from './prepare-event.js';

/** Older events are history: they are stored, but do not belong to a running session. */
const SESSION_WINDOW_MS = 30 * 60_000;

/** What some visitor did, in the order given. */
export interface VisitEvents {
  readonly whose: Identity;
  readonly events: readonly ProductEvent[];
}

/** Events by visitor; without those of nobody, and those on no known product. */
export function sessionEvents(
  events: readonly PreparedEvent[],
  products: ReadonlyMap<string, Product>,
  now: number,
): readonly VisitEvents[] {
  const visits = new Map<string, { whose: Identity; events: ProductEvent[] }>();
  for (const { subject, action, objectId, timestamp } of events) {
    const product = products.get(objectId);
    if (product === undefined || timestamp < now - SESSION_WINDOW_MS) continue;
    if (sessionKey(subject) === undefined) continue;
    const visitor = JSON.stringify([subject.userId, subject.clientId, subject.sessionId]);
    const visit = visits.get(visitor) ?? { whose: subject, events: [] };
    visit.events.push({ action, timestamp, product });
    visits.set(visitor, visit);
  }
  return [...visits.values()];
}
