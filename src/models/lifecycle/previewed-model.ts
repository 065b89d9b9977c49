// What a preview of a model runs on: a trained version, or another configuration over the profiles of one.

import type { Catalog } from '../../core/catalog.js';
import { type Finding, KindredError } from '../../core/errors.js';
import type { ActiveModel, Model } from '../../core/model/model.js';
import { trainingNeeds } from '../../core/model/training-needs.js';
import type { EngineClient } from '../../engine/client/client.js';
import { checkModel } from '../store/check-model.js';
import { modelInput } from '../store/model-input.js';
import {
  currentVersion,
  findVersion,
  type ModelRecord,
  type ModelVersion,
  toActiveModel,
  trainedVersion,
} from '../store/model-record.js';
import type { ModelStore } from '../store/model-store.js';
import type { SettingsStore } from '../store/settings-store.js';

/** `state`: the active or the saved version, or the configuration as it is stored; absent: the current version. */
export interface ModelSelection {
  readonly id: string;
  readonly state?: 'active' | 'saved' | 'draft';
  /** a whole configuration, as in a PUT, instead of the stored one */
  readonly configuration?: unknown;
}

export interface PreviewedModel extends ActiveModel {
  /** settings that the profiles do not know yet */
  readonly needsTraining: readonly Finding[];
}

/**
 * Errors: `model-not-found` (404); `not-trained`, `not-saved`, `not-active` (409); of a configuration
 * `invalid-content` (422).
 */
export async function previewedModel(
  deps: {
    readonly engine: EngineClient;
    readonly catalogs: readonly Catalog[];
    readonly modelStore: Pick<ModelStore, 'get'>;
    readonly settingsStore: Pick<SettingsStore, 'active'>;
  },
  { id, state, configuration }: ModelSelection,
): Promise<PreviewedModel> {
  const { source: record } = await deps.modelStore.get(id);
  const onCurrent = (model: Model) => onProfiles(record, requireTrained(record), model);
  if (configuration !== undefined) {
    const { raw } = modelInput(configuration, record.model);
    const model = await checkModel(deps.engine, deps.catalogs, raw);
    return onCurrent(model);
  }
  if (state === 'draft') return onCurrent(record.model);
  if (state === 'saved') return unchanged(toActiveModel(requireSaved(record)));
  if (state === undefined) return unchanged(toActiveModel(requireTrained(record)));
  const active = await deps.settingsStore.active(record.model.catalog);
  if (active?.model.id === id) return unchanged(active);
  throw missing('not-active', `model "${id}" is not active; activate it, or preview its current version`);
}

/** A configuration over the profiles of a version. */
function onProfiles(record: ModelRecord, version: ModelVersion, model: Model): PreviewedModel {
  const { config } = trainedVersion(record, version);
  return { ...toActiveModel(version), model, needsTraining: trainingNeeds(config, model) };
}

function unchanged(active: ActiveModel): PreviewedModel {
  return { ...active, needsTraining: [] };
}

function requireTrained(record: ModelRecord): ModelVersion {
  const current = currentVersion(record);
  if (current) return current;
  const { id } = record.model;
  throw missing('not-trained', `model "${id}" has no trained version yet; train it, then preview it`);
}

function requireSaved(record: ModelRecord): ModelVersion {
  const saved = findVersion(record, record.savedVersion);
  if (saved) return saved;
  const { id } = record.model;
  throw missing('not-saved', `model "${id}" has no saved version; save one, or preview its current one`);
}

function missing(code: string, message: string): KindredError {
  return new KindredError(code, message, { status: 409 });
}
