// Deletes older trained versions with their profile indices; those that serve, served before, are saved or are newest stay.
import type { EngineClient } from '../../engine/client/client.js';
import { isActive, versionsNewestFirst } from '../store/model-record.js';
import type { ModelStore } from '../store/model-store.js';
import type { SettingsStore } from '../store/settings-store.js';

/** The newest versions that are kept, beside the active one, the one before it, the saved one, and those whose profiles they share. */
const KEPT_VERSIONS = 2;

/** A version leaves the record before its index is deleted, so that no version of a record lacks its profiles. */
export async function deleteOldVersions(
  deps: {
    readonly engine: EngineClient;
    readonly modelStore: ModelStore;
    readonly settingsStore: SettingsStore;
  },
  modelId: string,
): Promise<void> {
  const { source: stored } = await deps.modelStore.get(modelId);
  const active = await deps.settingsStore.active(stored.model.catalog);
  const newestFirst = versionsNewestFirst(stored);
  const kept = newestFirst.filter(
    (each, position) =>
      position < KEPT_VERSIONS ||
      each.version === stored.savedVersion ||
      each.version === stored.liveBefore ||
      isActive(each, active),
  );
  const used = new Set([active, ...kept].map((each) => each?.profileIndex));
  const old = newestFirst.filter(
    (each) => !kept.includes(each) && (each.profilesFrom !== undefined || !used.has(each.profileIndex)),
  );
  if (old.length === 0) return;
  const deleted = new Set(old.map(({ version }) => version));
  await deps.modelStore.change(modelId, (record) => ({
    ...record,
    versions: record.versions.filter(({ version }) => !deleted.has(version)),
  }));
  for (const { profileIndex, profilesFrom } of old)
    if (profilesFrom === undefined) await deps.engine.deleteIndex(profileIndex);
}
