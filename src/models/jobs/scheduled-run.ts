// A training that a schedule starts: saved when done, and activated if the model was active and is no worse.
import type { ScheduledRun } from '../../contract/schedule.js';
import type { TrainingStatus } from '../../contract/training.js';
import { KindredError } from '../../core/errors.js';
import { type ModelChange, modelChanges } from '../../core/model/model-changes.js';
import type { Lifecycle } from '../lifecycle/lifecycle.js';
import { findVersion } from '../store/model-record.js';
import type { ModelStore } from '../store/model-store.js';

const ACTOR = 'schedule';

export interface ScheduledRunDependencies {
  readonly lifecycle: Pick<Lifecycle, 'start' | 'view' | 'save' | 'activate'>;
  readonly modelStore: Pick<ModelStore, 'get'>;
}

export type Outcome = Pick<ScheduledRun, 'outcome' | 'message'>;

/**
 * Edits are trained too, but a schedule never makes them serve: such a version stays `trained`, and so does one that
 * the quality gate finds worse. With edits that were saved but not activated, the new version is saved, not activated.
 * Resolves once the training has started, or could not. Neither this nor `finished` rejects: errors become the outcome.
 */
export async function startScheduled(
  deps: ScheduledRunDependencies,
  modelId: string,
): Promise<{ readonly finished: Promise<Outcome> }> {
  try {
    const { finished } = await deps.lifecycle.start(modelId, { actor: ACTOR });
    return { finished: finished.then((status) => outcomeOf(deps, modelId, status)).catch(failed) };
  } catch (error) {
    return { finished: Promise.resolve(failed(error)) };
  }
}

function failed(error: unknown): Outcome {
  const message = error instanceof Error ? error.message : String(error);
  const busy = error instanceof KindredError && error.code === 'already-training';
  return { outcome: busy ? 'skipped' : 'failed', message };
}

async function outcomeOf(
  deps: ScheduledRunDependencies,
  modelId: string,
  { state, version, error }: TrainingStatus,
): Promise<Outcome> {
  if (state === 'completed') return publish(deps, modelId, `version ${version}`);
  if (state === 'cancelled') return { outcome: 'cancelled', message: 'the training was cancelled' };
  return { outcome: 'failed', message: error ?? 'the training failed' };
}

async function publish(
  { lifecycle, modelStore }: ScheduledRunDependencies,
  modelId: string,
  trainedVersion: string,
): Promise<Outcome> {
  const { state, activeVersion, quality, changes } = (await lifecycle.view(modelId)).source;
  const { source: record } = await modelStore.get(modelId);
  const saved = findVersion(record, record.savedVersion);
  const edited = saved && hasOtherSettings(modelChanges(saved.config, record.model));
  if (state !== 'trained' || edited)
    return onlyTrained(`${trainedVersion} is trained, but the model has edits that nobody has saved`);
  if (quality?.verdict === 'worse')
    return onlyTrained(`${trainedVersion} is trained, but ${quality.summary}`);
  await lifecycle.save(modelId, ACTOR);
  if (activeVersion === null)
    return { outcome: 'saved', message: `${trainedVersion} is saved; the model is not active` };
  if (hasOtherSettings(changes))
    return {
      outcome: 'saved',
      message: `${trainedVersion} is saved; what serves has other settings: activate it yourself`,
    };
  await lifecycle.activate(modelId, ACTOR);
  return { outcome: 'activated', message: `${trainedVersion} is active` };
}

/** Whether more than the name differs. */
function hasOtherSettings(changes: readonly ModelChange[]): boolean {
  return changes.some(({ path }) => path !== 'name');
}

function onlyTrained(why: string): Outcome {
  return { outcome: 'trained', message: `${why}: look at it, then save and activate it yourself` };
}
