// One item of an event request: checked, attributed to its subject, and in the form that is stored.
import type { Finding } from '../core/errors.js';
import type { Identity } from '../core/event/identity.js';
import { CLOCK_SKEW_MS, type UbiEvent, ubiEventSchema } from '../core/event/ubi-event.js';
import { MAX_ID_BYTES } from '../engine/client/client.js';
import { eventId } from './event-id.js';
import { storableFinding } from './storable.js';

/** Who sends. Ids in the events are believed only when the request is trusted. */
export interface EventContext {
  readonly trusted: boolean;
  /** verified identity of a public request; defaults for the events of a trusted one */
  readonly identity: Identity;
}

export interface PreparedEvent {
  readonly id: string;
  readonly subject: Identity;
  readonly action: string;
  /** undefined: a search, of which `query` is the text */
  readonly objectId: string | undefined;
  readonly query: string;
  /** milliseconds since the epoch */
  readonly timestamp: number;
  /** UBI's own top-level keys, timestamp in UTC; every other key moved under `event_attributes.extra` */
  readonly document: Record<string, unknown>;
}

/** @param now milliseconds since the epoch */
export function prepareEvent(
  item: unknown,
  context: EventContext,
  now: number,
): PreparedEvent | { readonly errors: readonly Finding[] } {
  const unstorable = storableFinding(item);
  if (unstorable) return { errors: [unstorable] };
  const parsed = ubiEventSchema.safeParse(item, {
    error: ({ input }) => (input === undefined ? 'is required' : undefined),
  });
  if (!parsed.success)
    return { errors: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })) };
  const event = parsed.data;
  const timestamp = Date.parse(event.timestamp);
  if (timestamp > now + CLOCK_SKEW_MS)
    return { errors: [{ path: 'timestamp', message: 'is more than 5 minutes in the future' }] };
  const subject = subjectOf(event, context);
  const id = eventId(event, subject);
  if (Buffer.byteLength(id) > MAX_ID_BYTES)
    return { errors: [{ path: 'event_id', message: `must have at most ${MAX_ID_BYTES} bytes in UTF-8` }] };
  return {
    id,
    subject,
    action: event.action_name,
    objectId: event.event_attributes?.object?.object_id,
    query: event.user_query ?? '',
    timestamp,
    document: storedForm(event, subject, timestamp),
  };
}

function subjectOf(event: UbiEvent, { trusted, identity }: EventContext): Identity {
  if (!trusted) return identity;
  return {
    userId: event.user_id ?? identity.userId,
    clientId: event.client_id ?? identity.clientId,
    sessionId: event.session_id ?? identity.sessionId,
  };
}

function storedForm(event: UbiEvent, subject: Identity, timestamp: number): Record<string, unknown> {
  const { event_id, action_name, application, query_id, message_type, message, user_query, ...rest } = event;
  const { timestamp: _sent, user_id, client_id, session_id, event_attributes, ...unknown } = rest;
  const { extra, ...attributes } = event_attributes ?? {};
  const kept = extra === undefined ? unknown : { ...unknown, extra };
  return {
    event_id,
    action_name,
    timestamp: new Date(timestamp).toISOString(),
    user_id: subject.userId,
    client_id: subject.clientId,
    session_id: subject.sessionId,
    application,
    query_id,
    message_type,
    message,
    user_query,
    event_attributes: Object.keys(kept).length === 0 ? attributes : { ...attributes, extra: kept },
  };
}
