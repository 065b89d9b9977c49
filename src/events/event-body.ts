// The body of an event request: its size limits, and from bytes to a bounded list of events that are not validated yet.
import { KindredError } from '../core/errors.js';
import { openBatch, type SentBatch } from './shapes/read-sent-events.js';

export const MAX_EVENTS = 1_000;
export const MAX_BODY_BYTES = 2 * 1024 * 1024;

/**
 * One event, an array of them, or a payload with several, from UTF-8 JSON.
 * Errors: `body-too-large` and `too-many-events` (413), `malformed-json` (400).
 */
export function parseEventBody(body: Buffer): SentBatch {
  if (body.byteLength > MAX_BODY_BYTES)
    throw new KindredError('body-too-large', 'the body has more than 2 MB; send fewer events at once', {
      status: 413,
    });
  const batch = openBatch(parseJson(body, 'one event or an array of them'));
  const { length } = batch.items;
  if (length > MAX_EVENTS)
    throw new KindredError(
      'too-many-events',
      `the body has ${length} events; send at most ${MAX_EVENTS} at once`,
      { status: 413 },
    );
  return batch;
}

/**
 * @param expected what the body should be, for the message
 * Error: `malformed-json` (400).
 */
export function parseJson(body: Buffer, expected: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    const message = `the body is not valid JSON in UTF-8; send ${expected}`;
    throw new KindredError('malformed-json', message, { status: 400, cause });
  }
}
