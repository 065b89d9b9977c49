// The life cycle of models, from draft to active and deleted: every change of state goes through here.
import type { ModelView } from '../../contract/model.js';
import type { TrainingStatus } from '../../contract/training.js';
import type { VersionView } from '../../contract/version.js';
import type { Catalog } from '../../core/catalog.js';
import { KindredError } from '../../core/errors.js';
import type { Train } from '../../core/model/training-run.js';
import type { EngineClient, StoredDocument, WriteOptions } from '../../engine/client/client.js';
import { scheduleId } from '../jobs/schedule-store.js';
import { createTraining, type Training } from '../jobs/start-training.js';
import { createTrainingLeases } from '../jobs/training-lease.js';
import type { Audit } from '../store/audit.js';
import { MODELS_INDEX, profileIndexPattern } from '../store/index-names.js';
import type { ModelStore } from '../store/model-store.js';
import { viewModel, viewVersions } from '../store/model-view.js';
import type { SettingsStore } from '../store/settings-store.js';
import { type Activation, createActivation } from './activation.js';

/** All but `views` reject with `model-not-found` (404) for an unknown id. */
export interface Lifecycle extends Activation, Training {
  /** every model in its present state, the default one first */
  views(): Promise<ModelView[]>;
  /** one model in its present state, with what optimistic concurrency needs */
  view(modelId: string): Promise<StoredDocument<ModelView>>;
  /** kept versions, newest first */
  versions(modelId: string): Promise<VersionView[]>;
  /** progress of the latest training run */
  status(modelId: string): Promise<TrainingStatus>;
  /**
   * Deletes a model with its profiles and its schedule.
   * Errors: `default-model`, `model-active`, `training-running` (409), `stale` (412) when `ifMatch` is another revision.
   */
  remove(modelId: string, actor: string, ifMatch?: WriteOptions['ifMatch']): Promise<void>;
}

export function createLifecycle(options: {
  readonly engine: EngineClient;
  readonly modelStore: ModelStore;
  readonly settingsStore: SettingsStore;
  readonly train: Train;
  readonly catalogs: readonly Catalog[];
  readonly audit: Audit;
  readonly now?: () => number;
}): Lifecycle {
  const { engine, modelStore, settingsStore, audit, now = Date.now } = options;
  const leases = createTrainingLeases(engine, now);
  const training = createTraining({ ...options, now, leases });

  async function view(modelId: string): Promise<StoredDocument<ModelView>> {
    const [stored, active, status] = await Promise.all([
      modelStore.get(modelId),
      settingsStore.active(),
      leases.status(modelId),
    ]);
    return { ...stored, source: viewModel(stored.source, active, status) };
  }

  const activation = createActivation({
    engine,
    modelStore,
    settingsStore,
    audit,
    view: async (modelId) => (await view(modelId)).source,
  });

  async function remove(modelId: string, actor: string, ifMatch?: WriteOptions['ifMatch']): Promise<void> {
    const { kind, activeVersion, state } = (await view(modelId)).source;
    const refuse = (code: string, why: string) =>
      new KindredError(code, `cannot delete "${modelId}": ${why}`, { status: 409 });
    if (kind === 'default') throw refuse('default-model', 'the default model stays; edit it instead');
    if (activeVersion !== null) throw refuse('model-active', 'it is active; activate another model first');
    if (state === 'training') throw refuse('training-running', 'it is being trained; cancel that first');
    await modelStore.remove(modelId, ifMatch);
    await leases.remove(modelId);
    await engine.delete(MODELS_INDEX, scheduleId(modelId), { refresh: true });
    for (const index of await engine.listIndices(profileIndexPattern(modelId)))
      await engine.deleteIndex(index);
    await audit.record({ actor, action: 'delete', resource: `models/${modelId}`, detail: '' });
  }

  return {
    ...training,
    ...activation,
    view,
    remove,
    async views() {
      const [records, active] = await Promise.all([modelStore.list(), settingsStore.active()]);
      return Promise.all(
        records.map(async (record) => viewModel(record, active, await leases.status(record.model.id))),
      );
    },
    async versions(modelId) {
      const [{ source }, active] = await Promise.all([modelStore.get(modelId), settingsStore.active()]);
      return viewVersions(source, active);
    },
    async status(modelId) {
      const [, status] = await Promise.all([modelStore.get(modelId), leases.status(modelId)]);
      return status;
    },
  };
}
