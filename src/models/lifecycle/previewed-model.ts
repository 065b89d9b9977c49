// What a preview of a model runs on: a trained version, or another configuration over the profiles of one.

import type { Catalog } from '../../core/catalog.js';
import { type Finding, KindredError } from '../../core/errors.js';
import { type ActiveModel, affinityFields, type Model } from '../../core/model/model.js';
import { type ModelChange, modelChanges } from '../../core/model/model-changes.js';
import type { EngineClient } from '../../engine/client/client.js';
import { checkModel } from '../store/check-model.js';
import { modelInput } from '../store/model-input.js';
import {
  findVersion,
  type ModelRecord,
  type ModelVersion,
  newestVersion,
  toActiveModel,
} from '../store/model-record.js';
import type { ModelStore } from '../store/model-store.js';
import type { SettingsStore } from '../store/settings-store.js';

/** `state`: the active or the saved version, or the configuration as it is stored; absent: the newest trained version. */
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
  if (configuration !== undefined) {
    const { raw } = modelInput(configuration, record.model);
    const model = await checkModel(deps.engine, deps.catalogs, raw);
    return onTrained(requireTrained(record), model);
  }
  if (state === 'draft') return onTrained(requireTrained(record), record.model);
  if (state === 'saved') return unchanged(toActiveModel(requireSaved(record)));
  if (state === undefined) return unchanged(toActiveModel(requireTrained(record)));
  const active = await deps.settingsStore.active();
  if (active?.model.id === id) return unchanged(active);
  throw missing('not-active', `model "${id}" is not active; activate it, or preview its newest version`);
}

/** A configuration over the profiles of a trained version. */
function onTrained(trained: ModelVersion, model: Model): PreviewedModel {
  return { ...toActiveModel(trained), model, needsTraining: trainingNeeds(trained.config, model) };
}

function unchanged(active: ActiveModel): PreviewedModel {
  return { ...active, needsTraining: [] };
}

function requireTrained(record: ModelRecord): ModelVersion {
  const newest = newestVersion(record);
  if (newest) return newest;
  const { id } = record.model;
  throw missing('not-trained', `model "${id}" has no trained version yet; train it, then preview it`);
}

function requireSaved(record: ModelRecord): ModelVersion {
  const saved = findVersion(record, record.savedVersion);
  if (saved) return saved;
  const { id } = record.model;
  throw missing('not-saved', `model "${id}" has no saved version; save one, or preview its newest`);
}

function missing(code: string, message: string): KindredError {
  return new KindredError(code, message, { status: 409 });
}

/**
 * Weights of trained fields, switches, strengths and impact need none: they are applied when a search is boosted.
 * @param trained the configuration that the profiles were trained with
 * @returns one finding per setting that counts only in part, or not at all, until then; paths as in `modelChanges`
 */
function trainingNeeds(trained: Model, wanted: Model): Finding[] {
  const known = new Set(affinityFields(trained));
  const unknown = affinityFields(wanted).filter((field) => !known.has(field));
  const usesNextClicks = ({ products, profiles }: Model) => products.related > 0 && profiles.inSession;
  return modelChanges(trained, wanted).flatMap((change) => {
    const message = whyTraining(change, unknown);
    if (message) return [{ path: change.path, message }];
    if (change.path === 'products.related' && trained.products.related === 0)
      return [{ path: change.path, message: 'training has to find out what goes with what' }];
    if (change.path === 'profiles.inSession' && usesNextClicks(wanted) && !usesNextClicks(trained))
      return [{ path: change.path, message: 'training has to find out what people click next' }];
    return [];
  });
}

function whyTraining({ path, after }: ModelChange, unknown: readonly string[]): string | null {
  if (path === 'timeDecay' || path.startsWith('eventWeights.'))
    return 'counts in the running session at once, in histories after a training';
  if (path.startsWith('group.')) return 'groups are formed by training';
  const field = unknown.find((name) => path.endsWith(`.${name}.weight`));
  return field !== undefined && after !== null ? `no profile knows "${field}" before a training` : null;
}
