// Reads every profile that may rank one request: individual, group, population, and the session profile.
import { type Affinities, foldAffinities } from '../core/affinity/affinity.js';
import { nearestCohort } from '../core/affinity/behavioral-cohorts.js';
import { ownSeeds, relatedEvidence, sessionSeeds } from '../core/boost-plan/product-boosts.js';
import { ancestors, possibleAncestors } from '../core/category-paths.js';
import { sessionKey } from '../core/event/identity.js';
import { isSearch, searchAsProductEvent } from '../core/event/session-event.js';
import { type ActiveModel, affinityFields } from '../core/model/model.js';
import {
  COHORT_DEFINITIONS_ID,
  groupId,
  individualId,
  type ProfileDocument,
  populationId,
  productId,
} from '../core/profile/profile.js';
import { profileCache } from './model-cache.js';
import type { ReadProfiles } from './profile-store.js';
import type { ReadRequestProfilesInput, RelatedProducts, RequestProfiles } from './request-profiles.js';

/** @returns `profile-error` where the profile index has no population; rejects when a store cannot be read */
export async function readRequestProfiles(
  input: ReadRequestProfilesInput,
): Promise<RequestProfiles | 'profile-error'> {
  const { active, identity, readProfiles, readSession } = input;
  const { profiles, group: grouping } = active.model;
  const ids = {
    population: populationId(null),
    individual: identity.userId === undefined ? undefined : individualId(identity.userId),
    cohorts: profiles.group && grouping.by === 'behavioral' ? COHORT_DEFINITIONS_ID : undefined,
  };
  const [documents, session] = await Promise.all([
    readById(readProfiles, active.profileIndex, [
      ...Object.values(ids),
      ...scopesOf(input.category, possibleAncestors).map(populationId),
    ]),
    profiles.inSession ? readSession(identity) : [],
  ]);
  const found = (id: string | undefined) => (id === undefined ? null : (documents.get(id) ?? null));
  const populationOfAllProducts = found(ids.population);
  const separator = populationOfAllProducts?.separator ?? null;
  const scopes = scopesOf(input.category, (category) => ancestors(category, separator));
  const category = chooseScope(scopes, (scope) => found(populationId(scope)));
  const population = found(populationId(category));
  if (!population) return 'profile-error';
  const individual = found(ids.individual);
  const sessionEvents = session.flatMap((event) => (isSearch(event) ? [] : event));
  const searches = session.flatMap((event) => (isSearch(event) ? event : []));
  const cohort =
    (profiles.group ? individual?.cohort : null) ??
    cohortOfSession(
      input,
      { separator, populationOfAllProducts, sessionEvents, searches },
      found(ids.cohorts),
    );
  const own = individual && profiles.individual ? profileCache(individual).ownProducts() : [];
  const [[group = null], { neighbours, ...related }] = await Promise.all([
    cohort ? readProfiles(active.profileIndex, [groupId(cohort, category)]) : [],
    readRelatedProducts(input, { own, sessionEvents, category, separator }),
  ]);
  const arrivals = session.flatMap(({ arrival }) => arrival ?? []);
  return {
    category,
    named: input.category,
    separator,
    population,
    populationOfAllProducts,
    individual,
    group,
    sessionEvents,
    searches,
    newestArrival: Math.max(0, ...arrivals),
    own,
    sources:
      arrivals.length === session.length
        ? {
            documents: [...documents.values(), group, ...neighbours],
            session: sessionKey(identity),
            arrivals,
          }
        : null,
    ...related,
  };
}

/** A category and its parents, nearest first. */
function scopesOf(category: string | null, parents: (category: string) => readonly string[]): string[] {
  return category === null ? [] : [category, ...parents(category)];
}

/** Events in a category below which its parent speaks, where it has one: more cost one shop what another gained (docs/measurements.md). */
const ENOUGH_EVENTS = 50;

/** The nearest of which enough is known, or else the last that is known at all; null: all products. */
function chooseScope(
  scopes: readonly string[],
  populationOf: (scope: string) => ProfileDocument | null,
): string | null {
  const known = scopes.filter((scope) => populationOf(scope));
  const enough = known.find((scope) => (populationOf(scope)?.events ?? 0) >= ENOUGH_EVENTS);
  return enough ?? known.at(-1) ?? null;
}

async function readById(
  readProfiles: ReadProfiles,
  index: string,
  maybeIds: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, ProfileDocument | null>> {
  const ids = maybeIds.filter((id) => id !== undefined);
  const documents = await readProfiles(index, ids);
  return new Map(ids.map((id, at) => [id, documents[at] ?? null]));
}

/** The behavioral cohort whose likes are nearest to what the session shows, for those that training did not place. */
function cohortOfSession(
  { active, now }: ReadRequestProfilesInput,
  shown: Pick<RequestProfiles, 'separator' | 'populationOfAllProducts' | 'sessionEvents' | 'searches'>,
  document: ProfileDocument | null,
): string | undefined {
  const { populationOfAllProducts: population } = shown;
  if (!document?.tastes || !population || !active.model.profiles.sessionProfile) return undefined;
  const affinities = sessionAffinities(active, { ...shown, population, category: null }, now());
  return nearestCohort(affinities, document.tastes) ?? undefined;
}

const none = () => [];

/** The neighbours of the user's own products and of what the session clicked, read in one round. */
async function readRelatedProducts(
  {
    active: { model, profileIndex },
    readProfiles,
  }: Pick<ReadRequestProfilesInput, 'active' | 'readProfiles'>,
  {
    own,
    sessionEvents,
    category,
    separator,
  }: Pick<RequestProfiles, 'own' | 'sessionEvents' | 'category' | 'separator'>,
): Promise<RelatedProducts & { readonly neighbours: readonly (ProfileDocument | null)[] }> {
  if (model.products.related === 0) return { related: none, next: none, neighbours: [] };
  const owned = ownSeeds(own, category, separator);
  const clicked = sessionSeeds(sessionEvents, model.eventWeights, category, separator);
  const ids = [...new Set([...owned, ...clicked].map(({ objectId }) => productId(objectId)))];
  const documents = ids.length > 0 ? await readProfiles(profileIndex, ids) : [];
  const byId = () => new Map(documents.map((document) => [document?.key, document?.neighbours]));
  return {
    neighbours: documents,
    related() {
      const neighbours = byId();
      return relatedEvidence(owned, 'individual', (objectId) => neighbours.get(objectId)?.bought_with);
    },
    next() {
      const neighbours = byId();
      const seen = new Set(sessionEvents.map(({ product }) => product.objectId));
      const next = relatedEvidence(clicked, 'session', (objectId) => neighbours.get(objectId)?.next);
      return next.filter(({ objectId }) => !seen.has(objectId));
    },
  };
}

/** @param now milliseconds since the epoch; events age from here */
export function sessionAffinities(
  active: ActiveModel,
  profiles: Pick<
    RequestProfiles,
    'category' | 'separator' | 'population' | 'populationOfAllProducts' | 'sessionEvents' | 'searches'
  >,
  now: number,
): Affinities {
  const { category, separator, population, populationOfAllProducts, sessionEvents, searches } = profiles;
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
    separator,
    population: profileCache(population).affinities(category),
  });
}
