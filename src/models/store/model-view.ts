// A model and its versions as the API answers them: with the state they are in right now.
import type { ModelState, ModelView } from '../../contract/model.js';
import type { TrainingStatus } from '../../contract/training.js';
import type { VersionView } from '../../contract/version.js';
import type { ActiveModel } from '../../core/model/model.js';
import { modelChanges } from '../../core/model/model-changes.js';
import { isAppliedAtSave } from '../../core/model/training-needs.js';
import {
  currentVersion,
  isActive,
  type ModelRecord,
  trainedVersion,
  versionsNewestFirst,
} from './model-record.js';

/**
 * The states `training` and `active` are not stored with the model: they follow from the training lease and from the
 * active version, so that a trainer that died or the activation of another model leaves no wrong state.
 */
export function viewModel(
  record: ModelRecord,
  active: ActiveModel | null,
  training: TrainingStatus,
): ModelView {
  const { model, version, savedVersion, updatedAt } = record;
  const serving = active?.model.id === model.id ? active : null;
  const activeVersion = serving?.version ?? null;
  const current = currentVersion(record);
  const isDraft = record.state === 'draft';
  return {
    ...model,
    state: stateOf(record, activeVersion, training),
    version,
    currentVersion: current?.version ?? null,
    savedVersion,
    activeVersion,
    changes: serving ? modelChanges(serving.model, model) : [],
    edits: isDraft && current ? modelChanges(current.config, model) : [],
    needsTraining: isDraft && !(current && isAppliedAtSave(trainedVersion(record, current).config, model)),
    quality: current?.quality ?? null,
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
  const current = currentVersion(record);
  return versionsNewestFirst(record).map((kept, position, newestFirst) => {
    const { profileIndex, multiValuedFields, ...version } = kept;
    const before = newestFirst[position + 1];
    return {
      ...version,
      profilesFrom: version.profilesFrom ?? null,
      quality: version.quality ?? null,
      saved: version.version === record.savedVersion,
      active: isActive(kept, active),
      liveBefore: version.version === record.liveBefore && !isActive(kept, active),
      current: kept === current,
      comparedTo: before?.version ?? null,
      changes: before ? modelChanges(before.config, version.config) : [],
    };
  });
}
