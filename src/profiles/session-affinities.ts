// What a running session says in one scope: what was done with products, and what was searched for.
import { type Affinities, foldAffinities } from '../core/affinity/affinity.js';
import { createQueryReader, type QueryReader } from '../core/affinity/query-values.js';
import { searchAsProductEvent } from '../core/event/session-event.js';
import { affinityFields, type Model } from '../core/model/model.js';
import { type ProfileDocument, scopeAffinities } from '../core/profile/profile.js';
import type { VisitorProfiles } from './visitor-profiles.js';

/** A catalog has thousands of words, and the same population is in every plan. */
const readers = new WeakMap<ProfileDocument, QueryReader>();

/** @param now milliseconds since the epoch; events age from here */
export function sessionAffinities(
  model: Model,
  visitor: Pick<VisitorProfiles, 'category' | 'population' | 'everyone' | 'sessionEvents' | 'searches'>,
  now: number,
): Affinities {
  const { category, population, everyone, sessionEvents, searches } = visitor;
  const searched = everyone
    ? searches.map((search) => searchAsProductEvent(search, readerOf(everyone), category))
    : [];
  return foldAffinities([...sessionEvents, ...searched], {
    fields: affinityFields(model),
    eventWeights: model.eventWeights,
    timeDecay: model.timeDecay,
    asOf: now,
    category,
    population: scopeAffinities(population, category),
  });
}

function readerOf(everyone: ProfileDocument): QueryReader {
  const known = readers.get(everyone);
  if (known) return known;
  const values = [...scopeAffinities(everyone, null)].map(
    ([field, affinity]) => [field, affinity.values.keys()] as const,
  );
  const reader = createQueryReader(values, everyone.categories ?? []);
  readers.set(everyone, reader);
  return reader;
}
