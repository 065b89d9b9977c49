// From the views of a source to affinities of people, cohorts and the population: the order of the SQL steps.

import { DOUBLE, VARCHAR } from '@duckdb/node-api';
import type { CohortDefinitions } from '../../core/affinity/behavioral-cohorts.js';
import { eventWeigher } from '../../core/affinity/event-weight.js';
import { MAX_NUMBER_BANDS } from '../../core/affinity/number-bands.js';
import { DAY_MS, halfLifeDays } from '../../core/affinity/time-decay.js';
import { SESSION_MS } from '../../core/event/session-event.js';
import { affinityFields, type Model } from '../../core/model/model.js';
import { writeEventNames } from '../../datasets/format/event-names-table.js';
import { createRowWriter } from '../../duckdb/row-writer.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import { joinEvents } from '../sources/join-events.js';
import type { TrainingSource, TrainingWindow } from '../sources/training-source.js';
import { cohortKey } from './cohort-key.js';
import { type BehavioralCohorts, formBehavioralCohorts } from './form-behavioral-cohorts.js';
import { writeQueryValues } from './query-values.js';

/** Milliseconds in which a product that is bought again counts as bought again: four weeks. */
const RHYTHM_HORIZON = BigInt(28 * DAY_MS);

/** What was counted, from `summary.sql`. */
export interface AffinitySummary {
  /** people with a counting event on a known product or a counting search for a known value */
  readonly people: number;
  /** events that counted */
  readonly events: number;
  /** people who get a document: those with events and those with a cohort */
  readonly individuals: number;
  readonly cohorts: number;
  /** the highest number of a product */
  readonly items: number;
  /** what behavioral cohorts are; null without them */
  readonly tastes: CohortDefinitions | null;
  /** documents to publish: individuals, products with neighbours, tastes, cohorts and the population per scope */
  readonly documents: number;
  /** whether any field has two values in all products */
  readonly comparable: boolean;
  /** numbers that are not finite or not positive; a run with any must not be published */
  readonly unfit: number;
  readonly unknownProducts: number;
  readonly multiValuedFields: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Leaves `individual_affinities`, `group_affinities`, `population_affinities` (owner, scope, value_id, x) and what
 * names them (`people`, `cohorts`, `categories`, `affinity_values`, `kept_fields`, `participation`).
 * x is what `core/affinity` folds, for everyone at once; groups and the population are sums over people.
 * @param onShare called with the share of steps done, 0–1
 */
export async function computeAffinities(
  steps: SqlSteps,
  source: TrainingSource,
  model: Model,
  window: TrainingWindow,
  onShare: (share: number) => void,
): Promise<AffinitySummary> {
  await writeEventWeights(steps, model);
  await joinEvents(steps, window);
  const cohort = cohortKey(model, source);
  const fields = affinityFields(model);
  const asOf = BigInt(window.asOf);
  const values = ageValues(model, window);
  let behavioral: BehavioralCohorts = { tastes: null, notes: [] };
  const related = model.products.related > 0;
  const sequence: (Parameters<SqlSteps['run']> | (() => Promise<void>))[] = [
    ['person-products', { values: { ...values, horizon: RHYTHM_HORIZON } }],
    ['person-queries', { values }],
    ['categories'],
    ['products'],
    ['product-values'],
    ...fields.map(
      (field): Parameters<SqlSteps['run']> => [
        'field-values',
        {
          text: { values: source.productValues(field) },
          values: { field, is_number: source.isNumber(field) },
        },
      ],
    ),
    ['item-numbers'],
    ['number-bands', { values: { most: MAX_NUMBER_BANDS } }],
    ['affinity-values'],
    () => writeQueryValues(steps),
    ['cohort-members', { text: { cohort: cohort.sql } }],
    ['people'],
    ['item-values'],
    ['signals'],
    ['value-sums'],
    ['search-sums'],
    ['individual-affinities'],
    ['population-affinities'],
    ['participation'],
    async () => {
      if (model.group.by === 'behavioral')
        behavioral = await formBehavioralCohorts(steps, model.globalAffinityFields);
    },
    ['cohorts'],
    ['group-affinities'],
    ['kept-fields'],
    ['rhythm-step'],
    ['rhythm', { values: { as_of: asOf, horizon: RHYTHM_HORIZON } }],
    ['own-products', { values: { as_of: asOf } }],
    ['population-products'],
    ['product-totals'],
    ['bought-with', { values: { wanted: related ? 1 : 0 } }],
    [
      'next-clicks',
      {
        values: {
          since: values.since,
          session_ms: BigInt(SESSION_MS),
          wanted: related && model.profiles.inSession ? 1 : 0,
        },
      },
    ],
  ];
  for (const [done, step] of sequence.entries()) {
    await (typeof step === 'function' ? step() : steps.run(...step));
    onShare((done + 1) / sequence.length);
  }
  const [summary] = await steps.run('summary');
  const [unknown] = await steps.run('unknown-products');
  const multiValued = await steps.run('multi-valued-fields');
  return {
    people: Number(summary?.people),
    events: Number(summary?.events),
    individuals: Number(summary?.individuals),
    cohorts: Number(summary?.cohorts),
    items: Number(summary?.items),
    tastes: behavioral.tastes,
    documents: Number(summary?.documents) + (behavioral.tastes ? 1 : 0),
    comparable: summary?.comparable === true,
    unfit: Number(summary?.unfit),
    unknownProducts: Number(unknown?.events),
    multiValuedFields: multiValued.map(({ field }) => String(field)),
    notes: [...cohort.notes, ...behavioral.notes],
  };
}

/** What `core/affinity` weighs the events of every name with that the log has. */
async function writeEventWeights({ connection, interruptible }: SqlSteps, model: Model): Promise<void> {
  const weigh = eventWeigher(model.eventWeights);
  const names = await interruptible(() => writeEventNames(connection));
  const writer = await createRowWriter(connection, 'event_weights', { action_name: VARCHAR, weight: DOUBLE });
  writer.write(
    names.flatMap((name) => {
      const weight = weigh(name);
      return weight === undefined ? [] : [[name, weight]];
    }),
  );
  writer.close();
}

function ageValues({ timeDecay }: Model, { asOf, since }: TrainingWindow) {
  return {
    as_of: BigInt(asOf),
    since: BigInt(since ?? Number.MIN_SAFE_INTEGER),
    half_life: halfLifeDays(timeDecay),
  };
}
