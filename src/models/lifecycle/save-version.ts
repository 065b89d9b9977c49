// What saving makes of a model: its trained version, or a version of settings that need no training.
import type { ActiveModel } from '../../core/model/model.js';
import { qualityOfSettings } from '../../core/model/quality-of-settings.js';
import { isAppliedAtSave } from '../../core/model/training-needs.js';
import {
  currentVersion,
  isActive,
  type ModelRecord,
  type ModelVersion,
  trainedVersion,
} from '../store/model-record.js';

/**
 * Null where the model has to be trained first, or is saved already.
 * @param active what serves now
 */
export function saveVersion(record: ModelRecord, active: ActiveModel | null): ModelRecord | null {
  const current = currentVersion(record);
  if (!current) return null;
  if (record.state === 'trained') return { ...record, state: 'saved', savedVersion: current.version };
  const { model } = record;
  const trained = trainedVersion(record, current);
  if (record.state !== 'draft' || !isAppliedAtSave(trained.config, model)) return null;
  const version = record.version + 1;
  const saved: ModelVersion = {
    ...trained,
    version,
    config: model,
    profilesFrom: trained.version,
    quality: qualityOfSettings({ ...trained, active: isActive(trained, active) }, model),
  };
  const versions = [...record.versions, saved];
  return { ...record, state: 'saved', version, savedVersion: version, currentVersion: version, versions };
}
