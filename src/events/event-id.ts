// Identity of an event: what makes a resend the same document.
import { createHash } from 'node:crypto';
import type { Identity } from '../core/event/identity.js';
import type { UbiEvent } from '../core/event/ubi-event.js';

/**
 * The sender's `event_id`, else a digest over who did what to which product, or searched for what, when.
 * @param event the event as it was sent; ids it claims tell visitors apart even where they are not believed
 * @param subject who the event is stored for
 */
export function eventId(event: UbiEvent, subject: Identity): string {
  if (event.event_id !== undefined) return event.event_id;
  const { object, transaction_id } = event.event_attributes ?? {};
  const what = [
    [subject.clientId, subject.userId, subject.sessionId],
    [event.client_id, event.user_id, event.session_id],
    event.action_name,
    object?.object_id ?? { query: event.user_query },
    Date.parse(event.timestamp),
    transaction_id,
  ];
  return createHash('sha256').update(JSON.stringify(what)).digest('base64url');
}
