// Validates one event of a request: what can be stored, the UBI schema, whose event it is, and the form it is stored in.
import type { Finding } from '../core/errors.js';
import type { Identity } from '../core/event/identity.js';
import { quantityOf } from '../core/event/order-line.js';
import { CLOCK_SKEW_MS, type UbiEvent, ubiEventSchema } from '../core/event/ubi-event.js';
import { MAX_ID_BYTES } from '../engine/client/client.js';
import { eventId } from './event-id.js';
import { isJson, json, type SentLine } from './shapes/sent-event.js';

const MINUTE_MS = 60_000;

/** Who sends. Ids in the events are believed only when the request is trusted. */
export interface EventSender {
  readonly trusted: boolean;
  /** verified identity of a public request; defaults for the events of a trusted one */
  readonly identity: Identity;
}

export interface ValidEvent {
  readonly id: string;
  /** whose event it is */
  readonly identity: Identity;
  readonly action: string;
  /** undefined: a search, of which `query` is the text */
  readonly objectId: string | undefined;
  readonly query: string;
  /** pieces; undefined where the event does not say */
  readonly quantity: number | undefined;
  /** milliseconds since the epoch */
  readonly timestamp: number;
  /** UBI's own top-level keys, timestamp in UTC; every other key moved under `event_attributes.extra` */
  readonly document: Record<string, unknown>;
}

/**
 * @param line an event that is storable and without nulls (`readSentEvents`)
 * @param place of the line in its order
 * @param now milliseconds since the epoch; the time of events in other shapes that have none, of which one content is one
 *   event within an hour
 */
export function validateEvent(
  { event: item, paths }: SentLine,
  sender: EventSender,
  now: number,
  place = 0,
): ValidEvent | { readonly errors: readonly Finding[] } {
  const untimed = paths !== undefined && isJson(item) && item.timestamp === undefined;
  const parsed = ubiEventSchema.safeParse(untimed ? { ...item, timestamp: now } : item, {
    error: ({ input }) => (input === undefined ? 'is required' : undefined),
  });
  const told = (path: string, message: string): Finding => ({ path: paths?.[path] ?? path, message });
  if (!parsed.success)
    return { errors: parsed.error.issues.map(({ path, message }) => told(path.join('.'), message)) };
  const event = parsed.data;
  const { action_name, user_query = '', event_attributes } = event;
  const timestamp = Date.parse(event.timestamp);
  if (timestamp > now + CLOCK_SKEW_MS)
    return { errors: [told('timestamp', 'is more than 5 minutes in the future')] };
  const identity = identityOf(event, sender);
  const sameFor = untimed ? { ...event, timestamp: minuteOf(now) } : event;
  const id = eventId(sameFor, identity, place);
  if (Buffer.byteLength(id) > MAX_ID_BYTES)
    return { errors: [told('event_id', `must have at most ${MAX_ID_BYTES} bytes in UTF-8`)] };
  const quantity = quantityOf(sentQuantity(event));
  return {
    id,
    identity,
    action: action_name,
    objectId: event_attributes?.object?.object_id,
    query: user_query,
    quantity,
    timestamp,
    document: storedForm(event, identity, quantity),
  };
}

function minuteOf(now: number): string {
  return new Date(now - (now % MINUTE_MS)).toISOString();
}

function identityOf(event: UbiEvent, { trusted, identity }: EventSender): Identity {
  if (!trusted) return identity;
  return {
    userId: event.user_id ?? identity.userId,
    clientId: event.client_id ?? identity.clientId,
    sessionId: event.session_id ?? identity.sessionId,
  };
}

/** UBI has no place for it: collectors put it among the attributes, or into what describes the object. */
function sentQuantity({ event_attributes = {} }: UbiEvent): unknown {
  const { quantity, object } = event_attributes;
  return quantity ?? object?.quantity ?? json(object?.object_detail).quantity;
}

function storedForm(
  event: UbiEvent,
  identity: Identity,
  quantity: number | undefined,
): Record<string, unknown> {
  const { event_id, action_name, application, query_id, message_type, message, user_query, ...rest } = event;
  const { timestamp, user_id, client_id, session_id, event_attributes, ...unknown } = rest;
  const { extra, ...sent } = event_attributes ?? {};
  const attributes = quantity === undefined ? sent : { ...sent, quantity };
  const kept = extra === undefined ? unknown : { ...unknown, extra };
  return {
    event_id,
    action_name,
    timestamp,
    user_id: identity.userId,
    client_id: identity.clientId,
    session_id: identity.sessionId,
    application,
    query_id,
    message_type,
    message,
    user_query,
    event_attributes: Object.keys(kept).length === 0 ? attributes : { ...attributes, extra: kept },
  };
}
