// Says in words what is missing before a model can be trained.
import type { Catalog } from '../core/catalog.js';
import { counted } from '../core/counted.js';
import { KindredError } from '../core/errors.js';
import { relativeEventWeights } from '../core/event-weight.js';
import type { Model } from '../core/model.js';
import type { EngineClient } from '../engine/client.js';
import { checkModel } from './check-model.js';
import { EVENTS_INDEX } from './indices.js';

export interface ReadinessCheck {
  readonly name: 'catalog' | 'model' | 'events';
  readonly ok: boolean;
  /** what was found, or what is missing and what to do */
  readonly message: string;
  /** products or events found; null where nothing is counted */
  readonly count: number | null;
}

export interface Readiness {
  readonly ready: boolean;
  readonly checks: readonly ReadinessCheck[];
}

/** @param model the model to be trained; null when there is none yet */
export async function checkReadiness(
  engine: EngineClient,
  catalogs: readonly Catalog[],
  model: Model | null,
): Promise<Readiness> {
  const index = model?.catalog ?? catalogs[0]?.index ?? 'products';
  const checks = [
    await catalogCheck(engine, index),
    await modelCheck(engine, catalogs, model),
    await eventsCheck(engine, model),
  ];
  return { ready: checks.every(({ ok }) => ok), checks };
}

async function catalogCheck(engine: EngineClient, index: string): Promise<ReadinessCheck> {
  const count = (await engine.indexExists(index)) ? await engine.count(index) : 0;
  const message =
    count > 0
      ? `catalog "${index}" has ${counted(count, 'product')}`
      : `catalog "${index}" has no products; load them with kindred load`;
  return { name: 'catalog', ok: count > 0, message, count };
}

async function modelCheck(
  engine: EngineClient,
  catalogs: readonly Catalog[],
  model: Model | null,
): Promise<ReadinessCheck> {
  const answer = (ok: boolean, message: string) => ({ name: 'model' as const, ok, message, count: null });
  if (!model) return answer(false, 'there is no model; create one, or restart once the catalog is loaded');
  try {
    await checkModel(engine, catalogs, model);
    return answer(true, `model "${model.id}" fits its catalog`);
  } catch (error) {
    if (!(error instanceof KindredError && error.status === 422)) throw error;
    return answer(false, error.message);
  }
}

async function eventsCheck(engine: EngineClient, model: Model | null): Promise<ReadinessCheck> {
  const counting = model && [...relativeEventWeights(model.eventWeights)].filter(([, weight]) => weight > 0);
  const names = counting?.map(([name]) => name) ?? [];
  const query = {
    bool: {
      filter: [{ exists: { field: 'user_id' } }, ...(model ? [{ terms: { action_name: names } }] : [])],
    },
  };
  const count = (await engine.indexExists(EVENTS_INDEX)) ? await engine.count(EVENTS_INDEX, query) : 0;
  const kinds = model ? `of the weighted types (${names.join(', ')})` : 'of any type';
  const message =
    count > 0
      ? `${counted(count, 'event')} ${kinds} with a user id`
      : `no event ${kinds} with a user id; send events to /_kindred/events or load them with kindred load`;
  return { name: 'events', ok: count > 0, message, count };
}
