// The model as the product serves it, and with each of its parts switched off in turn.
import { boostMultiplier } from '../../core/boost-plan/boost-multiplier.js';
import type { Model } from '../../core/model/model.js';
import { createPlanFor } from '../boost-plans.js';
import type { PlanFor } from '../evaluation.js';
import type { Assortment } from '../tasks/assortment.js';
import type { Method, Query } from '../tasks/judged-query.js';
import type { TrainedInMemory } from '../train-in-memory.js';

/** Name → the model without one part; only parts that the model has. */
function variants(model: Model): [name: string, model: Model][] {
  const { profiles, products } = model;
  const without = (part: Partial<Model>): Model => ({ ...model, ...part });
  const parts: [name: string, on: boolean, model: Model][] = [
    ['individual', profiles.individual, without({ profiles: { ...profiles, individual: false } })],
    ['group', profiles.group, without({ profiles: { ...profiles, group: false } })],
    ['session', profiles.inSession, without({ profiles: { ...profiles, inSession: false } })],
    ['buy_again', products.buyAgain > 0, without({ products: { ...products, buyAgain: 0 } })],
    ['related', products.related > 0, without({ products: { ...products, related: 0 } })],
  ];
  return parts.filter(([, on]) => on).map(([name, , model]) => [`model_without_${name}`, model]);
}

/** The model as `model`, and its variants; all read the one training's profiles. */
export function modelMethods(assortment: Assortment, { active, profiles }: TrainedInMemory): Method[] {
  return [['model', active.model] as const, ...variants(active.model)].map(([name, model]) =>
    modelMethod(name, assortment, createPlanFor({ ...active, model }, profiles), active.multiValuedFields),
  );
}

/** Score = √popularity × what the boost plan multiplies by. */
export function modelMethod(
  name: string,
  assortment: Assortment,
  planFor: PlanFor,
  multiValuedFields: readonly string[],
): Method {
  const multipliers = multipliersOf(assortment, planFor, multiValuedFields);
  return { name, score: async (query) => scores(assortment, query, await multipliers(query), 1) };
}

/**
 * One model at several impacts. The impact is an exponent of every factor, as the soft cap is found before it, so that one plan
 * serves all.
 * @param impacts name → impact, 0–100
 * @param planned what `planFor` plans with, > 0
 */
export function impactMethods(
  impacts: ReadonlyMap<string, number>,
  planned: number,
  assortment: Assortment,
  planFor: PlanFor,
  multiValuedFields: readonly string[],
): Method[] {
  const multipliers = multipliersOf(assortment, planFor, multiValuedFields);
  let last: { readonly query: Query; readonly found: Promise<Float64Array> } | undefined;
  return [...impacts].map(([name, impact]) => ({
    name,
    async score(query) {
      if (last?.query !== query) last = { query, found: multipliers(query) };
      return scores(assortment, query, await last.found, impact / planned);
    },
  }));
}

/** What each candidate of a query is multiplied by. */
function multipliersOf({ products }: Assortment, planFor: PlanFor, multiValuedFields: readonly string[]) {
  return async (query: Query): Promise<Float64Array> => {
    const multiplier = boostMultiplier(await planFor(query), multiValuedFields);
    return Float64Array.from(query.candidates, (item) => {
      const product = products[item];
      return product ? multiplier(product) : 1;
    });
  };
}

function scores(
  { popularity }: Assortment,
  { candidates }: Query,
  multipliers: Float64Array,
  exponent: number,
): Float64Array {
  return multipliers.map(
    (multiplier, at) => Math.sqrt(popularity[candidates[at] ?? -1] ?? 0) * multiplier ** exponent,
  );
}
