// Validates one event of a request: what can be stored, the UBI schema, whose event it is, and the form it is stored in.
import type { Finding } from '../core/errors.js';
import type { Identity } from '../core/event/identity.js';
import { CLOCK_SKEW_MS, type UbiEvent, ubiEventSchema } from '../core/event/ubi-event.js';
import { MAX_ID_BYTES } from '../engine/client/client.js';
import { eventId } from './event-id.js';

const MAX_DEPTH = 20;

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
  /** milliseconds since the epoch */
  readonly timestamp: number;
  /** UBI's own top-level keys, timestamp in UTC; every other key moved under `event_attributes.extra` */
  readonly document: Record<string, unknown>;
}

/** @param now milliseconds since the epoch */
export function validateEvent(
  item: unknown,
  sender: EventSender,
  now: number,
): ValidEvent | { readonly errors: readonly Finding[] } {
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
  const identity = identityOf(event, sender);
  const id = eventId(event, identity);
  if (Buffer.byteLength(id) > MAX_ID_BYTES)
    return { errors: [{ path: 'event_id', message: `must have at most ${MAX_ID_BYTES} bytes in UTF-8` }] };
  return {
    id,
    identity,
    action: event.action_name,
    objectId: event.event_attributes?.object?.object_id,
    query: event.user_query ?? '',
    timestamp,
    document: storedForm(event, identity, timestamp),
  };
}

/**
 * The first part of a parsed JSON value that engines do not store and return unchanged, or null. `path` is dotted.
 * @param path of `value` in the event
 */
function storableFinding(value: unknown, path: readonly string[] = []): Finding | null {
  const finding = (message: string): Finding => ({ path: path.join('.'), message });
  if (path.length > MAX_DEPTH) return finding(`must not be nested deeper than ${MAX_DEPTH} levels`);
  if (typeof value === 'number' && !Number.isFinite(value)) return finding('must be a finite number');
  if (typeof value === 'string' && !isCleanText(value))
    return finding('must not contain NUL characters or half of a surrogate pair');
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, part] of Object.entries(value)) {
    if (key === '' || key === '__proto__' || !isCleanText(key))
      return finding('has a key that is empty, "__proto__", or not clean text');
    const found = storableFinding(part, [...path, key]);
    if (found) return found;
  }
  return null;
}

function isCleanText(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

function identityOf(event: UbiEvent, { trusted, identity }: EventSender): Identity {
  if (!trusted) return identity;
  return {
    userId: event.user_id ?? identity.userId,
    clientId: event.client_id ?? identity.clientId,
    sessionId: event.session_id ?? identity.sessionId,
  };
}

function storedForm(event: UbiEvent, identity: Identity, timestamp: number): Record<string, unknown> {
  const { event_id, action_name, application, query_id, message_type, message, user_query, ...rest } = event;
  const { timestamp: _sent, user_id, client_id, session_id, event_attributes, ...unknown } = rest;
  const { extra, ...attributes } = event_attributes ?? {};
  const kept = extra === undefined ? unknown : { ...unknown, extra };
  return {
    event_id,
    action_name,
    timestamp: new Date(timestamp).toISOString(),
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
