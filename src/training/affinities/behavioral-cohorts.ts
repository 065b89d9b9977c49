// Behavioral cohorts of a training run: found by k-means among a sample of users, then every user joins the nearest.
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
import { readSqlFile } from '../../duckdb/sql-file.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import { type CohortEvidence, openCohortEvidence } from './cohort-evidence.js';
import { type Cluster, findCentres } from './k-means.js';

const SQL = readSqlFile(new URL('behavioral-cohorts.sql', import.meta.url));

/** Cohorts are found among this many users at most, with this many counting events at least. */
const SAMPLE = { users: 5_000, events: 5 };
const MIN_COHORT_USERS = 50;
const MAX_COHORTS = 24;
/** Values named to say what a cohort likes. */
const MAX_LIKES = 3;
/** Users who are placed at once: some forty milliseconds in which the process does nothing else. */
const USERS_AT_ONCE = 1_000;

export interface BehavioralCohorts {
  /** null where too few users are known well enough */
  readonly definitions: CohortDefinitions | null;
  /** what the caller should know of the cohorts, one sentence each */
  readonly notes: readonly string[];
}

/**
 * After `individual_affinities`, `population_affinities` and `participation`; fills `users.cohort`. Users whose
 * affinities have none of the compared values have no cohort.
 */
export async function formBehavioralCohorts(
  steps: SqlSteps,
  fields: readonly FieldWeight[],
): Promise<BehavioralCohorts> {
  const evidence = await openCohortEvidence(steps, fields);
  const [counts] = await steps.run(SQL, 'user-counts', { values: { events: SAMPLE.events } });
  const [last, known] = [Number(counts?.last), Number(counts?.known)];
  const definitions = await findCohorts(steps, evidence, { last, known });
  if (!definitions) return { definitions, notes: [NONE] };
  const writer = await createRowWriter(steps.connection, 'nearest_cohorts', {
    user_number: INTEGER,
    cohort: VARCHAR,
  });
  for (let first = 1; first <= last; first += USERS_AT_ONCE) {
    const users = await evidence.read({ first, last: first + USERS_AT_ONCE - 1, sampled: false });
    writer.write(users.map(([user, affinities]) => [user, nearestCohort(affinities, definitions)]));
  }
  writer.close();
  await steps.run(SQL, 'members');
  return { definitions, notes: [described(definitions)] };
}

const NONE =
  `There are no behavioral cohorts: they take two tastes of ${MIN_COHORT_USERS} people or more with ` +
  `${formatCount(SAMPLE.events, 'counting event')} each. The group profile is empty.`;

/** @param counts `last`: the highest user number; `known`: users with enough events, of whom a sample is taken */
async function findCohorts(
  steps: SqlSteps,
  { values, read }: CohortEvidence,
  { last, known }: { readonly last: number; readonly known: number },
): Promise<CohortDefinitions | null> {
  await steps.run(SQL, 'sample', { values: SAMPLE });
  const users = await read({ first: 1, last, sampled: true });
  const vectors = users.flatMap(([, affinities]) => {
    const vector = cohortVector(affinities, values);
    return vector ? [vector] : [];
  });
  if (vectors.length < 2 * MIN_COHORT_USERS) return null;
  const wanted = Math.min(MAX_COHORTS, Math.round(Math.sqrt(known / MIN_COHORT_USERS)));
  const clusters = await findCentres(vectors, Math.max(2, wanted), steps);
  const large = clusters.filter(({ members }) => members >= MIN_COHORT_USERS);
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
    likes: strongest.slice(0, MAX_LIKES).map(({ text }) => text),
    // As published: users are placed by the very numbers that sessions are placed by.
    centre: centre.map((away) => Number(away.toFixed(5))),
  };
}

function described({ cohorts }: CohortDefinitions): string {
  const each = cohorts.map((one) => `${one.cohort}: ${one.likes.join(', ')}`);
  return `Behavioral cohorts and what sets them apart: ${each.join('; ')}.`;
}
