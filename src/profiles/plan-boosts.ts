// From the profiles of a request to its boost plan.
import { type BoostPlan, type BoostPlanInput, buildBoostPlan } from '../core/boost-plan/boost-plan.js';
import type { ActiveModel } from '../core/model/model.js';
import { type ProfileDocument, searchedAffinities } from '../core/profile/profile.js';
import { modelCache, profileCache } from './model-cache.js';
import { sessionAffinities } from './read-request-profiles.js';
import type { RequestProfiles } from './request-profiles.js';

/** Session events age in whole minutes, so that a plan, and its cache key, stays the same for a minute. */
const MINUTE_MS = 60_000;

/**
 * Users who search again, with no new event in between, get the very plan of their last search.
 * @param impact 0–100
 * @param now milliseconds since the epoch; session events age from here, by the minute
 */
export function planBoosts(
  active: ActiveModel,
  profiles: RequestProfiles,
  impact: number,
  now: number,
): BoostPlan {
  const cache = modelCache(active);
  const asOf = now - (now % MINUTE_MS);
  const compute = () => buildBoostPlan(boostPlanInput(active, profiles, impact, asOf));
  const { sources, category, named } = profiles;
  if (sources === null) return compute();
  const { documents, session, arrivals } = sources;
  const identities = documents.map((document) => (document === null ? 0 : cache.identity(document)));
  const events = arrivals.length > 0 ? [session, asOf, ...arrivals] : [];
  return cache.boostPlan(JSON.stringify([category, named, impact, identities, events]), compute);
}

/** What the plan is computed from. Same parameters. */
export function boostPlanInput(
  active: ActiveModel,
  profiles: RequestProfiles,
  impact: number,
  now: number,
): BoostPlanInput {
  const { category, named, separator, population, individual, group, own, related, next } = profiles;
  const affinities = (profile: ProfileDocument) => profileCache(profile).affinities(category);
  return {
    model: active.model,
    impact,
    category,
    named,
    separator,
    population: affinities(population),
    individual: individual ? affinities(individual) : undefined,
    searched: individual && category !== null ? searchedAffinities(individual) : undefined,
    group: group ? affinities(group) : undefined,
    elsewhere: category === null ? undefined : readElsewhere(active, profiles, now),
    products: population.assortment && {
      totals: population.assortment,
      own,
      related: related(),
      next: next(),
    },
    session: sessionAffinities(active, profiles, now),
  };
}

/** What is known outside of the request's category, where the training found that some tastes carry over into it. */
function readElsewhere(
  active: ActiveModel,
  { populationOfAllProducts: population, individual, separator, sessionEvents, searches }: RequestProfiles,
  now: number,
): BoostPlanInput['elsewhere'] {
  if (!population?.transfer?.length) return undefined;
  const session = {
    category: null,
    population,
    populationOfAllProducts: population,
    separator,
    sessionEvents,
    searches,
  };
  return {
    population: profileCache(population).affinities(null),
    individual: individual ? profileCache(individual).affinities(null) : undefined,
    session: sessionAffinities(active, session, now),
    transfer: new Map(population.transfer),
  };
}
