// Shoppers to look at: a sample of people with different tastes, or those whose id begins with something.
import type { Catalog } from '../../core/catalog.js';
import type { ActiveModel } from '../../core/model/model.js';
import {
  type DistinctiveValue,
  describeDistinctiveValues,
  distinctiveValues,
} from '../../core/profile/distinctive-values.js';
import { type ProfileDocument, populationId, scopeAffinities } from '../../core/profile/profile.js';
import type { EngineClient } from '../../engine/client/client.js';

/** People the sample is picked from: profiles are large. */
const CANDIDATES = 60;
/** Fewer events than this hardly make a taste. */
const ENOUGH_EVENTS = 10;
const TOP_VALUES = 5;

export interface ShownPerson {
  readonly user_id: string;
  readonly events: number;
  /** their tastes in words */
  readonly words: string;
  readonly cohort: string | null;
  /** what they prefer more than others do, what speaks loudest first */
  readonly top: readonly DistinctiveValue[];
}

interface PeopleOptions {
  readonly engine: Pick<EngineClient, 'search'>;
  readonly catalog: Pick<Catalog, 'categoryField'>;
  readonly active: ActiveModel;
  /** from the profile index, by document id */
  readonly readProfiles: (index: string, ids: readonly string[]) => Promise<(ProfileDocument | null)[]>;
}

/** The same people for the same version. */
export async function samplePeople(options: PeopleOptions, limit: number): Promise<ShownPerson[]> {
  const atLeast = (events: number) => find(options, sample(events), CANDIDATES);
  const known = await atLeast(ENOUGH_EVENTS);
  const candidates = known.length >= limit ? known : await atLeast(1);
  return different(await shown(options, candidates), limit);
}

/** In the order of their ids. @param start what the id begins with, whatever its case */
export async function peopleById(
  options: PeopleOptions,
  start: string,
  limit: number,
): Promise<ShownPerson[]> {
  const query = { prefix: { key: { value: start, case_insensitive: true } } };
  const body = { query: { bool: { filter: [{ term: { kind: 'individual' } }, query] } }, sort: ['key'] };
  return shown(options, await find(options, body, limit));
}

async function find({ engine, active }: PeopleOptions, body: object, size: number) {
  const { hits } = await engine.search<ProfileDocument>(active.profileIndex, { ...body, size });
  return hits.hits.map(({ _source }) => _source);
}

function sample(events: number): object {
  const filter = [{ term: { kind: 'individual' } }, { range: { events: { gte: events } } }];
  const random_score = { seed: 1, field: '_seq_no' };
  return { query: { function_score: { query: { bool: { filter } }, random_score, boost_mode: 'replace' } } };
}

async function shown(
  { active, catalog, readProfiles }: PeopleOptions,
  documents: readonly ProfileDocument[],
): Promise<ShownPerson[]> {
  const [everyone] = await readProfiles(active.profileIndex, [populationId(null)]);
  const population = everyone ? scopeAffinities(everyone, null) : new Map();
  return documents.map((document) => {
    const top = distinctiveValues(active.model, document, population, TOP_VALUES);
    const { key, events, cohort = null } = document;
    return {
      user_id: key,
      events,
      words: describeDistinctiveValues(document, top, catalog.categoryField),
      cohort,
      top,
    };
  });
}

/** One after another, whoever shares the fewest tastes with those picked before; of two, whose taste is stronger. */
function different(people: readonly ShownPerson[], limit: number): ShownPerson[] {
  const left = [...people].sort((a, b) => (b.top[0]?.lift ?? 0) - (a.top[0]?.lift ?? 0));
  const picked: ShownPerson[] = [];
  const taken = new Set<string>();
  const tastes = ({ top }: ShownPerson) => top.map(({ field, value }) => JSON.stringify([field, value]));
  const shared = (person: ShownPerson) => tastes(person).filter((taste) => taken.has(taste)).length;
  while (picked.length < limit && left.length > 0) {
    const least = Math.min(...left.map(shared));
    const [next] = left.splice(
      left.findIndex((person) => shared(person) === least),
      1,
    );
    if (!next) break;
    picked.push(next);
    for (const taste of tastes(next)) taken.add(taste);
  }
  return picked;
}
