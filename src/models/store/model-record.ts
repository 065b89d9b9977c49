// What the model store keeps of a model, and how people see it: configuration, state and versions.
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

/** A version as the proxy serves it. */
export function asActive({ config, version, profileIndex, multiValuedFields }: ModelVersion): ActiveModel {
  return { model: config, version, profileIndex, multiValuedFields };
}
