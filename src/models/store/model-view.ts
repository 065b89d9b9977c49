// How people see a model: its configuration, with the state it is in right now.
import type { ActiveModel, Model } from '../../core/model/model.js';
import { type ModelChange, modelChanges } from '../../core/model/model-changes.js';
import type { Quality } from '../../core/model/quality-verdict.js';
import type { ModelRecord, ModelState, ModelVersion, TrainingStatus } from './model-record.js';

/** The configuration lies flat, so that what a GET answers can be edited and sent back by PUT. */
export type ModelView = Model & {
  readonly state: ModelState;
  /** newest trained version, 0 when there is none */
  readonly version: number;
  readonly savedVersion: number | null;
  /** the version of this model that the proxy serves from, also while a newer draft is being made */
  readonly activeVersion: number | null;
  /** how the configuration differs from that version's; empty when none of this model is active */
  readonly changes: readonly ModelChange[];
  /** of the newest trained version; null before it and of one trained before versions were judged */
  readonly quality: Quality | null;
  readonly updatedAt: string;
};

export type VersionView = Omit<ModelVersion, 'profileIndex' | 'multiValuedFields' | 'quality'> & {
  readonly saved: boolean;
  readonly active: boolean;
  /** null: trained before versions were judged */
  readonly quality: Quality | null;
  /** the kept version before this one, and how this one differs from it; null and empty for the oldest */
  readonly comparedTo: number | null;
  readonly changes: readonly ModelChange[];
};

/**
 * `training` and `active` are not stored with the model: they follow from the running lease and from what is
 * active, so that a killed trainer or another model's activation leaves no wrong state behind.
 */
export function viewModel(
  record: ModelRecord,
  active: ActiveModel | null,
  training: TrainingStatus,
): ModelView {
  const { model, version, savedVersion, versions, updatedAt } = record;
  const serving = active?.model.id === model.id ? active : null;
  const activeVersion = serving?.version ?? null;
  return {
    ...model,
    state: stateOf(record, activeVersion, training),
    version,
    savedVersion,
    activeVersion,
    changes: serving ? modelChanges(serving.model, model) : [],
    quality: versions.find((kept) => kept.version === version)?.quality ?? null,
    updatedAt,
  };
}

function stateOf(record: ModelRecord, activeVersion: number | null, training: TrainingStatus): ModelState {
  if (training.state === 'running') return 'training';
  const serves = record.state === 'saved' && record.savedVersion === activeVersion;
  return serves ? 'active' : record.state;
}

/** The kept versions, newest first. */
export function viewVersions(record: ModelRecord, active: ActiveModel | null): VersionView[] {
  return [...record.versions]
    .sort((a, b) => b.version - a.version)
    .map(({ profileIndex, multiValuedFields, ...version }, position, newestFirst) => {
      const before = newestFirst[position + 1];
      return {
        ...version,
        quality: version.quality ?? null,
        saved: version.version === record.savedVersion,
        active: profileIndex === active?.profileIndex,
        comparedTo: before?.version ?? null,
        changes: before ? modelChanges(before.config, version.config) : [],
      };
    });
}
