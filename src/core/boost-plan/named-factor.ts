// How much the product that a search names has to be raised, so that a boost plan lifts no other above it.
import type { Boost, BoostPlan } from './boost-plan.js';

/**
 * The largest multiplier that the plan can give a product, over the smallest: 1 where the plan moves nothing. A product
 * meets one boost of each list at most (a field's, bought again, related), those of one override or the global ones.
 */
export function namedFactor({ boosts, maxBoost }: BoostPlan): number {
  const groups = new Map<string, Map<string, { most: number; least: number }>>();
  for (const boost of boosts) {
    const group = JSON.stringify(boost.categories ?? null);
    const lists = groups.get(group) ?? new Map<string, { most: number; least: number }>();
    groups.set(group, lists);
    const list = listOf(boost);
    const { most, least } = lists.get(list) ?? { most: 1, least: 1 };
    lists.set(list, { most: Math.max(most, boost.factor), least: Math.min(least, boost.factor) });
  }
  let [reach, low] = [1, 1];
  for (const lists of groups.values()) {
    const all = [...lists.values()];
    reach = Math.max(
      reach,
      all.reduce((product, { most }) => product * most, 1),
    );
    low = Math.min(
      low,
      all.reduce((product, { least }) => product * least, 1),
    );
  }
  return Math.min(reach, Math.max(1, maxBoost)) / low;
}

function listOf({ field, product }: Boost): string {
  return `${product ?? ''} ${field}`;
}
