// Reads everything known about a visitor in parallel, within a deadline: personalization never delays a search.

import { nearestCohort } from '../core/affinity/behavioral-cohorts.js';
import type { ProductEvidence } from '../core/boost-plan/product-boosts.js';
import { sessionKey } from '../core/event/identity.js';
import { isSearch } from '../core/event/session-event.js';
import {
  COHORT_DEFINITIONS_ID,
  groupId,
  individualId,
  type ProfileDocument,
  populationId,
} from '../core/profile/profile.js';
import { readRelated } from './read-related.js';
import { sessionAffinities } from './session-affinities.js';
import type { ReadVisitorOptions, VisitorFailure, VisitorProfiles } from './visitor-profiles.js';

export function readVisitor(options: ReadVisitorOptions): Promise<VisitorProfiles | VisitorFailure> {
  return withinDeadline(options.deadlineMs, () => readNow(options));
}

/**
 * What is read by the deadline; a rejection is a `profile-error`.
 * @param read told by `late` that nobody waits for it any more
 */
export async function withinDeadline<T>(
  deadlineMs: number,
  read: (late: () => boolean) => Promise<T>,
): Promise<T | VisitorFailure> {
  let timer: NodeJS.Timeout | undefined;
  let late = false;
  const deadline = new Promise<'profile-timeout'>((resolve) => {
    timer = setTimeout(() => {
      late = true;
      resolve('profile-timeout');
    }, deadlineMs);
  });
  try {
    return await Promise.race([read(() => late), deadline]);
  } catch {
    return 'profile-error';
  } finally {
    clearTimeout(timer);
  }
}

/** Without a deadline; rejects when a store cannot be read. */
export async function readNow(options: ReadVisitorOptions): Promise<VisitorProfiles | 'profile-error'> {
  const { active, identity, readProfiles, readSession } = options;
  const person = identity.userId === undefined ? [] : [individualId(identity.userId)];
  const scopes = options.category === null ? [null] : [null, options.category];
  const { profiles, group: grouping } = active.model;
  const tastes = profiles.group && grouping.by === 'behavioral' ? [COHORT_DEFINITIONS_ID] : [];
  const [documents, session] = await Promise.all([
    readProfiles(active.profileIndex, [...scopes.map(populationId), ...person, ...tastes]),
    profiles.inSession ? readSession(identity) : Promise.resolve([]),
  ]);
  const individual = identity.userId === undefined ? null : (documents[scopes.length] ?? null);
  const scoped = options.category === null ? null : (documents[1] ?? null);
  const everyone = documents[0] ?? null;
  const population = scoped ?? everyone;
  if (!population) return 'profile-error';
  const category = scoped ? options.category : null;
  const sessionEvents = session.flatMap((event) => (isSearch(event) ? [] : event));
  const searches = session.filter(isSearch);
  const trained = profiles.group ? individual?.cohort : null;
  const shown = { everyone, sessionEvents, searches };
  const cohort = trained ?? tasteOf(options, shown, documents[scopes.length + person.length]);
  const own = profiles.individual ? ownProducts(individual) : [];
  const [[group = null], { neighbours, ...related }] = await Promise.all([
    cohort ? readProfiles(active.profileIndex, [groupId(cohort, category)]) : [],
    readRelated(options, { own, sessionEvents, category }),
  ]);
  return {
    category,
    population,
    everyone,
    individual,
    group,
    sessionEvents,
    searches,
    newestArrival: session.reduce((newest, { arrival = 0 }) => Math.max(newest, arrival), 0),
    sources: [...documents, group, ...neighbours],
    arrivals: session.map(({ arrival }) => arrival),
    visit: sessionKey(identity),
    own,
    ...related,
  };
}

/** The cohort that a visitor without history is placed in by the session; undefined where nothing places them. */
function tasteOf(
  { active: { model }, now }: ReadVisitorOptions,
  shown: Pick<VisitorProfiles, 'everyone' | 'sessionEvents' | 'searches'>,
  document: ProfileDocument | null | undefined,
): string | undefined {
  const { everyone } = shown;
  if (!document?.tastes || !everyone || !model.profiles.sessionProfile) return undefined;
  const affinities = sessionAffinities(model, { ...shown, population: everyone, category: null }, now());
  return nearestCohort(affinities, document.tastes) ?? undefined;
}

/** Made once per document. */
const owned = new WeakMap<ProfileDocument, readonly ProductEvidence[]>();

function ownProducts(individual: ProfileDocument | null): readonly ProductEvidence[] {
  if (!individual?.products) return [];
  const known = owned.get(individual);
  if (known) return known;
  const products = individual.products.map(
    ([objectId, x, populationX, category]): ProductEvidence => ({
      objectId,
      category,
      x,
      populationX,
      profile: 'individual',
    }),
  );
  owned.set(individual, products);
  return products;
}
