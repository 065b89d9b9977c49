// How much one event counts under a model: its weight relative to the largest one, negative for removals.
import { canonicalEventName, REMOVALS } from '../event/event-names.js';
import type { EventWeight } from '../model/model.js';

/**
 * Relative weights by event, in (−1, 1]: event weight ÷ the largest event weight. Names are as `canonicalEventName` gives
 * them. `click` counts as `view` unless listed itself; a removal is minus the weight of what it removes; events that
 * are absent do not count.
 */
export function relativeEventWeights(eventWeights: readonly EventWeight[]): ReadonlyMap<string, number> {
  const largest = Math.max(...eventWeights.map(({ weight }) => weight));
  const relative = new Map<string, number>();
  for (const { event, weight } of eventWeights)
    if (weight > 0) relative.set(canonicalEventName(event), weight / largest);
  const view = relative.get('view');
  if (view !== undefined && !eventWeights.some(({ event }) => event === 'click')) relative.set('click', view);
  for (const [removal, gives] of REMOVALS) {
    const given = relative.get(gives);
    if (given !== undefined) relative.set(removal, -given);
  }
  return relative;
}

/**
 * Relative weight of an event by the name it was sent with; undefined when it does not count. The trainer's SQL joins
 * on this function's result for every name in the log, so both sides agree by construction.
 */
export function eventWeigher(
  eventWeights: readonly EventWeight[],
): (actionName: string) => number | undefined {
  const weights = relativeEventWeights(eventWeights);
  return (actionName) => weights.get(canonicalEventName(actionName));
}
