// Which shape is an event in? Maps what was sent to events in the shape of UBI, each with its place in the request.
import { KindredError } from '../../core/errors.js';
import { storableFinding, withoutNulls } from '../storable-json.js';
import { readAlgoliaEvent } from './algolia-insights.js';
import { readGa4Event } from './ga4.js';
import { readSegmentEvent } from './segment.js';
import { isJson, type Json, json, type SentEvent } from './sent-event.js';
import { readUbiOrder } from './ubi-order.js';

/** Events as they were sent, and what they were sent in, which may say whose they are. */
export interface SentBatch {
  readonly items: readonly unknown[];
  readonly payload: Json;
}

/** Of all events of a request together. */
const MAX_LINES = 5_000;

/** One event, a list of them, or a payload of several: `events` of Algolia Insights and GA4, `batch` of Segment. */
export function openBatch(body: unknown): SentBatch {
  if (Array.isArray(body)) return { items: body, payload: {} };
  const { events, batch, ...payload } = json(body);
  const items = events ?? batch;
  return Array.isArray(items) ? { items, payload } : { items: [body], payload: {} };
}

/** Error: `too-many-events` (413) where all their lines together are too many. */
export function readSentEvents({ items, payload }: SentBatch): SentEvent[] {
  const envelope = storableFinding(payload) === null ? json(withoutNulls(payload)) : {};
  let lines = 0;
  return items.map((item) => {
    const sent = readSentEvent(item, envelope);
    if ('lines' in sent) lines += sent.lines.length;
    if (lines > MAX_LINES)
      throw new KindredError(
        'too-many-events',
        `the events have more than ${MAX_LINES} products together; send fewer at once`,
        { status: 413 },
      );
    return sent;
  });
}

function readSentEvent(item: unknown, payload: Json): SentEvent {
  const unstorable = storableFinding(item);
  if (unstorable) return { errors: [unstorable] };
  const event = withoutNulls(item);
  if (!isJson(event) || event.action_name !== undefined) return readUbi(event);
  if (event.eventType !== undefined) return readAlgoliaEvent(event);
  if (event.event !== undefined || SEGMENT_CALLS.has(event.type)) return readSegmentEvent(event);
  return event.name === undefined ? readUbi(event) : readGa4Event(event, payload);
}

const SEGMENT_CALLS = new Set<unknown>(['identify', 'page', 'screen', 'group', 'alias', 'track']);

function readUbi(event: unknown): SentEvent {
  return (isJson(event) ? readUbiOrder(event) : null) ?? { lines: [{ event }] };
}
