// Deletes trained versions nobody needs any more, with their profile indices.
import type { EngineClient } from '../../engine/client/client.js';
import type { ModelStore } from '../store/model-store.js';
import type { SettingsStore } from '../store/settings-store.js';

/** Newest versions that are kept, beside the active and the saved one. */
const VERSIONS_KEPT = 2;

/** The record forgets a version before its index goes, so that no kept version ever lacks its profiles. */
export async function dropOldVersions(
  deps: {
    readonly engine: EngineClient;
    readonly modelStore: ModelStore;
    readonly settingsStore: SettingsStore;
  },
  modelId: string,
): Promise<void> {
  const active = await deps.settingsStore.active();
  const { versions, savedVersion } = (await deps.modelStore.get(modelId)).source;
  const dropped = [...versions]
    .sort((a, b) => b.version - a.version)
    .slice(VERSIONS_KEPT)
    .filter(({ version, profileIndex }) => version !== savedVersion && profileIndex !== active?.profileIndex);
  if (dropped.length === 0) return;
  const gone = new Set(dropped.map(({ version }) => version));
  await deps.modelStore.change(modelId, (record) => ({
    ...record,
    versions: record.versions.filter(({ version }) => !gone.has(version)),
  }));
  for (const { profileIndex } of dropped) await deps.engine.deleteIndex(profileIndex);
}
