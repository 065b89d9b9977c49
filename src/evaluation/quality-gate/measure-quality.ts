// Measures a model on what is held out: trained on the past by the trainer's code, judged by the evaluation's.
import { KindredError } from '../../core/errors.js';
import type { Model } from '../../core/model/model.js';
import { type MeasuredQuality, MIN_JUDGED_USERS } from '../../core/model/quality-verdict.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import type { TrainingSource } from '../../training/sources/training-source.js';
import type { JudgeInput } from '../../training/version-judge.js';
import type { CreatePlanFor } from '../evaluation.js';
import { off } from '../methods/baselines.js';
import { modelMethod } from '../methods/model-methods.js';
import { judge } from '../metrics/judge.js';
import { createTally } from '../metrics/tally.js';
import { type Assortment, countDeeds, readAssortment } from '../tasks/assortment.js';
import { categoryQueries, FEWEST_CANDIDATES } from '../tasks/category-task.js';
import { readHistories } from '../tasks/histories.js';
import type { Query } from '../tasks/judged-query.js';
import { takenActions } from '../tasks/taken-actions.js';
import { trainInMemory } from '../train-in-memory.js';
import { chosenQueries } from './chosen-queries.js';
import { type HeldOut, inSchema, withHeldOut } from './held-out.js';
import { measuredSets } from './measured-sets.js';

/** Who has much history and takes much costs more, and fewer of them prove as much. */
const MOST_JUDGED = { most: 1_000, lists: 3_000, lists_of_one: 5 };

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
    const users = await judgedPeople(steps, heldOut);
    const tally = createTally();
    let queries: readonly Query[] | undefined;

    /** The profiles of one model alone are in memory at a time. */
    function rank(name: 'version' | 'active', of: Model, from: number, to: number): Promise<void> {
      const share = (part: number) => onShare(from + part * (to - from));
      return inSchema(steps, `held_out_${name}`, ['held_out', 'main'], async () => {
        const asked = { model: of, cut: heldOut.cut, users };
        const trained = await trainInMemory(steps, heldOut.source, asked, (part) => share(part / 2));
        const assortment = await readAssortment(steps);
        queries ??= await chooseQueries(steps, assortment, users, heldOut.cut);
        const planFor = createPlanFor(trained.active, trained.profiles);
        const method = modelMethod(name, assortment, planFor, trained.active.multiValuedFields);
        const methods = name === 'version' ? [off(assortment), method] : [method];
        const onJudged = (part: number) => share((1 + part) / 2);
        await judge(queries, methods, assortment, onJudged, { tally, signal });
      });
    }

    await rank('version', model, 0, active ? 0.5 : 1);
    const problem = active && (await reasonOf(rank('active', active.model, 0.5, 1), signal));
    return {
      from: new Date(heldOut.cut).toISOString().slice(0, 10),
      days: heldOut.days,
      people: tally.people('ALL'),
      active: active && { model: active.model.id, version: active.version, problem },
      sets: measuredSets(tally, active !== null && problem === null),
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

/** Leaves `deeds` and `assortment`. */
async function judgedPeople(
  steps: SqlSteps,
  { cut, until, days, source }: HeldOut,
): Promise<ReadonlySet<string>> {
  const actions = await takenActions(source);
  await countDeeds(steps, { actions, cut, until });
  const values = { cut: BigInt(cut), candidates: FEWEST_CANDIDATES, ...MOST_JUDGED };
  const rows = await steps.run('quality/judged-people', { values });
  if (rows.length >= MIN_JUDGED_USERS) return new Set(rows.map(({ user_id }) => String(user_id)));
  throw new KindredError(
    'too-few-people',
    `of the last ${days} days there is a ${actions.join(' or ')} of ${rows.length} known people in categories ` +
      `of ${FEWEST_CANDIDATES} products or more; ${MIN_JUDGED_USERS} people are needed`,
    { status: 422 },
  );
}

async function chooseQueries(
  steps: SqlSteps,
  assortment: Assortment,
  users: ReadonlySet<string>,
  cut: number,
): Promise<Query[]> {
  const histories = await readHistories(steps, 'person', cut, users);
  const asked = { cut, users, excluded: [] };
  return chosenQueries(
    await categoryQueries(steps, assortment, histories, asked, MOST_JUDGED.lists_of_one),
    users,
  );
}
