// The session profile: affinities of a running session in one scope, from its events on products and its searches.
import { type Affinities, foldAffinities } from '../core/affinity/affinity.js';
import { searchAsProductEvent } from '../core/event/session-event.js';
import { type ActiveModel, affinityFields } from '../core/model/model.js';
import { profileCache } from './model-cache.js';
import type { RequestProfiles } from './request-profiles.js';

/** @param now milliseconds since the epoch; events age from here */
export function sessionAffinities(
  active: ActiveModel,
  profiles: Pick<
    RequestProfiles,
    'category' | 'population' | 'populationOfAllProducts' | 'sessionEvents' | 'searches'
  >,
  now: number,
): Affinities {
  const { category, population, populationOfAllProducts, sessionEvents, searches } = profiles;
  const searched = populationOfAllProducts
    ? searches.map((search) => {
        return searchAsProductEvent(search, profileCache(populationOfAllProducts).queryReader(), category);
      })
    : [];
  const { model } = active;
  return foldAffinities([...sessionEvents, ...searched], {
    fields: affinityFields(model),
    eventWeights: model.eventWeights,
    timeDecay: model.timeDecay,
    asOf: now,
    category,
    population: profileCache(population).affinities(category),
  });
}
