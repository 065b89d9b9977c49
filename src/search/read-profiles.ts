// Reads everything known about a visitor in parallel, within a deadline: personalization never delays a search.
import type { ProductEvent } from '../core/affinity.js';
import { type Identity, sessionKey } from '../core/event.js';
import type { ActiveModel } from '../core/model.js';
import type { ProductEvidence } from '../core/product-boosts.js';
import { groupId, individualId, type ProfileDocument, populationId, TASTES_ID } from '../core/profile.js';
import { isSearch, type SearchEvent, type SessionEvent } from '../core/search-event.js';
import { placeInCohort } from '../core/taste.js';
import { type RelatedProducts, readRelated } from './read-related.js';
import { sessionAffinities } from './session-affinities.js';

/** Rejects when the store cannot be read; null where there is no such profile. */
export type ReadProfiles = (index: string, ids: readonly string[]) => Promise<(ProfileDocument | null)[]>;
/**
 * What they did lately, oldest first.
 * @param upTo an `arrival`: leaves out what came after it
 */
export type ReadSession = (
  whose: Identity,
  upTo?: number,
) => Promise<readonly (SessionEvent & { readonly arrival?: number })[]>;

export interface VisitorProfiles extends RelatedProducts {
  /** the request's category when the population knows it, else null (all products) */
  readonly category: string | null;
  readonly population: ProfileDocument;
  /** the population in all products: it knows the words that searches can name */
  readonly everyone: ProfileDocument | null;
  readonly individual: ProfileDocument | null;
  readonly group: ProfileDocument | null;
  /** what the session did with products, and what it searched for */
  readonly sessionEvents: readonly ProductEvent[];
  readonly searches: readonly SearchEvent[];
  /** the `arrival` of the newest of both; 0 without any */
  readonly newestArrival: number;
  /** the documents that all of it was read from, in an order of their own */
  readonly sources: readonly (ProfileDocument | null)[];
  /** of the session's events: undefined where the store does not say */
  readonly arrivals: readonly (number | undefined)[];
  /** whose the session is */
  readonly visit: string | undefined;
  /** the person's single products, strongest first; empty when the individual profile is off */
  readonly own: readonly ProductEvidence[];
}

export interface ReadVisitorOptions {
  readonly active: ActiveModel;
  readonly identity: Identity;
  readonly category: string | null;
  readonly readProfiles: ReadProfiles;
  readonly readSession: ReadSession;
  readonly deadlineMs: number;
  /** milliseconds since the epoch; session events age from here */
  readonly now: () => number;
}

/** `profile-timeout`: not all read by the deadline; `profile-error`: the store failed or holds no population. */
export type VisitorFailure = 'profile-timeout' | 'profile-error';

export function readVisitor(options: ReadVisitorOptions): Promise<VisitorProfiles | VisitorFailure> {
  return withinDeadline(options.deadlineMs, () => readNow(options));
}

/** What is read by the deadline; a rejection is a `profile-error`. */
export async function withinDeadline<T>(
  deadlineMs: number,
  read: () => Promise<T>,
): Promise<T | VisitorFailure> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<'profile-timeout'>((resolve) => {
    timer = setTimeout(resolve, deadlineMs, 'profile-timeout');
  });
  try {
    return await Promise.race([read(), deadline]);
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
  const tastes = profiles.group && grouping.by === 'behavioral' ? [TASTES_ID] : [];
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
  return placeInCohort(affinities, document.tastes) ?? undefined;
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
