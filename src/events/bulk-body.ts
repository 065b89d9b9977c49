// The body of a `_bulk` request (NDJSON of actions and documents), as events, and the answer in the engine's own shape.
import { KindredError } from '../core/errors.js';
import { EVENTS_INDEX } from '../core/event/ubi-event.js';
import { MAX_BODY_BYTES, parseJson } from './event-body.js';
import { isJson, type Json } from './shapes/sent-event.js';

/** One action: an event to be recorded, or why it is not. */
export type BulkAction = {
  /** `index`, `create`, `update` or `delete` */
  readonly name: string;
  readonly id: string | undefined;
} & ({ readonly event: unknown } | { readonly refusal: BulkRefusal });

export interface BulkRefusal {
  readonly status: number;
  readonly type: string;
  readonly reason: string;
}

const LINE_FEED = 0x0a;
/** Read at once: some milliseconds. */
const PART_BYTES = 1024 * 1024;
const ACTIONS = ['index', 'create', 'update', 'delete'];

/**
 * Reads the next actions of a body, at most `limit` and about a megabyte. The body is read in parts, so that a large one does not hold up
 * searches.
 * @param from where in the body to begin
 * @param index of actions that name none: the one in the path
 * @returns the actions, and where the next ones begin; `body.length` at the end
 * Error: `malformed-bulk` (400), as the engine's own, for a line that is no action.
 */
export function readBulkActions(
  body: Buffer,
  { from, limit, index }: { from: number; limit: number; index: string | undefined },
): { readonly actions: readonly BulkAction[]; readonly next: number } {
  const actions: BulkAction[] = [];
  let at = from;
  function nextLine(): Buffer | null {
    while (at < body.length) {
      const end = body.indexOf(LINE_FEED, at);
      const line = body.subarray(at, end < 0 ? body.length : end);
      at = end < 0 ? body.length : end + 1;
      if (line.toString('latin1').trim() !== '') return line;
    }
    return null;
  }
  while (actions.length < limit && at - from < PART_BYTES) {
    const line = nextLine();
    if (!line) break;
    const [name, target] = readAction(line);
    const source = name === 'delete' ? undefined : nextLine();
    if (source === null) throw malformed('the last action has no document behind it');
    const id = typeof target._id === 'number' ? String(target._id) : target._id;
    const common = { name, id: typeof id === 'string' ? id : undefined };
    const refusal = refusalOf(name, target._index ?? index);
    actions.push({ ...common, ...(refusal ? { refusal } : documentOf(source, common.id)) });
  }
  return { actions, next: at };
}

function readAction(line: Buffer): [name: string, target: Json] {
  const action = parseJson(line, 'one JSON object a line: an action, and its document behind it');
  const [entry, ...more] = isJson(action) ? Object.entries(action) : [];
  if (!entry || more.length > 0 || !ACTIONS.includes(entry[0]) || !isJson(entry[1]))
    throw malformed(`a line is no action; send one of ${ACTIONS.join(', ')} with an object`);
  return [entry[0], entry[1]];
}

function refusalOf(name: string, index: unknown): BulkRefusal | null {
  if (name !== 'index' && name !== 'create')
    return {
      status: 400,
      type: 'illegal_argument_exception',
      reason: `events are only added: ${name} is not served`,
    };
  if (index === EVENTS_INDEX) return null;
  const reason = `only documents of ${EVENTS_INDEX} are written here`;
  return { status: 403, type: 'index_not_served', reason };
}

function documentOf(
  source: Buffer | undefined,
  id: string | undefined,
): Pick<BulkAction & { event: unknown }, 'event'> | { refusal: BulkRefusal } {
  if (source !== undefined && source.length > MAX_BODY_BYTES)
    return { refusal: { status: 413, type: 'document_too_large', reason: 'an event may have 2 MB' } };
  try {
    return { event: withId(parseJson(source ?? Buffer.alloc(0), 'one event a line'), id) };
  } catch (error) {
    const reason = error instanceof KindredError ? error.message : String(error);
    return { refusal: { status: 400, type: 'document_parsing_exception', reason } };
  }
}

/** The document's id is the event's, unless that says its own. */
export function withId(event: unknown, id: string | undefined): unknown {
  return isJson(event) && id !== undefined ? { event_id: id, ...event } : event;
}

function malformed(message: string): KindredError {
  return new KindredError('malformed-bulk', message, { status: 400 });
}
