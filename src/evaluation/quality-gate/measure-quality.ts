// Measures a model on what is held out: trained on the past by the trainer's code, judged by the evaluation's tasks.
import { KindredError } from '../../core/errors.js';
import type { Model } from '../../core/model/model.js';
import { JUDGED_IMPACTS } from '../../core/model/quality-of-settings.js';
import { type MeasuredQuality, MIN_JUDGED_USERS } from '../../core/model/quality-verdict.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import type { TrainingSource } from '../../training/sources/training-source.js';
import type { JudgeInput } from '../../training/version-judge.js';
import type { CreatePlanFor } from '../evaluation.js';
import { off } from '../methods/baselines.js';
import { impactMethods } from '../methods/model-methods.js';
import { judge } from '../metrics/judge.js';
import { createTally } from '../metrics/tally.js';
import { type Assortment, readAssortment } from '../tasks/assortment.js';
import { categoryQueries, MIN_CANDIDATES, sampleUsersToJudge } from '../tasks/category-task.js';
import { findInteractions, purchaseActions, readHistories } from '../tasks/interactions.js';
import type { Query } from '../tasks/judged-query.js';
import { trainInMemory } from '../train-in-memory.js';
import { type HeldOut, inSchema, withHeldOut } from './held-out.js';
import { differences, measuredSets } from './measured-sets.js';

/** Users with long histories and many lists cost more, and fewer of them prove as much. */
const MAX_JUDGED = { max_users: 1_000, max_lists: 3_000, max_lists_per_user: 5 };
/** Products to be scored by each method; a microsecond or two each. */
const MAX_CANDIDATES = 2_000_000;
/** Judged all the same, or nothing could be said. */
const MIN_QUERIES = 200;
/** Of a model whose own is 0, which has no plan. */
const PLANNED_IMPACT = 50;

export interface MeasureOptions extends JudgeInput {
  readonly createPlanFor: CreatePlanFor;
}

/** Errors (422): `too-short-log`, `too-few-people`, and the trainer's own about the past. */
export async function measureQuality(
  steps: SqlSteps,
  source: TrainingSource,
  { model, active, window, createPlanFor, signal }: MeasureOptions,
  onShare: (share: number) => void,
): Promise<MeasuredQuality> {
  return withHeldOut(steps, source, { model, window }, async (heldOut) => {
    const users = await findUsersToJudge(steps, heldOut);
    const tally = createTally();
    const others = JUDGED_IMPACTS.filter((impact) => impact !== model.impact).map(
      (impact): [string, number] => [`impact ${impact}`, impact],
    );
    let queries: readonly Query[] | undefined;

    /** The profiles of one model alone are in memory at a time. */
    function rank(name: 'version' | 'active', of: Model, from: number, to: number): Promise<void> {
      const share = (part: number) => onShare(from + part * (to - from));
      return inSchema(steps, `held_out_${name}`, ['held_out', 'main'], async () => {
        const input = { model: of, cut: heldOut.cut, users };
        const trained = await trainInMemory(steps, heldOut.source, input, (part) => share(part / 2));
        const assortment = await readAssortment(steps);
        queries ??= await queriesToJudge(steps, assortment, users, heldOut.cut);
        const impacts = new Map([[name as string, of.impact], ...(name === 'version' ? others : [])]);
        const planned = { ...of, impact: of.impact || PLANNED_IMPACT };
        const planFor = createPlanFor({ ...trained.active, model: planned }, trained.profiles);
        const { multiValuedFields } = trained.active;
        const ranked = impactMethods(impacts, planned.impact, assortment, planFor, multiValuedFields);
        const methods = name === 'version' ? [off(assortment), ...ranked] : ranked;
        const onJudged = (part: number) => share((1 + part) / 2);
        await judge(queries, methods, assortment, onJudged, { tally, signal });
      });
    }

    await rank('version', model, 0, active ? 0.5 : 1);
    const problem = active && (await reasonOf(rank('active', active.model, 0.5, 1), signal));
    const compared = active !== null && problem === null;
    const sets = measuredSets(tally, 'version', compared);
    return {
      from: new Date(heldOut.cut).toISOString().slice(0, 10),
      days: heldOut.days,
      people: tally.subjects('ALL'),
      active: active && { model: active.model.id, version: active.version, problem },
      sets,
      impacts: others.map(([name, impact]) => ({
        impact,
        sets: measuredSets(tally, name, compared),
        vsOwn: differences(tally, sets, name, 'version'),
      })),
    };
  });
}

/** Why something could not be done, e.g. as a field that the active model needs is gone; null when it was. */
async function reasonOf(work: Promise<void>, signal: AbortSignal | undefined): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof KindredError) return error.message;
    throw error;
  }
}

/** Leaves `interactions` and `assortment`. */
async function findUsersToJudge(
  steps: SqlSteps,
  { cut, until, days, source }: HeldOut,
): Promise<ReadonlySet<string>> {
  const actions = await purchaseActions(source);
  await findInteractions(steps, { actions, cut, until });
  const users = await sampleUsersToJudge(steps, cut, MAX_JUDGED);
  if (users.size >= MIN_JUDGED_USERS) return users;
  throw new KindredError(
    'too-few-people',
    `of the last ${days} days there is a ${actions.join(' or ')} of ${users.size} known people in categories ` +
      `of ${MIN_CANDIDATES} products or more; ${MIN_JUDGED_USERS} people are needed`,
    { status: 422 },
  );
}

async function queriesToJudge(
  steps: SqlSteps,
  assortment: Assortment,
  users: ReadonlySet<string>,
  cut: number,
): Promise<Query[]> {
  const histories = await readHistories(steps, 'user', cut, users);
  const input = { cut, users, excluded: [] };
  const { max_lists_per_user } = MAX_JUDGED;
  return boundQueries(await categoryQueries(steps, assortment, histories, input, max_lists_per_user), users);
}

/**
 * Bounds the work, however many products the categories have: every user's first list, then every user's second, and
 * so on, as far as it goes; in their old order, by user.
 * @param users in a random order, which decides whose lists are left out
 */
function boundQueries(queries: readonly Query[], users: Iterable<string>): Query[] {
  const lists = new Map<string, Query[]>([...users].map((user) => [user, []]));
  for (const query of queries) lists.get(query.subject)?.push(query);
  const chosen = new Set<Query>();
  const longest = Math.max(0, ...[...lists.values()].map(({ length }) => length));
  let candidates = 0;
  for (let turn = 0; turn < longest; turn++)
    for (const list of lists.values()) {
      const query = list[turn];
      if (!query || (candidates >= MAX_CANDIDATES && chosen.size >= MIN_QUERIES)) continue;
      chosen.add(query);
      candidates += query.candidates.length;
    }
  return queries.filter((query) => chosen.has(query));
}
