// Events written as clients of an engine write documents: `_doc`, `_create` and `_bulk`, answered as the engine would.

import type { Finding } from '../core/errors.js';
import { KindredError } from '../core/errors.js';
import { EVENTS_INDEX } from '../core/event/ubi-event.js';
import { type BulkAction, type BulkRefusal, readBulkActions, withId } from './bulk-body.js';
import { MAX_EVENTS, parseJson } from './event-body.js';
import { contentId } from './event-id.js';
import type { EventIntake } from './event-intake.js';
import { STORE_LATER } from './store-events.js';
import type { EventSender } from './validate-event.js';

/** An answer, JSON in the engine's shape, beside which stands what `/_kindred/events` would say. */
export interface WriteAnswer {
  readonly status: number;
  readonly body: object;
}

/**
 * One event as a document.
 * @param id of the document, which becomes the event's
 */
export async function writeDocument(
  intake: EventIntake,
  body: Buffer,
  id: string | undefined,
  sender: EventSender,
): Promise<WriteAnswer> {
  const event = withId(parseJson(body, 'one event'), id);
  const receipt = await intake.recordEvents([event], sender, body.byteLength);
  const [rejected] = receipt.rejected;
  if (!rejected) return { status: 202, body: { ...written(id ?? contentId([event])), ...receipt } };
  const { status, ...cause } = refusal(rejected.errors);
  return { status, body: { error: { root_cause: [cause], ...cause }, status, ...receipt } };
}

/**
 * Any number of actions, a thousand at once. One that cannot be recorded has its own error.
 * @param index in the path, which actions that name none are for
 * Errors: `malformed-bulk` and `malformed-json` (400), and `events-not-stored` (503): none of what was stored counts twice
 *   when all is sent again.
 */
export async function writeBulk(
  intake: EventIntake,
  body: Buffer,
  index: string | undefined,
  sender: EventSender,
): Promise<WriteAnswer> {
  const started = performance.now();
  const items: object[] = [];
  const rejected: { index: number; errors: readonly Finding[] }[] = [];
  for (let from = 0; from < body.length; ) {
    const { actions, next } = readBulkActions(body, { from, limit: MAX_EVENTS, index });
    const refusals = await recordActions(intake, actions, sender, next - from);
    for (const [place, action] of actions.entries()) {
      const refused = refusals.get(place);
      if (refused) rejected.push({ index: items.length, errors: refused.errors });
      items.push({ [action.name]: answerOf(action, refused?.refusal) });
    }
    from = next;
  }
  const took = Math.round(performance.now() - started);
  const receipt = { accepted: items.length - rejected.length, rejected };
  return { status: 200, body: { took, errors: rejected.length > 0, items, ...receipt } };
}

interface Refused {
  readonly refusal: BulkRefusal;
  readonly errors: readonly Finding[];
}

/** @returns what was not recorded, by its place */
async function recordActions(
  intake: EventIntake,
  actions: readonly BulkAction[],
  sender: EventSender,
  bytes: number,
): Promise<ReadonlyMap<number, Refused>> {
  const refused = new Map<number, Refused>();
  const places: number[] = [];
  const events: unknown[] = [];
  for (const [place, action] of actions.entries()) {
    if ('refusal' in action) {
      const errors = [{ path: '', message: action.refusal.reason }];
      refused.set(place, { refusal: action.refusal, errors });
    } else {
      places.push(place);
      events.push(action.event);
    }
  }
  if (events.length === 0) return refused;
  const { rejected } = await recordAll(intake, events, sender, bytes);
  for (const { index, errors } of rejected) {
    const place = places[index];
    if (place !== undefined) refused.set(place, { refusal: refusal(errors), errors });
  }
  return refused;
}

/** In halves where their lines are too many together, which is told before any is stored. */
async function recordAll(
  intake: EventIntake,
  events: readonly unknown[],
  sender: EventSender,
  bytes: number,
): ReturnType<EventIntake['recordEvents']> {
  try {
    return await intake.recordEvents(events, sender, bytes);
  } catch (error) {
    if (!(error instanceof KindredError && error.code === 'too-many-events') || events.length < 2)
      throw error;
    const half = Math.ceil(events.length / 2);
    const first = await recordAll(intake, events.slice(0, half), sender, bytes / 2);
    const second = await recordAll(intake, events.slice(half), sender, bytes / 2);
    const rejected = second.rejected.map(({ index, errors }) => ({ index: index + half, errors }));
    return { accepted: first.accepted + second.accepted, rejected: [...first.rejected, ...rejected] };
  }
}

function answerOf(action: BulkAction, refused: BulkRefusal | undefined): object {
  if (!refused) {
    const id = action.id ?? ('event' in action ? contentId([action.event]) : null);
    return { ...written(id), status: 201 };
  }
  const { status, ...error } = refused;
  return { _index: EVENTS_INDEX, _id: action.id ?? null, status, error };
}

/** As for a new document: one that was there before has changed nothing. */
function written(id: string | null): object {
  const _shards = { total: 1, successful: 1, failed: 0 };
  return {
    _index: EVENTS_INDEX,
    _id: id,
    _version: 1,
    result: 'created',
    _shards,
    _seq_no: 0,
    _primary_term: 1,
  };
}

/** Clients of engines send again what was refused with 429. */
function refusal(errors: readonly Finding[]): BulkRefusal {
  const reason = errors.map(({ path, message }) => (path === '' ? message : `${path} ${message}`)).join('; ');
  return errors.every(({ message }) => message === STORE_LATER)
    ? { status: 429, type: 'es_rejected_execution_exception', reason }
    : { status: 400, type: 'document_parsing_exception', reason };
}
