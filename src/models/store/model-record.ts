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
  /** held-out quality; absent in what was trained before versions were judged */
  readonly quality?: Quality;
}

/** A model with its place in the life cycle. `version` is the newest trained one, 0 when there is none. */
export interface ModelRecord {
  readonly model: Model;
  readonly state: ModelState;
  readonly version: number;
  readonly savedVersion: number | null;
  readonly versions: readonly ModelVersion[];
  readonly updatedAt: string;
}

export function versionsNewestFirst({ versions }: Pick<ModelRecord, 'versions'>): ModelVersion[] {
  return [...versions].sort((a, b) => b.version - a.version);
}

/** The newest trained version; null before the first training. */
export function newestVersion(record: Pick<ModelRecord, 'versions'>): ModelVersion | null {
  return versionsNewestFirst(record)[0] ?? null;
}

export function findVersion(
  record: Pick<ModelRecord, 'versions'>,
  version: number | null,
): ModelVersion | null {
  return record.versions.find((each) => each.version === version) ?? null;
}

/** A version as the proxy serves it. */
export function toActiveModel(trained: ModelVersion): ActiveModel {
  const { config, version, profileIndex, multiValuedFields } = trained;
  return { model: config, version, profileIndex, multiValuedFields };
}
