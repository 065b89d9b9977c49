// Offline evaluation: train before the cut as the product does, then judge its rankings by what users did after.
import { VARCHAR } from '@duckdb/node-api';
import { KindredError } from '../core/errors.js';
import type { Model } from '../core/model/model.js';
import { openDuckDb } from '../duckdb/duckdb.js';
import { createRowWriter } from '../duckdb/row-writer.js';
import { readSqlFile } from '../duckdb/sql-file.js';
import { createSqlSteps, type SqlSteps } from '../duckdb/sql-steps.js';
import { openDatasetSource } from '../training/sources/dataset-source.js';
import { datasetModel } from './dataset-model.js';
import type { EvaluateOptions, Evaluation } from './evaluation.js';
import { measureExactNames } from './exact-names/exact-names.js';
import { off, popularity, rawShare, repeatOwn } from './methods/baselines.js';
import { modelMethods } from './methods/model-methods.js';
import { judge } from './metrics/judge.js';
import { readAssortment } from './tasks/assortment.js';
import { categoryTask } from './tasks/category-task.js';
import { clickActions, findInteractions, purchaseActions } from './tasks/interactions.js';
import { sessionTask } from './tasks/session-task.js';
import { trainInMemory } from './train-in-memory.js';

const SQL = readSqlFile(new URL('evaluate.sql', import.meta.url));

/** Share of the work that is reading and training. */
const TRAINED = 0.4;
/** Where an engine is asked: share of the work before that. */
const JUDGED = 0.7;

export interface EvaluationRun {
  readonly evaluation: Evaluation;
  /** the given one, or the default model of the dataset */
  readonly model: Model;
}

/**
 * Protocol: see docs/evaluation.md.
 * Errors (422): `unknown-user`, `no-events`, `nothing-to-judge`, `no-fields`, and those of datasets and training.
 */
export async function evaluate(options: EvaluateOptions): Promise<EvaluationRun> {
  const database = await openDuckDb();
  try {
    return await evaluateWith(createSqlSteps(database.connection), options);
  } finally {
    await database.close();
  }
}

async function evaluateWith(steps: SqlSteps, options: EvaluateOptions): Promise<EvaluationRun> {
  const { dataset, task, cut, until, users, engine, onProgress: onAll = () => {} } = options;
  const onProgress = (share: number, stage: string) => onAll(engine ? JUDGED * share : share, stage);
  onProgress(0, 'read dataset');
  const source = await openDatasetSource(steps, dataset, cut);
  await checkUsers(steps, options);
  if (users && options.history !== undefined) await shortenHistories(steps, users, options.history);
  const model = { ...(options.model ?? (await datasetModel(steps, source))), ...options.preset };
  const trained = await trainInMemory(steps, source, { model, cut, users }, (share) =>
    onProgress(TRAINED * share, 'train'),
  );
  const actions = await (task === 'session' ? clickActions : purchaseActions)(source);
  await findInteractions(steps, { actions, cut, until });
  const assortment = await readAssortment(steps);
  const readTask = task === 'session' ? sessionTask : categoryTask;
  const { queries, methods } = await readTask(steps, assortment, { ...options, actions });
  if (queries.length === 0) throw nothingToJudge(options, actions);
  const all = [
    popularity(assortment),
    off(assortment),
    rawShare(assortment, trained),
    repeatOwn(),
    ...methods,
    ...modelMethods(assortment, trained),
  ];
  const tally = await judge(queries, all, assortment, (share) =>
    onProgress(TRAINED + (1 - TRAINED) * share, 'judge'),
  );
  const people = new Set(queries.map(({ subject }) => subject)).size;
  const judged = { task, cut: day(cut), until: day(until), people, sets: tally.results() };
  if (!engine) return { model, evaluation: judged };
  const { tables } = source;
  const onShare = (share: number) => onAll(JUDGED + (1 - JUDGED) * share, 'ask for products by name');
  const exact = await measureExactNames({ steps, engine, tables, trained, now: cut, onShare });
  return { model, evaluation: { ...judged, exact } };
}

async function checkUsers(steps: SqlSteps, { users, dataset }: EvaluateOptions): Promise<void> {
  if (!users) return;
  const values = { users: JSON.stringify([...users]) };
  const [unknown] = await steps.run(SQL, 'unknown-users', { values });
  if (unknown)
    throw new KindredError(
      'unknown-user',
      `--users names "${unknown.user_id}", whom ${dataset} does not know; write one user_id a line`,
      { status: 422 },
    );
}

/**
 * Makes the judged users newcomers: training sees only the last of their events, and all events of all others.
 * @param history events that each of them keeps
 */
async function shortenHistories(steps: SqlSteps, users: ReadonlySet<string>, history: number): Promise<void> {
  const writer = await createRowWriter(steps.connection, 'judged_users', { user_id: VARCHAR });
  writer.write([...users].map((user) => [user]));
  writer.close();
  await steps.run(SQL, 'short-histories', { values: { history } });
  await steps.run(SQL, 'events-with-short-histories');
}

function nothingToJudge({ task, cut, until, users }: EvaluateOptions, actions: readonly string[]) {
  const whose = users ? 'of the people in --users ' : '';
  const what =
    task === 'session'
      ? `no session ${whose}of three clicks or more`
      : `no ${actions.join(' or ')} ${whose}in a category of 20 products or more`;
  return new KindredError(
    'nothing-to-judge',
    `there is ${what} from ${day(cut)} to ${day(until)}; choose other days`,
    { status: 422 },
  );
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
