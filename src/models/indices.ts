// Names of the indices this room keeps its documents in, and of what a model publishes.

export const MODELS_INDEX = 'kindred-models';
export const SETTINGS_INDEX = 'kindred-settings';
export const AUDIT_INDEX = 'kindred-audit';
export const EVENTS_INDEX = 'ubi_events';

/** The alias that follows a model's active version. */
export function profileAlias(modelId: string): string {
  return `kindred-profiles-${modelId}`;
}

/** The profile index of one version. Model ids hold no dash, so the pattern below matches one model only. */
export function profileIndex(modelId: string, version: number): string {
  return `${profileAlias(modelId)}-${version}`;
}

/** Matches the profile indices of every version of one model. */
export function profileIndexPattern(modelId: string): string {
  return `${profileAlias(modelId)}-*`;
}

/** Where `kindred load` puts a catalog's customers and their attributes. */
export function customersIndex(catalogIndex: string): string {
  return `${catalogIndex}-customers`;
}
