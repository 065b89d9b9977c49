// Plans are made once: who searches again, and has done nothing in between, gets the plan of the last search.
import { LRUCache } from 'lru-cache';
import type { BoostPlan } from '../core/boost-plan/boost-plan.js';
import type { ActiveModel } from '../core/model/model.js';

/** Estimated memory of the plans of one model, with the texts made of them. */
const MAX_BYTES = 64 * 1024 * 1024;
/** Of a plan without boosts, and of each boost as an object and as text, measured. */
const PLAN_BYTES = 1_000;
const BOOST_BYTES = 500;

const memories = new WeakMap<ActiveModel, LRUCache<string, BoostPlan>>();
const numbers = new WeakMap<object, number>();
let objects = 0;

/**
 * The plan that was made under this key for this version of the model, or a new one.
 * @param key tells apart everything that a plan depends on beside the model
 */
export function rememberedPlan(active: ActiveModel, key: string, make: () => BoostPlan): BoostPlan {
  const memory =
    memories.get(active) ??
    new LRUCache<string, BoostPlan>({
      maxSize: MAX_BYTES,
      sizeCalculation: ({ boosts }, { length }) => PLAN_BYTES + 2 * length + BOOST_BYTES * boosts.length,
    });
  memories.set(active, memory);
  const known = memory.get(key);
  if (known) return known;
  const plan = make();
  memory.set(key, plan);
  return plan;
}

/** A number that stands for an object as long as it is the same object; 0 for none. */
export function numberOf(object: object | null): number {
  if (object === null) return 0;
  const known = numbers.get(object);
  if (known !== undefined) return known;
  objects += 1;
  numbers.set(object, objects);
  return objects;
}
