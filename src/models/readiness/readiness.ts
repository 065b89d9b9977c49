// Readiness: what is missing before a model can be trained, and what will make it poor, in words.
import type { Readiness, ReadinessCheck } from '../../contract/readiness.js';
import type { Catalog } from '../../core/catalog.js';
import { KindredError } from '../../core/errors.js';
import { formatCount } from '../../core/format-count.js';
import type { Model } from '../../core/model/model.js';
import type { EngineClient } from '../../engine/client/client.js';
import { checkModel } from '../store/check-model.js';
import type { ModelStore } from '../store/model-store.js';
import { eventChecks } from './event-checks.js';
import { fieldChecks, groupChecks } from './field-checks.js';

export interface ReadinessDependencies {
  readonly engine: EngineClient;
  readonly catalogs: readonly Catalog[];
  readonly modelStore: Pick<ModelStore, 'list' | 'get'>;
}

/**
 * Checks a model by its id, the default model where none is given.
 * @throws KindredError `model-not-found` (404)
 */
export async function checkReadinessOf(
  { engine, catalogs, modelStore }: ReadinessDependencies,
  modelId: string | undefined,
): Promise<Readiness> {
  if (modelId !== undefined)
    return checkReadiness(engine, catalogs, (await modelStore.get(modelId)).source.model);
  const [first] = await modelStore.list();
  return checkReadiness(engine, catalogs, first?.model ?? null);
}

/**
 * @param model the model to be trained; null when there is none yet
 * @param now milliseconds since the epoch
 */
export async function checkReadiness(
  engine: EngineClient,
  catalogs: readonly Catalog[],
  model: Model | null,
  now = Date.now(),
): Promise<Readiness> {
  const index = model?.catalog ?? catalogs[0]?.index ?? 'products';
  const catalog = catalogs.find((each) => each.index === index);
  const [products, fits] = await Promise.all([
    catalogCheck(engine, index),
    modelCheck(engine, catalogs, model),
  ]);
  const checked = model && catalog && products.ok && fits.ok;
  const found = await Promise.all([
    eventChecks(engine, products.ok ? index : null, model, now),
    checked ? fieldChecks(engine, catalog, model) : [],
    checked ? groupChecks(engine, catalog, model) : [],
  ]);
  const checks = [products, fits, ...found.flat()];
  return { ready: checks.every(({ ok }) => ok), checks };
}

/** A check of the data alone; when it fails, no training can succeed. */
function requirement(name: ReadinessCheck['name'], ok: boolean, message: string, count: number | null) {
  return { name, path: null, ok, warning: false, message, count };
}

async function catalogCheck(engine: EngineClient, index: string): Promise<ReadinessCheck> {
  const count = (await engine.indexExists(index)) ? await engine.count(index) : 0;
  const message =
    count > 0
      ? `catalog "${index}" has ${formatCount(count, 'product')}`
      : `catalog "${index}" has no products; load them with kindred load`;
  return requirement('catalog', count > 0, message, count);
}

async function modelCheck(
  engine: EngineClient,
  catalogs: readonly Catalog[],
  model: Model | null,
): Promise<ReadinessCheck> {
  const check = (ok: boolean, message: string) => requirement('model', ok, message, null);
  if (!model) return check(false, 'there is no model; create one, or restart once the catalog is loaded');
  try {
    await checkModel(engine, catalogs, model);
    return check(true, `model "${model.id}" fits its catalog`);
  } catch (error) {
    if (!(error instanceof KindredError && error.status === 422)) throw error;
    return check(false, error.message);
  }
}
