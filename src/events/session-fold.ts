// Stored events become what a session did: fresh searches, and fresh events on products with the catalog's values.

import { type Identity, sessionKey } from '../core/event/identity.js';
import { SESSION_MS, type SessionEvent } from '../core/event/session-event.js';
import type { Product } from '../core/product.js';
import type { PreparedEvent } from './prepare-event.js';

/** What some visitor did, in the order given. */
export interface VisitEvents {
  readonly whose: Identity;
  readonly events: readonly SessionEvent[];
}

/** Events by visitor; without those of nobody, and those on products nobody knows. */
export function sessionEvents(
  events: readonly PreparedEvent[],
  products: ReadonlyMap<string, Product>,
  now: number,
): readonly VisitEvents[] {
  const visits = new Map<string, { whose: Identity; events: SessionEvent[] }>();
  for (const { subject, action, objectId, query, timestamp } of events) {
    // Older events are history: they are stored, but do not belong to a running session.
    if (timestamp < now - SESSION_MS || sessionKey(subject) === undefined) continue;
    const what = objectId === undefined ? { query } : knownProduct(products, objectId);
    if (!what) continue;
    const visitor = JSON.stringify([subject.userId, subject.clientId, subject.sessionId]);
    const visit = visits.get(visitor) ?? { whose: subject, events: [] };
    visit.events.push({ action, timestamp, ...what });
    visits.set(visitor, visit);
  }
  return [...visits.values()];
}

function knownProduct(products: ReadonlyMap<string, Product>, objectId: string) {
  const product = products.get(objectId);
  return product && { product };
}
