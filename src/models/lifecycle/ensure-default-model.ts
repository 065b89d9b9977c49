// Creates the default model from the catalog itself, so that a training needs no configuration.
import { type Catalog, customersIndex } from '../../core/catalog.js';
import { KindredError } from '../../core/errors.js';
import { EVENTS_INDEX } from '../../core/event/ubi-event.js';
import {
  defaultModel,
  groupAttributes,
  mostDistinguishingFields,
  suitableFields,
} from '../../core/model/default-model.js';
import { type Model, modelIdFromName } from '../../core/model/model.js';
import type { EngineClient } from '../../engine/client/client.js';
import type { AffinityField } from '../catalog/affinity-field.js';
import { catalogAttributes, customerAttributes, productFields } from '../catalog/catalog-fields.js';
import { fieldImpurity } from '../catalog/field-impurity.js';
import { fieldStatistics } from '../catalog/field-statistics.js';
import { freeId } from '../store/model-input.js';
import type { ModelStore } from '../store/model-store.js';

export interface DefaultModelResult {
  readonly created: boolean;
  /** why there is nothing new, in words; null when it was created */
  readonly reason: string | null;
}

/**
 * Creates the default model of a catalog unless it has one.
 * Does nothing, and says why, while the catalog is absent, empty, or has no attribute that fits.
 */
export async function ensureDefaultModel(options: {
  readonly engine: EngineClient;
  readonly modelStore: ModelStore;
  readonly catalog: Catalog;
}): Promise<DefaultModelResult> {
  const { engine, modelStore, catalog } = options;
  const nothing = (reason: string) => ({ created: false, reason });
  if ((await modelStore.list(catalog.name)).some(({ model }) => model.kind === 'default'))
    return nothing('there is a default model already');
  if (!(await engine.indexExists(catalog.index)))
    return nothing(`catalog "${catalog.name}" does not exist yet`);
  if ((await engine.count(catalog.index)) === 0) return nothing(`catalog "${catalog.name}" is empty`);
  const model = await catalogModel(engine, catalog);
  if (!model) return nothing(`catalog "${catalog.name}" has no attribute that most products share`);
  try {
    const models = (await modelStore.list()).map((record) => record.model);
    const taken = models.some(({ id }) => id === model.id);
    const id = taken ? freeId(modelIdFromName(`default ${catalog.name}`), models) : model.id;
    await modelStore.create({ ...model, id }, 'kindred');
  } catch (error) {
    if (!(error instanceof KindredError && error.status === 409)) throw error;
    return nothing(error.message);
  }
  return { created: true, reason: null };
}

async function catalogModel(engine: EngineClient, catalog: Catalog): Promise<Partial<Model> | null> {
  const fields = await pickFields(engine, catalog);
  if (fields.length === 0) return null;
  return defaultModel({
    catalog: catalog.name,
    fields,
    attributes: await cohortAttributes(engine, catalog),
    actions: await loggedActions(engine),
  });
}

/** Without number fields: see `core/model/default-model`. */
async function pickFields(engine: EngineClient, catalog: Catalog): Promise<string[]> {
  const { offered: all } = await catalogAttributes(engine, catalog);
  const { category } = await productFields(engine, catalog);
  const exact = withoutAliases(all).filter(({ type }) => type !== 'number');
  const total = await engine.count(catalog.index);
  const fields = suitableFields(await fieldStatistics(engine, catalog.index, exact), total);
  const inCategory = all.find(({ location }) => location.source === category.source);
  const picked = exact.filter(({ field }) => fields.includes(field));
  return mostDistinguishingFields(fields, await fieldImpurity(engine, catalog.index, picked, inCategory));
}

/** Each attribute once: one with the same values would count twice. */
function withoutAliases(fields: readonly AffinityField[]): AffinityField[] {
  const places = fields.map(({ location }) => JSON.stringify(location));
  return fields.filter((_, at) => places.indexOf(places[at] ?? '') === at);
}

/** Attributes that make cohorts; none without customers. */
async function cohortAttributes(engine: EngineClient, catalog: Catalog): Promise<string[]> {
  const fields = (await customerAttributes(engine, catalog))?.offered ?? [];
  const exact = fields.filter(({ type }) => type !== 'number');
  return groupAttributes(await fieldStatistics(engine, customersIndex(catalog.name), exact));
}

/** Action names in the event log, the most frequent first; none without a log. */
async function loggedActions(engine: EngineClient): Promise<string[]> {
  if (!(await engine.indexExists(EVENTS_INDEX))) return [];
  const body = { size: 0, aggs: { actions: { terms: { field: 'action_name', size: 100 } } } };
  type Actions = { actions: { buckets: readonly { readonly key: string }[] } };
  const { aggregations } = await engine.search<unknown, Actions>(EVENTS_INDEX, body);
  return (aggregations?.actions.buckets ?? []).map(({ key }) => key);
}
