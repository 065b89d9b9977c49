// The boosts of a plan that are sent: none on conflicting fields, and only the strongest around a query.
import type { Boost, BoostPlan } from '../../core/boost-plan/boost-plan.js';
import { isWindowed, type Placement } from '../placement/placement.js';

/** Boosts in all around a query: it evaluates them on every match, not in a window. */
const MAX_WRAPPED_BOOSTS = 30;

/**
 * The plan to send for a placement. A wrapped query keeps 30 boosts, taking every list's strongest first, then
 * every list's second, and so on; a window keeps all. Call it before the plan is counted or explained.
 */
export function limitPlan(plan: BoostPlan, placement: Placement): BoostPlan {
  if (isWindowed(placement) || plan.boosts.length <= MAX_WRAPPED_BOOSTS) return plan;
  const taken = new Map<string, number>();
  const ranked = plan.boosts.map((boost, position) => {
    const list = listKey(boost);
    const rank = taken.get(list) ?? 0;
    taken.set(list, rank + 1);
    return { boost, position, rank };
  });
  const kept = ranked.sort((a, b) => a.rank - b.rank || a.position - b.position).slice(0, MAX_WRAPPED_BOOSTS);
  const boosts = kept.sort((a, b) => a.position - b.position).map(({ boost }) => boost);
  const used = new Set(boosts.map(({ profile }) => profile));
  return { ...plan, boosts, profiles: plan.profiles.filter((profile) => used.has(profile)) };
}

/** Within one list (a field's, bought again, related) the plan is ordered strongest first. */
function listKey({ field, product, categories }: Boost): string {
  return JSON.stringify([field, product, categories]);
}

/**
 * @param conflicting as in `BoostFields`
 * @param categoryField mapping path of the catalog's category, which overrides filter by
 */
export function dropConflictingFields(
  plan: BoostPlan,
  conflicting: ReadonlySet<string>,
  categoryField: string,
): BoostPlan {
  if (conflicting.size === 0) return plan;
  const categoriesFail = conflicting.has(categoryField);
  // The global list filters by category too, to leave out the products that overrides are for.
  const allFail = categoriesFail && plan.category === null && plan.overridden.length > 0;
  const boosts = plan.boosts.filter(
    ({ field, categories }) => !allFail && !conflicting.has(field) && !(categoriesFail && categories),
  );
  if (boosts.length === plan.boosts.length) return plan;
  const used = new Set(boosts.map(({ profile }) => profile));
  return { ...plan, boosts, profiles: plan.profiles.filter((profile) => used.has(profile)) };
}
