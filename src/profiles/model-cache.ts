// What searches compute once: per served model, and per profile document. It goes when the model or the document goes.
import { LRUCache } from 'lru-cache';
import type { Affinities } from '../core/affinity/affinity.js';
import { createQueryReader, type QueryReader } from '../core/affinity/query-values.js';
import type { BoostPlan } from '../core/boost-plan/boost-plan.js';
import type { MultiplierBounds } from '../core/boost-plan/multiplier-bounds.js';
import type { ActiveModel } from '../core/model/model.js';
import { ownProducts, type ProfileDocument, scopeAffinities } from '../core/profile/profile.js';

/** Estimated memory of the boost plans of one model, with the request texts rendered from them. */
const MAX_PLAN_BYTES = 64 * 1024 * 1024;
/** Of a plan without boosts, and of each boost as an object and as text, measured. */
const PLAN_BYTES = 1_000;
const BOOST_BYTES = 500;

/** What is made of a boost plan on its way into a request, each as costly as the plan itself. */
export interface BoostPlanMemos {
  /** the part of the plan that a placement can afford */
  readonly limited: Memo<BoostPlan>;
  /** the query text around the original query */
  readonly frames: Memo<readonly [before: string, after: string]>;
  readonly cacheKey: Memo<string>;
  readonly bounds: Memo<MultiplierBounds>;
}

function createModelCache() {
  const plans = new LRUCache<string, BoostPlan>({
    maxSize: MAX_PLAN_BYTES,
    sizeCalculation: ({ boosts }, { length }) => PLAN_BYTES + 2 * length + BOOST_BYTES * boosts.length,
  });
  let identities = 0;

  return {
    /** The plan computed before under this key, which tells apart everything a plan depends on beside the model. */
    boostPlan(key: string, compute: () => BoostPlan): BoostPlan {
      const known = plans.get(key);
      if (known) return known;
      const plan = compute();
      plans.set(key, plan);
      return plan;
    },
    memosOf: perObject(
      (_: BoostPlan): BoostPlanMemos => ({
        limited: createMemo(),
        frames: createMemo(),
        cacheKey: createMemo(),
        bounds: createMemo(),
      }),
    ),
    /** A number that stands for an object in keys, as long as it is the same object. */
    identity: perObject((_: object) => {
      identities += 1;
      return identities;
    }),
  };
}

/** The cache of a model; `ActiveModel` stays the same object as long as the version is served. */
export const modelCache = perObject((_: ActiveModel) => createModelCache());

/**
 * What is read out of a profile document, for all models that are served or previewed on its index: the population has
 * thousands of values and words, and is in every plan.
 */
export const profileCache = perObject((profile: ProfileDocument) => {
  const scopes = new Map<string | null, Affinities>();
  const own = createMemo<ReturnType<typeof ownProducts>>();
  const reader = createMemo<QueryReader>();

  function affinities(category: string | null): Affinities {
    const found = scopes.get(category) ?? scopeAffinities(profile, category);
    scopes.set(category, found);
    return found;
  }

  return {
    affinities,
    ownProducts: () => own([], () => ownProducts(profile)),
    /** Of the population: which catalog values a search text names. */
    queryReader: () =>
      reader([], () => {
        const values = [...affinities(null)].map(([field, { values }]) => [field, values.keys()] as const);
        return createQueryReader(values, profile.categories ?? [], profile.separator);
      }),
  };
});

/** Computes again when one of the inputs is another object or value than the last time. */
type Memo<T> = (inputs: readonly unknown[], compute: () => T) => T;

function createMemo<T>(): Memo<T> {
  let last: { readonly inputs: readonly unknown[]; readonly value: T } | undefined;
  return (inputs, compute) => {
    if (last?.inputs.length === inputs.length && last.inputs.every((input, at) => input === inputs[at]))
      return last.value;
    last = { inputs, value: compute() };
    return last.value;
  };
}

function perObject<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}
