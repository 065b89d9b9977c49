// Names of the indices this room keeps its documents in, and of what a model publishes.
import { profileAlias } from '../../core/profile/profile.js';

export const MODELS_INDEX = 'kindred-models';
export const SETTINGS_INDEX = 'kindred-settings';
export const AUDIT_INDEX = 'kindred-audit';
export const EVENTS_INDEX = 'ubi_events';

/** Matches the profile indices of every version of one model. */
export function profileIndexPattern(modelId: string): string {
  return `${profileAlias(modelId)}-*`;
}
