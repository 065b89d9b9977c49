// Behavioral cohorts of a training run: tastes found among some people, then everybody goes to the nearest.
import { INTEGER, VARCHAR } from '@duckdb/node-api';
import {
  type CohortDefinitions,
  type CohortValue,
  cohortVector,
  nearestCohort,
} from '../../core/affinity/behavioral-cohorts.js';
import { formatCount } from '../../core/format-count.js';
import type { FieldWeight } from '../../core/model/model.js';
import { createRowWriter } from '../../duckdb/row-writer.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import { openTasteEvidence, type TasteEvidence } from './cohort-evidence.js';
import { type Cluster, findCentres } from './k-means.js';

/** Tastes are found among this many people at most, with this many counting events at least. */
const SAMPLE = { people: 5_000, events: 5 };
/** Fewer people than this form no cohort. */
const FEWEST_PEOPLE = 50;
const MOST_COHORTS = 24;
/** Values named to say what a cohort likes. */
const LIKES = 3;
/** People who are placed at once: some forty milliseconds in which the process does nothing else. */
const PEOPLE_AT_ONCE = 1_000;

export interface BehavioralCohorts {
  /** null where too few people are known well enough */
  readonly tastes: CohortDefinitions | null;
  /** what people should know about their cohorts, one sentence each */
  readonly notes: readonly string[];
}

/**
 * After `individual_affinities`, `population_affinities` and `participation`; fills `people.cohort`. People whose
 * events say nothing about taste have no cohort.
 */
export async function formBehavioralCohorts(
  steps: SqlSteps,
  fields: readonly FieldWeight[],
): Promise<BehavioralCohorts> {
  const evidence = await openTasteEvidence(steps, fields);
  const [people] = await steps.run('taste-people', { values: { events: SAMPLE.events } });
  const tastes = await findTastes(steps, evidence, Number(people?.known));
  if (!tastes) return { tastes, notes: [NONE] };
  const writer = await createRowWriter(steps.connection, 'taste_members', {
    person: INTEGER,
    cohort: VARCHAR,
  });
  for (let first = 1; first <= Number(people?.last); first += PEOPLE_AT_ONCE) {
    const some = await evidence.read(`BETWEEN ${first} AND ${first + PEOPLE_AT_ONCE - 1}`);
    writer.write(some.map(([person, affinities]) => [person, nearestCohort(affinities, tastes)]));
  }
  writer.close();
  await steps.run('taste-members');
  return { tastes, notes: [described(tastes)] };
}

const NONE =
  `There are no behavioral cohorts: they take two tastes of ${FEWEST_PEOPLE} people or more with ` +
  `${formatCount(SAMPLE.events, 'counting event')} each. The group profile is empty.`;

/** @param known people with events enough, of whom a sample is looked at */
async function findTastes(
  steps: SqlSteps,
  { values, read }: TasteEvidence,
  known: number,
): Promise<CohortDefinitions | null> {
  await steps.run('taste-sample', { values: SAMPLE });
  const people = await read('IN (SELECT person FROM taste_sample)');
  const vectors = people.flatMap(([, affinities]) => {
    const vector = cohortVector(affinities, values);
    return vector ? [vector] : [];
  });
  if (vectors.length < 2 * FEWEST_PEOPLE) return null;
  const wanted = Math.min(MOST_COHORTS, Math.round(Math.sqrt(known / FEWEST_PEOPLE)));
  const clusters = await findCentres(vectors, Math.max(2, wanted), steps);
  const large = clusters.filter(({ people: members }) => members >= FEWEST_PEOPLE);
  if (large.length < 2) return null;
  return { values: [...values], cohorts: large.map((cluster, place) => cohort(cluster, place, values)) };
}

function cohort({ centre }: Cluster, place: number, values: readonly CohortValue[]) {
  const strongest = values
    .map(([field, value], at) => ({ text: `${field} ${value}`, away: centre[at] ?? 0 }))
    .filter(({ away }) => away > 0)
    .sort((a, b) => b.away - a.away);
  return {
    cohort: `taste ${place + 1}`,
    likes: strongest.slice(0, LIKES).map(({ text }) => text),
    // As published: everybody is placed by the very numbers that sessions are placed by.
    centre: centre.map((away) => Number(away.toFixed(5))),
  };
}

function described({ cohorts }: CohortDefinitions): string {
  const each = cohorts.map((one) => `${one.cohort}: ${one.likes.join(', ')}`);
  return `Behavioral cohorts and what sets them apart: ${each.join('; ')}.`;
}
