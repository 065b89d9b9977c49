// How much one event counts under a model: its weight relative to the largest, negative when it takes away.
import { type EventWeight, REMOVALS } from './model.js';

/**
 * Relative weights by action name, in (−1, 1]: event weight ÷ the largest event weight.
 * `click` counts as `view` unless listed itself; a removal is minus the weight of what it removes; names that
 * are absent do not count. The trainer's SQL joins on this same table, so both sides agree by construction.
 */
export function relativeEventWeights(eventWeights: readonly EventWeight[]): ReadonlyMap<string, number> {
  const largest = Math.max(...eventWeights.map(({ weight }) => weight));
  const relative = new Map<string, number>();
  for (const { event, weight } of eventWeights) if (weight > 0) relative.set(event, weight / largest);
  const view = relative.get('view');
  if (view !== undefined && !eventWeights.some(({ event }) => event === 'click')) relative.set('click', view);
  for (const [removal, gives] of REMOVALS) {
    const given = relative.get(gives);
    if (given !== undefined) relative.set(removal, -given);
  }
  return relative;
}
