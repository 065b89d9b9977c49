// The version whose training made the profiles that a model's current version uses.
import type { VersionView } from '../../../contract/version.js';
import type { Model } from '../../../core/model/model.js';

/** The current version, but for one that was saved without a training; null before the first training. */
export function trainedOf(versions: readonly VersionView[]): VersionView | null {
  const current = versions.find((version) => version.current);
  return versions.find(({ version }) => version === current?.profilesFrom) ?? current ?? null;
}

/** The settings that it was trained with. */
export function trainedConfig(versions: readonly VersionView[]): Model | null {
  return trainedOf(versions)?.config ?? null;
}
