// Session events as short texts, a JSON array each, for stores outside this process.
import { KindredError } from '../core/errors.js';
import { type ArrivedEvent, isSearch, type SessionEvent } from '../core/event/session-event.js';

/** Version of the format, part of the Redis keys: another version is never read as this one. */
export const CODEC_VERSION = 1;

/**
 * `["view",1764110000000,"p1","shoes",{"brand":["Acme"]}]`, where there are none or several categories with `null` or a list
 * of them, with a quantity behind it where there is one; a search `["search",1764110000000,"red shoes"]`.
 */
export function encodeEvent(event: SessionEvent): string {
  const { action, timestamp } = event;
  if (isSearch(event)) return JSON.stringify([action, timestamp, event.query]);
  const { objectId, categories, values } = event.product;
  const category = categories.length > 1 ? categories : (categories[0] ?? null);
  const parts = [action, timestamp, objectId, category, Object.fromEntries(values)];
  return JSON.stringify(event.quantity === undefined ? parts : [...parts, event.quantity]);
}

/**
 * @param parts what `encodeEvent` wrote, parsed
 * @throws KindredError `session-malformed` for anything else
 */
export function decodeEvent(parts: readonly unknown[], arrival: number): ArrivedEvent {
  const [action, timestamp, what, category, values, quantity] = parts;
  const categories: unknown[] = category === null ? [] : [category].flat();
  if (typeof action !== 'string' || typeof timestamp !== 'number' || typeof what !== 'string')
    throw malformed();
  if (parts.length === 3) return { action, timestamp, query: what, arrival };
  if (!categories.every(isText) || !isRecord(values)) throw malformed();
  const product = { objectId: what, categories, values: new Map(Object.entries(values)) };
  return { action, timestamp, product, arrival, ...(typeof quantity === 'number' && { quantity }) };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isRecord(value: unknown): value is Record<string, string[]> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(): KindredError {
  return new KindredError('session-malformed', 'a stored session event is not what Kindred writes', {
    status: 502,
  });
}
