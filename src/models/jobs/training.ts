// Starts and stops trainings of models, and records what a finished one published as a new version.
import { isDeepStrictEqual } from 'node:util';
import type { TrainingStatus } from '../../contract/training.js';
import type { Catalog } from '../../core/catalog.js';
import { KindredError } from '../../core/errors.js';
import type { Model } from '../../core/model/model.js';
import type { Train, TrainingProgress, TrainingResult, TrainingRun } from '../../core/model/training-run.js';
import { profileIndexName } from '../../core/profile/profile.js';
import type { EngineClient } from '../../engine/client/client.js';
import { deleteOldVersions } from '../lifecycle/delete-old-versions.js';
import type { Audit } from '../store/audit.js';
import { profileIndexPattern } from '../store/index-names.js';
import type { ModelStore } from '../store/model-store.js';
import type { SettingsStore } from '../store/settings-store.js';
import { runTraining, trainingCancelled } from './run-training.js';
import type { TrainingHold, TrainingRuns } from './training-lease.js';

export interface StartOptions {
  readonly actor: string;
  /** dataset directory to train from instead of the event and catalog indices */
  readonly from?: string;
  readonly onProgress?: (progress: TrainingProgress) => void;
}

/** `finished` never rejects: it resolves with the last status, whatever became of the run. */
export interface StartedTraining {
  readonly status: TrainingStatus;
  readonly finished: Promise<TrainingStatus>;
}

export interface Training {
  /** Errors: `model-not-found` (404), `already-training` and `catalog-not-configured` (409). */
  start(modelId: string, options: StartOptions): Promise<StartedTraining>;
  /** Errors: `model-not-found` (404), `not-training` (409). */
  cancel(modelId: string, actor: string): Promise<TrainingStatus>;
  /** Cancels what this process trains and waits for it. */
  close(): Promise<void>;
}

export interface TrainingDependencies {
  readonly engine: EngineClient;
  readonly modelStore: ModelStore;
  readonly settingsStore: SettingsStore;
  readonly runs: TrainingRuns;
  readonly train: Train;
  readonly catalogs: readonly Catalog[];
  readonly audit: Audit;
  readonly now: () => number;
}

interface LocalRun {
  readonly controller: AbortController;
  readonly finished: Promise<TrainingStatus>;
}

export function createTraining(deps: TrainingDependencies): Training {
  const { engine, modelStore, settingsStore, runs, catalogs, audit, now } = deps;
  const local = new Map<string, LocalRun>();

  /** Profile indices that no version names: what a killed trainer left. */
  async function dropOrphans(modelId: string, known: readonly string[]): Promise<void> {
    const active = await settingsStore.active();
    for (const index of await engine.listIndices(profileIndexPattern(modelId)))
      if (!known.includes(index) && index !== active?.profileIndex) await engine.deleteIndex(index);
  }

  /** Adds the version; a model that was edited meanwhile stays the draft it became. */
  async function addVersion(config: Model, version: number, result: TrainingResult): Promise<void> {
    const { profileIndex, multiValuedFields, people, events, quality } = result;
    const trainedAt = new Date(now()).toISOString();
    const seconds = Object.values(result.seconds).reduce((sum, stage) => sum + stage, 0);
    const trained = {
      version,
      config,
      profileIndex,
      multiValuedFields,
      trainedAt,
      people,
      events,
      seconds,
      quality,
    };
    await modelStore.change(config.id, (record) => ({
      ...record,
      version,
      versions: [...record.versions, trained],
      state: isDeepStrictEqual(record.model, config) ? 'trained' : record.state,
    }));
  }

  async function work(
    hold: TrainingHold,
    controller: AbortController,
    prepared: Pick<TrainingRun, 'model' | 'catalog' | 'version' | 'active'>,
    options: StartOptions,
  ): Promise<TrainingStatus> {
    const { model, version } = prepared;
    const { from, onProgress } = options;
    const run = from === undefined ? prepared : { ...prepared, from };
    let end: Partial<TrainingStatus>;
    let recorded = false;
    try {
      const progress = onProgress ? { onProgress } : {};
      const result = await runTraining({ train: deps.train, run, hold, controller, now, ...progress });
      await addVersion(model, version, result);
      recorded = true;
      await deleteOldVersions(deps, model.id);
      end = { state: 'completed', percent: 100, notes: [...result.notes], quality: result.quality };
    } catch (error) {
      const code = error instanceof KindredError ? error.code : '';
      if (!recorded && code !== 'lease-lost')
        await engine.deleteIndex(profileIndexName(model.id, version)).catch(() => undefined);
      end =
        code === 'training-cancelled' ? { state: 'cancelled' } : { state: 'failed', error: oneLine(error) };
    }
    // Without the engine the lease runs out by itself, and the run shows as stopped.
    const status = await hold.end(end).catch(() => hold.last(end));
    await audit
      .record({
        actor: options.actor,
        action: `training ${status.state}`,
        resource: `models/${model.id}`,
        detail: status.error ?? `version ${version}`,
      })
      .catch(() => undefined);
    return status;
  }

  return {
    async start(modelId, options) {
      await modelStore.get(modelId);
      const hold = await runs.take(modelId);
      try {
        const { source: record } = await modelStore.get(modelId);
        const { model } = record;
        const catalog = catalogs.find(({ index }) => index === model.catalog);
        if (!catalog)
          throw new KindredError('catalog-not-configured', `catalog "${model.catalog}" is not configured`, {
            status: 409,
          });
        const version = Math.max(record.version + 1, hold.leastVersion);
        await dropOrphans(
          modelId,
          record.versions.map((kept) => kept.profileIndex),
        );
        await hold.renew({ version });
        const detail = `version ${version}`;
        await audit.record({
          actor: options.actor,
          action: 'training start',
          resource: `models/${modelId}`,
          detail,
        });
        const active = await settingsStore.active();
        const compared = active?.model.catalog === model.catalog ? { active } : {};
        const prepared = { model, catalog, version, ...compared };
        const controller = new AbortController();
        const finished = work(hold, controller, prepared, options).finally(() => local.delete(modelId));
        local.set(modelId, { controller, finished });
        return { status: await runs.status(modelId), finished };
      } catch (error) {
        await hold.end({ state: 'failed', error: oneLine(error) }).catch(() => undefined);
        throw error;
      }
    },
    async cancel(modelId, actor) {
      await modelStore.get(modelId);
      const status = await runs.requestCancel(modelId);
      local.get(modelId)?.controller.abort(trainingCancelled());
      await audit.record({ actor, action: 'training cancel', resource: `models/${modelId}`, detail: '' });
      return status;
    },
    async close() {
      const running = [...local.values()];
      for (const { controller } of running) controller.abort(trainingCancelled());
      await Promise.all(running.map(({ finished }) => finished));
    },
  };
}

function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] ?? '';
}
