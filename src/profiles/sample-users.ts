// Users of a trained version to look at: a sample with different preferences, or those whose id begins with a text.
import { LRUCache } from 'lru-cache';
import type { UserSummary } from '../contract/user.js';
import type { Catalog } from '../core/catalog.js';
import type { ActiveModel } from '../core/model/model.js';
import { describeDistinctiveValues, distinctiveValues } from '../core/profile/distinctive-values.js';
import {
  individualId,
  type ProfileDocument,
  populationId,
  scopeAffinities,
} from '../core/profile/profile.js';
import type { EngineClient } from '../engine/client/client.js';
import type { ReadProfiles } from './profile-store.js';

/** Users the sample is chosen from; few, as profiles are large. */
const CANDIDATES = 60;
/** Users with fewer events are candidates only where there are too few others. */
const MIN_EVENTS = 10;
const MAX_DISTINCTIVE_VALUES = 5;
/** Of a version the sample is always the same one, until users are erased. */
const KEPT_MS = 10 * 60_000;
const MAX_KEPT = 8;

export interface SampleOptions {
  readonly engine: Pick<EngineClient, 'search'>;
  readonly readProfiles: ReadProfiles;
  readonly active: ActiveModel;
  readonly catalog: Pick<Catalog, 'categoryField'>;
}

/** `sampleUsers`, which reads megabytes of profiles, kept for ten minutes; users who were erased meanwhile are left out. */
export function createUserSample({ engine }: { readonly engine: Pick<EngineClient, 'mget'> }) {
  const kept = new LRUCache<string, UserSummary[], { options: SampleOptions; limit: number }>({
    max: MAX_KEPT,
    ttl: KEPT_MS,
    fetchMethod: (_key, _stale, { context: { options, limit } }) => sampleUsers(options, limit),
  });
  return async (options: SampleOptions, limit: number): Promise<UserSummary[]> => {
    const { model, version, profileIndex } = options.active;
    const key = JSON.stringify([model.id, version, profileIndex, limit]);
    const fresh = !kept.has(key);
    const users = (await kept.fetch(key, { context: { options, limit } })) ?? [];
    if (fresh) return users;
    const ids = users.map(({ user_id }) => individualId(user_id));
    const there = await engine.mget(profileIndex, ids, ['key']);
    return users.filter((_, position) => there[position]);
  };
}

/** By the hash of user ids: the same sample for the same version, however the engine holds its profiles. */
export async function sampleUsers(options: SampleOptions, limit: number): Promise<UserSummary[]> {
  const withEvents = (min: number) => findProfiles(options, randomSample(min), CANDIDATES);
  const active = await withEvents(MIN_EVENTS);
  const candidates = active.length >= limit ? active : await withEvents(1);
  return mostDifferent(await summarize(options, candidates), limit);
}

/** In the order of their ids. @param start of the id, in any case */
export async function usersById(
  options: SampleOptions,
  start: string,
  limit: number,
): Promise<UserSummary[]> {
  const query = { prefix: { key: { value: start, case_insensitive: true } } };
  const body = { query: { bool: { filter: [{ term: { kind: 'individual' } }, query] } }, sort: ['key'] };
  return summarize(options, await findProfiles(options, body, limit));
}

async function findProfiles({ engine, active }: SampleOptions, body: object, size: number) {
  const { hits } = await engine.search<ProfileDocument>(active.profileIndex, { ...body, size });
  return hits.hits.map(({ _source }) => _source);
}

function randomSample(minEvents: number): object {
  const filter = [{ term: { kind: 'individual' } }, { range: { events: { gte: minEvents } } }];
  const random_score = { seed: 1, field: 'key' };
  return { query: { function_score: { query: { bool: { filter } }, random_score, boost_mode: 'replace' } } };
}

async function summarize(
  { active, catalog, readProfiles }: SampleOptions,
  documents: readonly ProfileDocument[],
): Promise<UserSummary[]> {
  const [document] = await readProfiles(active.profileIndex, [populationId(null)]);
  const population = document ? scopeAffinities(document, null) : new Map();
  return documents.map((individual) => {
    const top = distinctiveValues(active.model, individual, population, MAX_DISTINCTIVE_VALUES);
    const { key, events, cohort = null } = individual;
    const words = describeDistinctiveValues(individual, top, catalog.categoryField);
    return { user_id: key, events, words, cohort, top };
  });
}

/**
 * One after another, the user who shares the fewest distinctive values with those chosen before; at a tie the highest lift,
 * then the first id: the order in which the engine holds profiles is chance.
 */
function mostDifferent(users: readonly UserSummary[], limit: number): UserSummary[] {
  // Sums of the same events differ in their last digits from training to training.
  const strength = ({ top }: UserSummary) => Math.round((top[0]?.lift ?? 0) * 1e9);
  const left = [...users].sort((a, b) => strength(b) - strength(a) || (a.user_id < b.user_id ? -1 : 1));
  const chosen: UserSummary[] = [];
  const taken = new Set<string>();
  const valuesOf = ({ top }: UserSummary) => top.map(({ field, value }) => JSON.stringify([field, value]));
  const countShared = (user: UserSummary) => valuesOf(user).filter((value) => taken.has(value)).length;
  while (chosen.length < limit && left.length > 0) {
    const least = Math.min(...left.map(countShared));
    const position = left.findIndex((user) => countShared(user) === least);
    const [next] = left.splice(position, 1);
    if (!next) break;
    chosen.push(next);
    for (const value of valuesOf(next)) taken.add(value);
  }
  return chosen;
}
