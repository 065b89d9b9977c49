// A model as it is stored: configuration, state and trained versions.
import type { ModelState } from '../../contract/model.js';
import type { ActiveModel, Model } from '../../core/model/model.js';
import type { Quality } from '../../core/model/quality-verdict.js';

/** One trained version. `config` is the configuration it was trained with. */
export interface ModelVersion {
  readonly version: number;
  readonly config: Model;
  readonly profileIndex: string;
  readonly multiValuedFields: readonly string[];
  readonly trainedAt: string;
  readonly people: number;
  readonly events: number;
  /** that the training took; absent in what was trained before this was kept */
  readonly seconds?: number;
  /** of a version that was saved without a training: the version whose profiles it shares */
  readonly profilesFrom?: number;
  /** held-out quality; absent in what was trained before versions were judged */
  readonly quality?: Quality;
}

/** A model with its place in the life cycle. `version` is the newest one, 0 when there is none. */
export interface ModelRecord {
  readonly model: Model;
  readonly state: ModelState;
  readonly version: number;
  readonly savedVersion: number | null;
  /** see `currentVersion`; absent in what was stored before this was kept */
  readonly currentVersion?: number | null;
  readonly versions: readonly ModelVersion[];
  /** the version that was live last before the present live version, of whichever model; absent before there was one */
  readonly liveBefore?: number;
  readonly updatedAt: string;
}

export function versionsNewestFirst({ versions }: Pick<ModelRecord, 'versions'>): ModelVersion[] {
  return [...versions].sort((a, b) => b.version - a.version);
}

/**
 * The version that the configuration belongs to: the one that saving keeps and activating publishes; of a draft the one
 * that it was edited from. After a roll-back it is not the newest. Null before the first training.
 */
export function currentVersion(record: ModelRecord): ModelVersion | null {
  const { state, version, savedVersion } = record;
  return findVersion(record, record.currentVersion ?? (state === 'saved' ? savedVersion : version));
}

export function findVersion(
  record: Pick<ModelRecord, 'versions'>,
  version: number | null,
): ModelVersion | null {
  return record.versions.find((each) => each.version === version) ?? null;
}

/** The version whose training made the profiles of a version: itself, but for one that was saved without a training. */
export function trainedVersion(record: ModelRecord, version: ModelVersion): ModelVersion {
  return findVersion(record, version.profilesFrom ?? version.version) ?? version;
}

/** Whether the proxy serves from it. Versions that share profiles differ in their number alone. */
export function isActive({ version, profileIndex }: ModelVersion, active: ActiveModel | null): boolean {
  return active !== null && active.version === version && active.profileIndex === profileIndex;
}

/** A version as the proxy serves it. */
export function toActiveModel(trained: ModelVersion): ActiveModel {
  const { config, version, profileIndex, multiValuedFields } = trained;
  return { model: config, version, profileIndex, multiValuedFields };
}
