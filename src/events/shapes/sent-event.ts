// What every shape of events is mapped to: events in the shape of UBI, one for each product, and where their parts came from.
import type { Finding } from '../../core/errors.js';

export type Json = Readonly<Record<string, unknown>>;

/** An event on one product, or on none, in the shape of UBI; not validated yet. */
export interface SentLine {
  readonly event: unknown;
  /** path in `event` → path in what was sent, for findings; where absent they are the same */
  readonly paths?: Readonly<Record<string, string>>;
}

/** One event as it was sent: its lines, or why it cannot be read at all. */
export type SentEvent = { readonly lines: readonly SentLine[] } | { readonly errors: readonly Finding[] };

/** A product of an order or a list, and the path of each part in the event that was sent. */
export interface OrderLine {
  readonly object_id?: unknown;
  readonly quantity?: unknown;
  readonly price?: unknown;
  readonly currency?: unknown;
  readonly ordinal?: unknown;
  readonly query_id?: unknown;
  /** where the product's id should be */
  readonly path: string;
}

/** More than any shop's order or list page has; what analytics tools take of one event. */
const MAX_LINES = 200;

const MAX_TEXT_LENGTH = 100;

export const OBJECT_ID_PATH = 'event_attributes.object.object_id';

/**
 * One event for each product. What is not of a product goes with each of them.
 * @param common top-level members of the event
 * @param attributes members of its `event_attributes`
 * @param paths where those came from
 * @param list path of the products, for the message where there are too many
 */
export function eventLines(
  lines: readonly OrderLine[],
  {
    common,
    attributes,
    paths,
    list,
  }: { common: Json; attributes: Json; paths: Record<string, string>; list: string },
): SentEvent {
  if (lines.length > MAX_LINES)
    return {
      errors: [
        { path: list, message: `has ${lines.length} products; send at most ${MAX_LINES} in one event` },
      ],
    };
  return {
    lines: lines.map(({ path, object_id, quantity, price, currency, ordinal, query_id }) => ({
      event: {
        ...common,
        ...(query_id !== undefined && { query_id }),
        event_attributes: {
          ...short(attributes),
          object: { object_id: idText(object_id) },
          ...(ordinal !== undefined && { position: { ordinal } }),
          ...short({ quantity, price, currency }),
        },
      },
      paths: { ...paths, [OBJECT_ID_PATH]: path },
    })),
  };
}

/** Ids are texts; where they are sent as numbers they are meant as texts. Anything else is left to be judged. */
export function idText(value: unknown): unknown {
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
}

/** Numbers and short texts: what comes once and is stored with each of two hundred lines must not be large. */
function short(members: Json): Json {
  return Object.fromEntries(
    Object.entries(members).filter(
      ([, value]) =>
        typeof value === 'number' || (typeof value === 'string' && value.length <= MAX_TEXT_LENGTH),
    ),
  );
}

/** Without members that are undefined. */
export function defined(members: Json): Json {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object, empty where there is none. */
export function json(value: unknown): Json {
  return isJson(value) ? value : {};
}
