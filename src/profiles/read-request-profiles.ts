// Reads every profile that may rank one request: the user's or visitor's own, the session, the cohort, the population.
import type { ProductEvent } from '../core/affinity/affinity.js';
import { nearestCohort } from '../core/affinity/behavioral-cohorts.js';
import type { ProductEvidence } from '../core/boost-plan/product-boosts.js';
import { type Identity, sessionKey } from '../core/event/identity.js';
import { isSearch, type SearchEvent, type SessionEvent } from '../core/event/session-event.js';
import type { ActiveModel } from '../core/model/model.js';
import {
  COHORT_DEFINITIONS_ID,
  groupId,
  individualId,
  type ProfileDocument,
  populationId,
} from '../core/profile/profile.js';
import { modelCache } from './model-cache.js';
import type { ReadProfiles } from './profile-store.js';
import { type RelatedProducts, readRelatedProducts } from './related-products.js';
import { sessionAffinities } from './session-affinities.js';

/**
 * The events of a session, oldest first.
 * @param upTo an `arrival`: leaves out what came after it
 */
export type ReadSession = (
  identity: Identity,
  upTo?: number,
) => Promise<readonly (SessionEvent & { readonly arrival?: number })[]>;

export interface ReadRequestProfilesInput {
  readonly active: ActiveModel;
  readonly identity: Identity;
  /** the category that the request names */
  readonly category: string | null;
  readonly readProfiles: ReadProfiles;
  readonly readSession: ReadSession;
  /** milliseconds since the epoch; session events age from here */
  readonly now: () => number;
}

export interface RequestProfiles extends RelatedProducts {
  /** the request's category when the population knows it, else null (all products) */
  readonly category: string | null;
  /** of the scope: the category's, or of all products */
  readonly population: ProfileDocument;
  /** in all products: it has the words that searches can name */
  readonly populationOfAllProducts: ProfileDocument | null;
  readonly individual: ProfileDocument | null;
  readonly group: ProfileDocument | null;
  /** the session's events on products, and its searches */
  readonly sessionEvents: readonly ProductEvent[];
  readonly searches: readonly SearchEvent[];
  /** the `arrival` of the newest of both; 0 without any */
  readonly newestArrival: number;
  /** the user's single products, strongest first; empty when the individual profile is off */
  readonly own: readonly ProductEvidence[];
  /** everything above as an input of cache keys; null where the session store does not tell events apart */
  readonly sources: RequestProfileSources | null;
}

export interface RequestProfileSources {
  readonly documents: readonly (ProfileDocument | null)[];
  /** `sessionKey`; undefined for a request without identity */
  readonly session: string | undefined;
  readonly arrivals: readonly number[];
}

/** @returns `profile-error` where the profile index has no population; rejects when a store cannot be read */
export async function readRequestProfiles(
  input: ReadRequestProfilesInput,
): Promise<RequestProfiles | 'profile-error'> {
  const { active, identity, readProfiles, readSession } = input;
  const { profiles, group: grouping } = active.model;
  const ids = {
    population: populationId(null),
    scope: input.category === null ? undefined : populationId(input.category),
    individual: identity.userId === undefined ? undefined : individualId(identity.userId),
    cohorts: profiles.group && grouping.by === 'behavioral' ? COHORT_DEFINITIONS_ID : undefined,
  };
  const [documents, session] = await Promise.all([
    readById(readProfiles, active.profileIndex, Object.values(ids)),
    profiles.inSession ? readSession(identity) : [],
  ]);
  const found = (id: string | undefined) => (id === undefined ? null : (documents.get(id) ?? null));
  const populationOfAllProducts = found(ids.population);
  const scope = found(ids.scope);
  const population = scope ?? populationOfAllProducts;
  if (!population) return 'profile-error';
  const category = scope ? input.category : null;
  const individual = found(ids.individual);
  const sessionEvents = session.flatMap((event) => (isSearch(event) ? [] : event));
  const searches = session.flatMap((event) => (isSearch(event) ? event : []));
  const cohort =
    (profiles.group ? individual?.cohort : null) ??
    cohortOfSession(input, { populationOfAllProducts, sessionEvents, searches }, found(ids.cohorts));
  const own = individual && profiles.individual ? modelCache(active).ownProducts(individual) : [];
  const [[group = null], { neighbours, ...related }] = await Promise.all([
    cohort ? readProfiles(active.profileIndex, [groupId(cohort, category)]) : [],
    readRelatedProducts(input, { own, sessionEvents, category }),
  ]);
  const arrivals = session.flatMap(({ arrival }) => arrival ?? []);
  return {
    category,
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
  shown: Pick<RequestProfiles, 'populationOfAllProducts' | 'sessionEvents' | 'searches'>,
  document: ProfileDocument | null,
): string | undefined {
  const { populationOfAllProducts: population } = shown;
  if (!document?.tastes || !population || !active.model.profiles.sessionProfile) return undefined;
  const affinities = sessionAffinities(active, { ...shown, population, category: null }, now());
  return nearestCohort(affinities, document.tastes) ?? undefined;
}
