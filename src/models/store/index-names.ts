// Names of the indices of models, settings, the audit trail and the event log, and of a model's profiles.
import { profileAlias } from '../../core/profile/profile.js';

export const MODELS_INDEX = 'kindred-models';
export const SETTINGS_INDEX = 'kindred-settings';
export const AUDIT_INDEX = 'kindred-audit';

/** Matches the profile indices of every version of one model. */
export function profileIndexPattern(modelId: string): string {
  return `${profileAlias(modelId)}-*`;
}
