// The version that users and their boosts are shown under: what serves a catalog, else the newest that was trained.
import type { Catalog } from '../../core/catalog.js';
import { KindredError } from '../../core/errors.js';
import type { ActiveModel } from '../../core/model/model.js';
import { configuredCatalog } from '../catalog/catalog-fields.js';
import { toActiveModel } from '../store/model-record.js';
import type { ModelStore } from '../store/model-store.js';
import type { SettingsStore } from '../store/settings-store.js';

export interface CurrentModel {
  readonly active: ActiveModel;
  readonly catalog: Catalog;
}

export interface CurrentModelDependencies {
  readonly modelStore: Pick<ModelStore, 'list'>;
  readonly settingsStore: Pick<SettingsStore, 'active'>;
  readonly catalogs: readonly Catalog[];
}

/** Errors (409): `no-active-model` where nothing was ever trained, `catalog-not-configured`. */
export async function requireCurrentModel(
  deps: CurrentModelDependencies,
  name: string,
): Promise<CurrentModel> {
  const current = await currentModel(deps, name);
  if (current) return current;
  const message = 'no model is active, and none is trained; train one first';
  throw new KindredError('no-active-model', message, { status: 409 });
}

/**
 * @param name of the catalog
 * @returns null where nothing was ever trained
 * Error: `catalog-not-configured` (409).
 */
export async function currentModel(
  deps: CurrentModelDependencies,
  name: string,
): Promise<CurrentModel | null> {
  const catalog = configuredCatalog(deps.catalogs, name);
  const active = (await deps.settingsStore.active(catalog.name)) ?? (await newestTrained(deps, catalog));
  return active && { active, catalog };
}

async function newestTrained(
  { modelStore }: Pick<CurrentModelDependencies, 'modelStore'>,
  { name }: Catalog,
) {
  const versions = (await modelStore.list(name)).flatMap((record) => record.versions);
  const [newest] = versions.sort((a, b) => b.trainedAt.localeCompare(a.trainedAt));
  return newest ? toActiveModel(newest) : null;
}
