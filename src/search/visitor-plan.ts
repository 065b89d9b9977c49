// From what is known about a visitor to the boost plan of one request, and the key that equal plans share.
import { createHash } from 'node:crypto';
import { type BoostPlan, buildBoostPlan } from '../core/boost-plan.js';
import type { ActiveModel } from '../core/model.js';
import { scopeAffinities, searchedAffinities } from '../core/profile.js';
import type { VisitorProfiles } from './read-profiles.js';
import { sessionAffinities } from './session-affinities.js';

/**
 * @param impact 0–100
 * @param now milliseconds since the epoch; session events age from here
 */
export function visitorPlan(
  active: ActiveModel,
  visitor: VisitorProfiles,
  impact: number,
  now: number,
): BoostPlan {
  const { model } = active;
  const { category, population, individual, group, own, related, next } = visitor;
  return buildBoostPlan({
    model,
    impact,
    category,
    population: scopeAffinities(population, category),
    ...(individual && { individual: scopeAffinities(individual, category) }),
    ...(individual && category !== null && { searched: searchedAffinities(individual) }),
    ...(group && { group: scopeAffinities(group, category) }),
    ...(population.assortment && {
      products: { assortment: population.assortment, own, related, next },
    }),
    session: sessionAffinities(model, visitor, now),
  });
}

/** Hash of what a plan does to a result list: equal keys may share a cache entry. */
export function planCacheKey(active: ActiveModel, plan: BoostPlan): string {
  const text = JSON.stringify([active.model.id, active.version, plan.maxBoost, plan.overridden, plan.boosts]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
