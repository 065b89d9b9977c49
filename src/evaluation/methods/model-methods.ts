// The model as the product serves it, and with each of its parts switched off in turn.
import { boostMultiplier } from '../../core/boost-plan/boost-multiplier.js';
import type { Model } from '../../core/model/model.js';
import { createPlanFor } from '../boost-plans.js';
import type { PlanFor } from '../evaluation.js';
import type { Assortment } from '../tasks/assortment.js';
import type { Method } from '../tasks/judged-query.js';
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
  { products, popularity }: Assortment,
  planFor: PlanFor,
  multiValuedFields: readonly string[],
): Method {
  return {
    name,
    async score(query) {
      const multiplier = boostMultiplier(await planFor(query), multiValuedFields);
      return Float64Array.from(query.candidates, (item) => {
        const product = products[item];
        return Math.sqrt(popularity[item] ?? 0) * (product ? multiplier(product) : 1);
      });
    },
  };
}
