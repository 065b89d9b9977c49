// From the views of a source to affinities of users, cohorts and the population: the order of the SQL stages.
import { BOOLEAN, DOUBLE, VARCHAR } from '@duckdb/node-api';
import { DAY_MS, eventWeigher, halfLifeDays } from '../../core/affinity/affinity.js';
import type { CohortDefinitions } from '../../core/affinity/behavioral-cohorts.js';
import { PRIOR_ELSEWHERE } from '../../core/affinity/carried-taste.js';
import { MAX_NUMBER_BANDS } from '../../core/affinity/number-bands.js';
import { SMOOTHING } from '../../core/affinity/population-share.js';
import { eventMove } from '../../core/affinity/taken-back.js';
import { SESSION_MS } from '../../core/event/session-event.js';
import { affinityFields, type Model } from '../../core/model/model.js';
import { writeEventNames } from '../../datasets/format/event-names-table.js';
import { createRowWriter } from '../../duckdb/row-writer.js';
import { readSqlFile, type SqlFile } from '../../duckdb/sql-file.js';
import type { SqlParameters, SqlSteps } from '../../duckdb/sql-steps.js';
import { joinEvents } from '../sources/join-events.js';
import type { TrainingSource } from '../sources/training-source.js';
import type { TrainingWindow } from '../sources/training-window.js';
import { attributeCohorts } from './attribute-cohorts.js';
import { type BehavioralCohorts, formBehavioralCohorts } from './behavioral-cohorts.js';
import { writeCategoryScopes } from './category-scopes.js';
import { writeQueryValues } from './query-values.js';

const sql = (name: string) => readSqlFile(new URL(`${name}.sql`, import.meta.url));
const KEPT_EVENTS = sql('kept-events');
const EVENTS = sql('events');
const PRODUCTS = sql('products');
const VALUES = sql('values');
const INDIVIDUAL_AFFINITIES = sql('individual-affinities');
const TRANSFER = sql('transfer');
const GROUP_AFFINITIES = sql('group-affinities');
const BUY_AGAIN = sql('buy-again');
const RELATED_PRODUCTS = sql('related-products');
const SUMMARY = sql('summary');

/** Milliseconds in which a product that is bought again counts as bought again: four weeks. */
const BUY_AGAIN_HORIZON = BigInt(28 * DAY_MS);

/** Of how many users it is learned how far tastes carry over, from categories with how many weighted events of theirs. */
const TRANSFER_SAMPLE = { max_users: 1_000, max_own: 1 };
/** As if so much evidence had said that nothing carries over: a few dozen users do not decide. */
const TRANSFER_SHRINKAGE = 20;
/** Measured: at .19 (makers of groceries) lists got worse by .006, at .66 and above better (docs/measurements.md). */
const LEAST_TRANSFER = 0.25;

/** What was counted, from `summary.sql`. */
export interface AffinitySummary {
  /** users with a counting event on a known product or a counting search for a known value */
  readonly users: number;
  /** events that counted */
  readonly events: number;
  /** users who get a document: those with events and those with a cohort */
  readonly individuals: number;
  readonly cohorts: number;
  /** the highest number of a product */
  readonly items: number;
  /** null without behavioral cohorts */
  readonly cohortDefinitions: CohortDefinitions | null;
  /** documents to publish: individuals, products with neighbours, cohort definitions, cohorts and the population per scope */
  readonly documents: number;
  /** whether any field has two values in all products */
  readonly comparable: boolean;
  /** numbers that are not finite or not positive; a run with any must not be published */
  readonly unfit: number;
  readonly unknownProducts: number;
  readonly multiValuedFields: readonly string[];
  /** what the caller should know of the cohorts, one sentence each */
  readonly notes: readonly string[];
}

/**
 * Leaves `individual_affinities`, `group_affinities`, `population_affinities` (owner, scope, value_id, x) and what
 * names them (`users`, `cohorts`, `categories`, `affinity_values`, `kept_fields`, `participation`).
 * x is what `core/affinity` folds, for all users at once; groups and the population are sums over users.
 * @param onShare called with the share of steps done, 0–1
 */
export async function computeAffinities(
  steps: SqlSteps,
  source: TrainingSource,
  model: Model,
  window: TrainingWindow,
  onShare: (share: number) => void,
): Promise<AffinitySummary> {
  const removals = await writeEventWeights(steps, model);
  await joinEvents(steps, window);
  const cohort = attributeCohorts(model, source);
  let behavioral: BehavioralCohorts = { definitions: null, notes: [] };
  const related = model.products.related > 0;
  const values = {
    as_of: BigInt(window.asOf),
    since: BigInt(window.since ?? Number.MIN_SAFE_INTEGER),
    half_life: halfLifeDays(model.timeDecay),
    horizon: BUY_AGAIN_HORIZON,
    max_bands: MAX_NUMBER_BANDS,
    session_ms: BigInt(SESSION_MS),
    bought_with: related,
    next_clicks: related && model.profiles.inSession,
  };
  const statement =
    (file: SqlFile, name: string, parameters: SqlParameters = { values }) =>
    () =>
      steps.run(file, name, parameters);
  const stage = (file: SqlFile, text = {}) =>
    [...file.keys()].map((name) => statement(file, name, { text, values }));
  const sequence: readonly (() => Promise<unknown>)[] = [
    ...(removals ? ['moves', 'taken-back', 'kept'] : ['as-recorded']).map((name) =>
      statement(KEPT_EVENTS, name),
    ),
    ...stage(EVENTS),
    statement(PRODUCTS, 'category-text'),
    statement(PRODUCTS, 'product-categories', { text: { categories: source.categories } }),
    () => writeCategoryScopes(steps),
    ...['categories', 'products', 'item-scopes', 'item-categories'].map((name) => statement(PRODUCTS, name)),
    statement(VALUES, 'product-values'),
    ...affinityFields(model).map((field) =>
      statement(VALUES, 'field-values', {
        text: { values: source.productValues(field) },
        values: { field, is_number: source.isNumber(field) },
      }),
    ),
    statement(VALUES, 'item-numbers'),
    statement(VALUES, 'number-bands'),
    statement(VALUES, 'affinity-values'),
    statement(VALUES, 'item-values'),
    () => writeQueryValues(steps),
    ...stage(INDIVIDUAL_AFFINITIES, { cohort: cohort.sql }),
    async () => {
      if (model.group.by === 'behavioral')
        behavioral = await formBehavioralCohorts(steps, model.globalAffinityFields);
    },
    statement(TRANSFER, 'transfer', {
      values: {
        ...TRANSFER_SAMPLE,
        prior: PRIOR_ELSEWHERE,
        smoothing: SMOOTHING,
        shrinkage: TRANSFER_SHRINKAGE,
        least: LEAST_TRANSFER,
      },
    }),
    ...stage(GROUP_AFFINITIES),
    ...stage(BUY_AGAIN),
    ...stage(RELATED_PRODUCTS),
  ];
  for (const [done, step] of sequence.entries()) {
    await step();
    onShare((done + 1) / sequence.length);
  }
  return readSummary(steps, behavioral, [...cohort.notes, ...behavioral.notes]);
}

async function readSummary(
  steps: SqlSteps,
  { definitions }: BehavioralCohorts,
  notes: readonly string[],
): Promise<AffinitySummary> {
  const [summary] = await steps.run(SUMMARY, 'summary');
  const [unknown] = await steps.run(SUMMARY, 'unknown-products');
  const multiValued = await steps.run(SUMMARY, 'multi-valued-fields');
  return {
    users: Number(summary?.active_users),
    events: Number(summary?.events),
    individuals: Number(summary?.individuals),
    cohorts: Number(summary?.cohorts),
    items: Number(summary?.items),
    cohortDefinitions: definitions,
    documents: Number(summary?.documents) + (definitions ? 1 : 0),
    comparable: summary?.comparable === true,
    unfit: Number(summary?.unfit),
    unknownProducts: Number(unknown?.events),
    multiValuedFields: multiValued.map(({ field }) => String(field)),
    notes,
  };
}

/**
 * What `core/affinity` weighs the events of every name with that the log has, and which of them give and take back.
 * @returns whether anything is taken back
 */
async function writeEventWeights({ connection, interruptible }: SqlSteps, model: Model): Promise<boolean> {
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
  const moves = names.flatMap((name) => {
    const move = eventMove(name);
    return move === null ? [] : [{ name, ...move }];
  });
  const columns = { action_name: VARCHAR, gives: VARCHAR, takes: BOOLEAN };
  const moveWriter = await createRowWriter(connection, 'event_moves', columns);
  moveWriter.write(moves.map(({ name, gives, takes }) => [name, gives, takes]));
  moveWriter.close();
  return moves.some(({ takes }) => takes);
}
