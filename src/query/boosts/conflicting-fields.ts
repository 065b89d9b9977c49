// Boosts that some shards of a catalog would fail on are not sent: the hits of those shards would be lost.
import type { BoostPlan } from '../../core/boost-plan/boost-plan.js';

/** @param conflicting as in `BoostFields`; @param categoryField mapping path of what overrides go by */
export function dropConflictingFields(
  plan: BoostPlan,
  conflicting: ReadonlySet<string>,
  categoryField: string,
): BoostPlan {
  if (conflicting.size === 0) return plan;
  const categoriesFail = conflicting.has(categoryField);
  // Without a category of its own, the global list looks at categories too, to leave out those that overrides cover.
  const allFail = categoriesFail && plan.category === null && plan.overridden.length > 0;
  const boosts = plan.boosts.filter(
    ({ field, categories }) => !allFail && !conflicting.has(field) && !(categoriesFail && categories),
  );
  if (boosts.length === plan.boosts.length) return plan;
  const used = new Set(boosts.map(({ profile }) => profile));
  return { ...plan, boosts, profiles: plan.profiles.filter((profile) => used.has(profile)) };
}
