// Starts and stops trainings of models, and records what a finished one published as a new version.
import { isDeepStrictEqual } from 'node:util';
import type { TrainingStatus } from '../../contract/training.js';
import type { Catalog } from '../../core/catalog.js';
import { KindredError } from '../../core/errors.js';
import type { Model } from '../../core/model/model.js';
import type { Train, TrainingProgress, TrainingResult, TrainingRun } from '../../core/model/training-run.js';
import { profileIndexName } from '../../core/profile/profile.js';
import type { EngineClient } from '../../engine/client/client.js';
import { configuredCatalog } from '../catalog/catalog-fields.js';
import { deleteOldVersions } from '../lifecycle/delete-old-versions.js';
import type { Audit } from '../store/audit.js';
import { profileIndexPattern } from '../store/index-names.js';
import { currentVersion, findVersion } from '../store/model-record.js';
import type { ModelStore } from '../store/model-store.js';
import type { SettingsStore } from '../store/settings-store.js';
import { trainingCancelled, trainUnderLease } from './train-under-lease.js';
import type { TrainingLease, TrainingLeases } from './training-lease.js';

export interface StartOptions {
  readonly actor: string;
  /** dataset directory to train from instead of the event and catalog indices */
  readonly from?: string | undefined;
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
}

/** `finished` never rejects: it resolves with the last status, also of a failure. */
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
  readonly leases: TrainingLeases;
  readonly train: Train;
  readonly catalogs: readonly Catalog[];
  readonly audit: Audit;
  readonly now: () => number;
}

interface LocalTraining {
  readonly controller: AbortController;
  readonly finished: Promise<TrainingStatus>;
}

export function createTraining(deps: TrainingDependencies): Training {
  const { engine, modelStore, settingsStore, leases, catalogs, audit, now } = deps;
  const local = new Map<string, LocalTraining>();

  const recordAudit = (modelId: string, actor: string, action: string, detail: string) =>
    audit.record({ actor, action, resource: `models/${modelId}`, detail });

  /** Deletes profile indices of no version: a trainer that died leaves one. */
  async function deleteOrphans({ id: modelId, catalog }: Model, known: readonly string[]): Promise<void> {
    const active = await settingsStore.active(catalog);
    for (const index of await engine.listIndices(profileIndexPattern(modelId)))
      if (!known.includes(index) && index !== active?.profileIndex) await engine.deleteIndex(index);
  }

  /** Adds the version; a model that was edited during the training stays a draft. */
  async function addVersion(config: Model, version: number, result: TrainingResult): Promise<void> {
    const { profileIndex, multiValuedFields, people, events, quality } = result;
    const trainedAt = new Date(now()).toISOString();
    const seconds = Object.values(result.seconds).reduce((sum, stage) => sum + stage, 0);
    const published = { profileIndex, multiValuedFields, trainedAt, people, events, seconds, quality };
    await modelStore.change(config.id, (record) => {
      // A save without a training came in the moment in which this one started.
      if (findVersion(record, version))
        throw new KindredError('version-taken', `version ${version} was saved meanwhile; train again`);
      const state = isDeepStrictEqual(record.model, config) ? 'trained' : record.state;
      // What was rolled back to or taken back meanwhile stays what it was.
      const isOlder = state !== 'trained' && state !== 'draft';
      return {
        ...record,
        version,
        versions: [...record.versions, { version, config, ...published }],
        state,
        currentVersion: isOlder ? (currentVersion(record)?.version ?? null) : version,
      };
    });
  }

  async function trainAndRecord(
    lease: TrainingLease,
    controller: AbortController,
    run: TrainingRun,
    { actor, onProgress }: StartOptions,
  ): Promise<TrainingStatus> {
    const { model, version } = run;
    let outcome: Partial<TrainingStatus>;
    let recorded = false;
    try {
      const result = await trainUnderLease({ train: deps.train, run, lease, controller, now, onProgress });
      await addVersion(model, version, result);
      recorded = true;
      await deleteOldVersions(deps, model.id);
      outcome = { state: 'completed', percent: 100, notes: [...result.notes], quality: result.quality };
    } catch (error) {
      const code = error instanceof KindredError ? error.code : '';
      if (!recorded && code !== 'lease-lost')
        await engine.deleteIndex(profileIndexName(model.id, version)).catch(() => undefined);
      const cancelled = code === 'training-cancelled';
      outcome = cancelled ? { state: 'cancelled' } : { state: 'failed', error: oneLine(error) };
    }
    // When the engine cannot be reached, the lease expires by itself and the training shows as failed.
    const status = await lease.release(outcome).catch(() => lease.lastStatus(outcome));
    const detail = status.error ?? `version ${version}`;
    await recordAudit(model.id, actor, `training ${status.state}`, detail).catch(() => undefined);
    return status;
  }

  return {
    async start(modelId, options) {
      await modelStore.get(modelId);
      const lease = await leases.acquire(modelId);
      try {
        const { source: record } = await modelStore.get(modelId);
        const { model } = record;
        const catalog = configuredCatalog(catalogs, model.catalog);
        const version = Math.max(record.version + 1, lease.minVersion);
        await deleteOrphans(
          model,
          record.versions.map((kept) => kept.profileIndex),
        );
        await lease.renew({ version, configuration: model });
        await recordAudit(modelId, options.actor, 'training start', `version ${version}`);
        const active = (await settingsStore.active(model.catalog)) ?? undefined;
        const run = { model, catalog, version, active, from: options.from };
        const controller = new AbortController();
        const finished = trainAndRecord(lease, controller, run, options).finally(() => local.delete(modelId));
        local.set(modelId, { controller, finished });
        return { status: await leases.status(modelId), finished };
      } catch (error) {
        await lease.release({ state: 'failed', error: oneLine(error) }).catch(() => undefined);
        throw error;
      }
    },
    async cancel(modelId, actor) {
      await modelStore.get(modelId);
      const status = await leases.requestCancel(modelId);
      local.get(modelId)?.controller.abort(trainingCancelled());
      await recordAudit(modelId, actor, 'training cancel', '');
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
