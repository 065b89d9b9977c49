// Ids of events: the sender's own, else a digest of the content, so that a resend is the same document.
import { createHash } from 'node:crypto';
import type { Identity } from '../core/event/identity.js';
import type { UbiEvent } from '../core/event/ubi-event.js';

/**
 * The sender's `event_id`, else a digest of who did what to which product, or searched for what, when.
 * @param event the event as it was sent; the ids in it tell visitors apart even where they are not believed
 * @param identity whose event it is
 * @param place of the event in its order, whose lines share one id
 */
export function eventId(event: UbiEvent, identity: Identity, place: number): string {
  if (event.event_id !== undefined) return place === 0 ? event.event_id : `${event.event_id}#${place}`;
  const { object, transaction_id } = event.event_attributes ?? {};
  return contentId([
    [identity.clientId, identity.userId, identity.sessionId],
    [event.client_id, event.user_id, event.session_id],
    event.action_name,
    object?.object_id ?? { query: event.user_query },
    Date.parse(event.timestamp),
    transaction_id,
    ...(place === 0 ? [] : [place]),
  ]);
}

/** SHA-256 in base64url of the parts' JSON. */
export function contentId(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
