// The boost plan: affinities of one person, blended and turned into bounded factors for one request.
import { fieldEvidence } from '../affinity/lift.js';
import type { NumberRange } from '../affinity/number-bands.js';
import type { FieldWeight } from '../model/model.js';
import type { ProfileSource } from '../profile/profile-source.js';
import type { BoostPlanInput } from './boost-plan-input.js';
import { productCandidates } from './product-boosts.js';

/** Soft cap C on the product of a person's strongest factors at λ = 1. */
export const SOFT_CAP = 30;
/** Values sent per field: the strongest, inside a category and without one. */
const VALUES_IN_CATEGORY = 20;
const VALUES_ALL_PRODUCTS = 200;
/** Every engine finds a document by it, however the catalog is mapped; it equals the object id. */
export const ID_FIELD = '_id';
/** |ln factor| below this moves nothing and is not sent. */
const NEGLIGIBLE = 1e-3;

/** Multiply the score of products with `field` = `value` by `factor`. */
export interface Boost {
  readonly field: string;
  readonly value: string;
  /** of a number field: the numbers that `value` stands for */
  readonly range?: NumberRange;
  /** finite, > 0, ≤ 1e6 */
  readonly factor: number;
  /** the profile that contributed most */
  readonly profile: ProfileSource;
  /** of a boost of one product, whose id `value` is: what raises it */
  readonly product?: 'buy_again' | 'related';
  /** Only products of these categories (an override); absent for the global list. */
  readonly categories?: readonly string[];
}

export interface BoostPlan {
  /** scope the affinities speak about; `null` is all products */
  readonly category: string | null;
  /** profiles that contributed, in the order individual, session, group */
  readonly profiles: readonly ProfileSource[];
  /** by field in the model's order, then single products, each strongest first; global list first, then overrides */
  readonly boosts: readonly Boost[];
  /** categories whose products follow an override instead of the global list */
  readonly overridden: readonly string[];
  /** guard for the engine: C^λ */
  readonly maxBoost: number;
}

interface Candidate {
  readonly field: string;
  readonly value: string;
  readonly range?: NumberRange;
  readonly logFactor: number;
  readonly strength: number;
  readonly profile: ProfileSource;
  readonly product?: Boost['product'];
}

/**
 * ln w_f(v) = e_f · ln((x_individual + σ·x_session + k·q) / (k·p)); boost = exp(λ · s · Σ_f ln w_f),
 * λ = impact / 50, s = min(1, ln C / Σ_f max_v ln w_f(v)), found per override group and before λ.
 * An empty plan (nothing known, or impact 0) has no boosts.
 */
export function buildBoostPlan(input: BoostPlanInput): BoostPlan {
  const { model, category } = input;
  const lambda = input.impact / 50;
  const overrides = model.categoryOverrides.filter(
    ({ fields, categories }) => fields.length > 0 && (category === null || categories.includes(category)),
  );
  const covered = category !== null && overrides.length > 0;
  const overridden = overrides.flatMap(({ categories }) => categories);
  const products = productLists(input);
  const those = (which: (product: ProductCandidateIn) => boolean) =>
    products.map((list) => list.filter(which));
  const boosts =
    lambda === 0
      ? []
      : [
          ...(covered
            ? []
            : factors(
                [
                  ...fieldLists(input, model.globalAffinityFields),
                  ...those((product) => !isIn(overridden, product)),
                ],
                lambda,
              )),
          ...overrides.flatMap(({ fields, categories }) => {
            const own = those((product) => isIn(categories, product));
            return factors([...fieldLists(input, fields), ...own], lambda).map((boost) => ({
              ...boost,
              categories,
            }));
          }),
        ];
  const used = new Set(boosts.map(({ profile }) => profile));
  const order: readonly ProfileSource[] = ['individual', 'session', 'group'];
  return {
    category,
    boosts,
    profiles: order.filter((profile) => used.has(profile)),
    overridden,
    maxBoost: SOFT_CAP ** lambda,
  };
}

/** Candidates of every field of a list, each strongest first. */
function fieldLists(input: BoostPlanInput, fields: readonly FieldWeight[]): Candidate[][] {
  return fields.map((weighted) => fieldCandidates(input, weighted));
}

/** A product's own boost belongs to the list that its category follows. */
interface ProductCandidateIn extends Candidate {
  readonly category: string | null;
}

/** Lists of their own beside the fields. */
function productLists({ model, category, products }: BoostPlanInput): ProductCandidateIn[][] {
  if (!products) return [];
  return productCandidates(model, products, category).map((list) =>
    list.map(({ objectId, ...candidate }) => ({ ...candidate, field: ID_FIELD, value: objectId })),
  );
}

function isIn(categories: readonly string[], { category }: ProductCandidateIn): boolean {
  return category !== null && categories.includes(category);
}

/** The soft cap is found over all lists together, as one product can meet the strongest of each. */
function factors(lists: readonly (readonly Candidate[])[], lambda: number): Boost[] {
  const reach = lists.reduce(
    (sum, candidates) => sum + candidates.reduce((most, { logFactor }) => Math.max(most, logFactor), 0),
    0,
  );
  const soften = reach > 0 ? Math.min(1, Math.log(SOFT_CAP) / reach) : 1;
  return lists.flat().flatMap(({ field, value, range, logFactor, profile, product }) => {
    const factor = Math.exp(lambda * soften * logFactor);
    if (!Number.isFinite(factor) || factor <= 0 || factor > 1e6) return [];
    return [{ field, value, ...(range && { range }), factor, profile, ...(product && { product }) }];
  });
}

function fieldCandidates(input: BoostPlanInput, { field, weight }: FieldWeight): Candidate[] {
  const population = input.population.get(field);
  // A field with one value in the scope tells no product from another.
  if (!population || population.values.size < 2) return [];
  const keep = input.category === null ? VALUES_ALL_PRODUCTS : VALUES_IN_CATEGORY;
  const candidates = fieldEvidence(input, field).flatMap(({ value, lift, mass, profile }): Candidate[] => {
    const logFactor = (weight / 100) * Math.log(lift);
    if (!(Math.abs(logFactor) >= NEGLIGIBLE) || !Number.isFinite(logFactor)) return [];
    const range = population.bands?.get(value);
    const strength = Math.abs(mass * logFactor);
    return [{ field, value, ...(range && { range }), logFactor, strength, profile }];
  });
  return candidates.sort((a, b) => b.strength - a.strength).slice(0, keep);
}
