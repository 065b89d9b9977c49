// The default model's event weights: the shop events everyone knows, and what else the log has.
import { type EventWeight, REMOVALS } from '../core/model.js';
import { toTotalHundred } from '../core/total-hundred.js';
import type { EngineClient } from '../engine/client.js';
import { EVENTS_INDEX } from './indices.js';

/** Listed even when the log has none: a log of purchases alone must still let a session's clicks and carts count. */
const ALWAYS: ReadonlyMap<string, number> = new Map([
  ['purchase', 50],
  ['add_to_cart', 30],
  ['view', 15],
]);
/** Wishlists and a shop's own events, when the log has them. */
const SEEN_WEIGHT = 5;
const MOST_SEEN = 10;
/** Not a sign of preference, or counted under another name (`click` is a view). */
const NOT_PREFERENCE = ['click', 'search', 'query', 'impression', 'item_impression'];

/** Event weights that total exactly 100, from the action names in the event log. */
export async function defaultEventWeights(engine: EngineClient): Promise<EventWeight[]> {
  const aggs = { actions: { terms: { field: 'action_name', size: 100 } } };
  const answer = (await engine.indexExists(EVENTS_INDEX))
    ? await engine.search(EVENTS_INDEX, { size: 0, aggs })
    : undefined;
  const actions = answer?.aggregations?.actions as { buckets: readonly { key: string }[] } | undefined;
  const seen = (actions?.buckets ?? [])
    .map(({ key }) => key)
    .filter((name) => name.length <= 100 && !ALWAYS.has(name))
    .filter((name) => !REMOVALS.has(name) && !NOT_PREFERENCE.includes(name))
    .slice(0, MOST_SEEN);
  const events = [...ALWAYS.keys(), ...seen];
  const weights = toTotalHundred(events.map((event) => ALWAYS.get(event) ?? SEEN_WEIGHT));
  return events.map((event, position) => ({ event, weight: weights[position] ?? 0 }));
}
