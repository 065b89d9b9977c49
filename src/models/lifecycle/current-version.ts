// The version that people are looked at under: what serves, else the newest that was trained.
import { KindredError } from '../../core/errors.js';
import type { ActiveModel } from '../../core/model/model.js';
import { asActive } from '../store/model-record.js';
import type { ModelStore } from '../store/model-store.js';
import type { SettingsStore } from '../store/settings-store.js';

export interface CurrentModelDependencies {
  readonly modelStore: Pick<ModelStore, 'list'>;
  readonly settingsStore: Pick<SettingsStore, 'active'>;
}

/** Error: `no-active-model` (409) where nothing was ever trained. */
export async function requireCurrentModel(deps: CurrentModelDependencies): Promise<ActiveModel> {
  const current = await currentModel(deps);
  if (current) return current;
  const message = 'no model is active, and none is trained; train one first';
  throw new KindredError('no-active-model', message, { status: 409 });
}

export async function currentModel(deps: CurrentModelDependencies): Promise<ActiveModel | null> {
  const active = await deps.settingsStore.active();
  if (active) return active;
  const versions = (await deps.modelStore.list()).flatMap((record) => record.versions);
  const [newest] = versions.sort((a, b) => b.trainedAt.localeCompare(a.trainedAt));
  return newest ? asActive(newest) : null;
}
