// Makes the default model from the catalog itself, so that a newcomer can train without configuring anything.
import type { Catalog } from '../core/catalog.js';
import { KindredError } from '../core/errors.js';
import type { Model } from '../core/model.js';
import { toTotalHundred } from '../core/total-hundred.js';
import type { EngineClient } from '../engine/client.js';
import { affinityFieldsOf } from './affinity-field.js';
import { catalogFields, type FieldStatistics, fieldStatistics } from './catalog-fields.js';
import { defaultEventWeights } from './default-event-weights.js';
import { customersIndex } from './indices.js';
import type { ModelStore } from './model-store.js';
import { impurityByField } from './rank-fields.js';

const MOST_FIELDS = 6;
const FEWEST_VALUES = 2;
const MOST_VALUES = 20_000;
const LEAST_COVERAGE = 0.5;
/** More values than this, and fewer than two products a value: a name of the product rather than a taste. */
const NAMING_VALUES = 100;
const GROUP_ATTRIBUTES = ['age', 'income'];

export interface DefaultModelResult {
  readonly created: boolean;
  /** why there is nothing new, in words; null when it was created */
  readonly reason: string | null;
}

/**
 * Creates the default model of the first configured catalog unless there is one.
 * Does nothing, and says why, while the catalog is absent, empty, or has no attribute that fits.
 */
export async function ensureDefaultModel(options: {
  readonly engine: EngineClient;
  readonly modelStore: ModelStore;
  readonly catalog: Catalog;
}): Promise<DefaultModelResult> {
  const { engine, modelStore, catalog } = options;
  const nothing = (reason: string) => ({ created: false, reason });
  if ((await modelStore.list()).some(({ model }) => model.kind === 'default'))
    return nothing('there is a default model already');
  if (!(await engine.indexExists(catalog.index)))
    return nothing(`catalog "${catalog.index}" does not exist yet`);
  if ((await engine.count(catalog.index)) === 0) return nothing(`catalog "${catalog.index}" is empty`);
  const model = await defaultModel(engine, catalog);
  if (!model) return nothing(`catalog "${catalog.index}" has no attribute that most products share`);
  try {
    await modelStore.create(model, 'kindred');
  } catch (error) {
    if (!(error instanceof KindredError && error.status === 409)) throw error;
    return nothing(error.message);
  }
  return { created: true, reason: null };
}

async function defaultModel(engine: EngineClient, catalog: Catalog): Promise<Partial<Model> | null> {
  const fields = await pickFields(engine, catalog);
  if (fields.length === 0) return null;
  const weights = toTotalHundred(fields.map(() => 1));
  const attributes = await groupAttributes(engine, catalog);
  return {
    id: 'default',
    name: 'Default',
    kind: 'default',
    catalog: catalog.index,
    globalAffinityFields: fields.map((field, position) => ({ field, weight: weights[position] ?? 0 })),
    group: { by: 'demographic', attributes },
    profiles: { inSession: true, sessionProfile: true, individual: true, group: attributes.length > 0 },
    eventWeights: await defaultEventWeights(engine),
  };
}

/** At most six attributes, those first that tell products of one category apart. */
async function pickFields(engine: EngineClient, catalog: Catalog): Promise<string[]> {
  const all = await catalogFields(engine, catalog);
  const exact = all.filter(({ type }) => type !== 'number');
  const total = await engine.count(catalog.index);
  const fitting = (await fieldStatistics(engine, catalog.index, exact)).filter(
    (statistics) => fits(statistics) && !namesProducts(statistics, total),
  );
  const categoryField = all.find(
    ({ field }) => field.replace(/\.keyword$/, '') === catalog.categoryField,
  )?.field;
  const names = fitting.map(({ field }) => field);
  const impurity = await impurityByField(engine, catalog.index, names, categoryField);
  return names.sort((a, b) => (impurity.get(b) ?? 0) - (impurity.get(a) ?? 0)).slice(0, MOST_FIELDS);
}

function fits({ coverage, distinct }: FieldStatistics): boolean {
  return coverage >= LEAST_COVERAGE && distinct >= FEWEST_VALUES && distinct <= MOST_VALUES;
}

function namesProducts({ coverage, distinct }: FieldStatistics, total: number): boolean {
  return distinct > NAMING_VALUES && distinct * 2 > coverage * total;
}

/**
 * At most two attributes of the customers that make cohorts: `age` and `income` where they are kept, else the
 * ones with the fewest values, so that cohorts are large. None without customers.
 */
async function groupAttributes(engine: EngineClient, catalog: Catalog): Promise<string[]> {
  const index = customersIndex(catalog.index);
  const mapping = await engine.getMapping(index);
  if (!mapping) return [];
  const fields = affinityFieldsOf(mapping.properties, { idField: 'user_id', titleField: 'user_id' });
  const exact = fields.filter(({ type }) => type !== 'number');
  const fitting = (await fieldStatistics(engine, index, exact))
    .filter(({ distinct }) => distinct >= FEWEST_VALUES)
    .sort((a, b) => a.distinct - b.distinct)
    .map(({ field }) => field);
  const preferred = GROUP_ATTRIBUTES.filter((name) => fitting.includes(name));
  return [...preferred, ...fitting.filter((name) => !preferred.includes(name))].slice(0, 2);
}
