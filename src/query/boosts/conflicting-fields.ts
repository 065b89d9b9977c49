// Leaves out boosts that fail on some shards of a catalog, whose hits would be missing from the response.
import type { BoostPlan } from '../../core/boost-plan/boost-plan.js';

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
