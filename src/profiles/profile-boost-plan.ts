// From what is known about a visitor to the boost plan of one request, and the key that equal plans share.
import { hash } from 'node:crypto';
import type { BoostPlanInput } from '../core/boost-plan/boost-plan.js';
import { type BoostPlan, buildBoostPlan } from '../core/boost-plan/boost-plan.js';
import type { ActiveModel } from '../core/model/model.js';
import { scopeAffinities, searchedAffinities } from '../core/profile/profile.js';
import { numberOf, rememberedPlan } from './boost-plan-cache.js';
import { sessionAffinities } from './session-affinities.js';
import type { VisitorProfiles } from './visitor-profiles.js';

/** Ages count in whole minutes: an equal plan, and an equal key, for a minute. */
const MINUTE_MS = 60_000;

/**
 * @param impact 0–100
 * @param now milliseconds since the epoch; session events age from here, by the minute
 */
export function visitorPlan(
  active: ActiveModel,
  visitor: VisitorProfiles,
  impact: number,
  now: number,
): BoostPlan {
  const asOf = now - (now % MINUTE_MS);
  const make = () => buildBoostPlan(planInput(active, visitor, impact, asOf));
  const key = planKey(visitor, impact, asOf);
  return key === null ? make() : rememberedPlan(active, key, make);
}

/** Everything a plan is made of; null where events of the session cannot be told from others. */
function planKey({ category, sources, arrivals, visit }: VisitorProfiles, impact: number, asOf: number) {
  if (arrivals.includes(undefined)) return null;
  const session = arrivals.length > 0 ? [visit, asOf, ...arrivals] : [];
  return JSON.stringify([category, impact, sources.map(numberOf), session]);
}

/** What the plan is made of. Same parameters. */
export function planInput(
  { model }: Pick<ActiveModel, 'model'>,
  visitor: VisitorProfiles,
  impact: number,
  now: number,
): BoostPlanInput {
  const { category, population, individual, group, own, related, next } = visitor;
  return {
    model,
    impact,
    category,
    population: scopeAffinities(population, category),
    ...(individual && { individual: scopeAffinities(individual, category) }),
    ...(individual && category !== null && { searched: searchedAffinities(individual) }),
    ...(group && { group: scopeAffinities(group, category) }),
    ...(population.assortment && {
      products: { totals: population.assortment, own, related: related(), next: next() },
    }),
    session: sessionAffinities(model, visitor, now),
  };
}

const keys = new WeakMap<BoostPlan, string>();

/** Hash of what a plan does to a result list: equal keys may share a cache entry. */
export function planCacheKey(active: ActiveModel, plan: BoostPlan): string {
  const known = keys.get(plan);
  if (known !== undefined) return known;
  const text = JSON.stringify([active.model.id, active.version, plan.maxBoost, plan.overridden, plan.boosts]);
  const key = hash('sha256', text, 'base64url').slice(0, 22);
  keys.set(plan, key);
  return key;
}
