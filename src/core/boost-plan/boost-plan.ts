// The boost plan of one request: lifts turned into bounded factors, and what of it can be sent.
import { type LiftInput, type ProfileSource, valueLifts } from '../affinity/lift.js';
import type { NumberRange } from '../affinity/number-bands.js';
import { mappingPaths } from '../field-location.js';
import type { FieldWeight } from '../model/model.js';
import { impactLambda, maxBoost, softCapped, strongestValues } from './plan-limits.js';
import { type ProductInput, productCandidates } from './product-boosts.js';

/** Every engine finds a document by it, however the catalog is mapped; it equals the object id. */
export const ID_FIELD = '_id';
/** |ln w| below this moves nothing and is not sent. */
const NEGLIGIBLE = 1e-3;

export interface BoostPlanInput extends LiftInput {
  /** 0–100; the request's own or the model's */
  readonly impact: number;
  /** the category that the request names, where its scope is a parent of it: its override holds */
  readonly named?: string | null;
  /** where categories are paths: what is between their levels */
  readonly separator?: string | null;
  /** single products; absent where the profiles have none */
  readonly products?: ProductInput;
}

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
  /** of a boost of one product, whose id `value` is: why it is boosted */
  readonly product?: 'buy_again' | 'related';
  /** Only products of these categories (an override); absent for the global list. */
  readonly categories?: readonly string[];
}

export interface BoostPlan {
  /** scope of the affinities; `null` is all products */
  readonly category: string | null;
  /** profiles that contributed, in the order individual, session, group */
  readonly profiles: readonly ProfileSource[];
  /** by field in the model's order, then single products, each strongest first; global list first, then overrides */
  readonly boosts: readonly Boost[];
  /** categories whose products follow an override instead of the global list */
  readonly overridden: readonly string[];
  /** guard for the engine: C^λ */
  readonly maxBoost: number;
  /** the factors of long lists are whole steps (`roundFactors`) */
  readonly rounded?: boolean;
}

/** A boost before the soft cap and the impact; `logFactor` is ln w. */
interface Candidate extends Omit<Boost, 'factor' | 'categories'> {
  readonly logFactor: number;
  readonly strength: number;
}

/** Of a single product: its boost belongs to the list that its categories follow. */
interface ProductCandidate extends Candidate {
  readonly categories: readonly string[];
}

/**
 * ln w_f(v) = e_f · ln(lift(v)), e_f the field's weight / 100; factor = exp(λ · s · ln w_f), with the soft cap s found
 * per override group (docs/profiles.md, "From x to factors"). A plan without evidence, or at impact 0, has no boosts.
 */
export function buildBoostPlan(input: BoostPlanInput): BoostPlan {
  const { model, category } = input;
  const lambda = impactLambda(input.impact);
  const overrides = model.categoryOverrides.filter(
    ({ fields, categories }) =>
      fields.length > 0 && (category === null || categories.includes(input.named ?? category)),
  );
  const overridden = overrides.flatMap(({ categories }) => categories);
  const products = productLists(input);

  function boostsOf(
    fields: readonly FieldWeight[],
    isListed: (product: ProductCandidate) => boolean,
    categories?: readonly string[],
  ): Boost[] {
    if (lambda === 0) return [];
    const fieldLists = fields.map((weighted) => fieldCandidates(input, weighted));
    const productsListed = products.map((list) => list.filter(isListed));
    return softCapped([...fieldLists, ...productsListed], lambda).map(
      ({ field, value, range, factor, profile, product }) => ({
        field,
        value,
        range,
        factor,
        profile,
        product,
        categories,
      }),
    );
  }

  const isWithinOverride = category !== null && overrides.length > 0;
  const globalList = isWithinOverride
    ? []
    : boostsOf(model.globalAffinityFields, (product) => !isIn(overridden, product));
  const overrideLists = overrides.flatMap(({ fields, categories }) =>
    boostsOf(fields, (product) => isIn(categories, product), categories),
  );
  const boosts = [...globalList, ...overrideLists];
  const used = new Set(boosts.map(({ profile }) => profile));
  const order: readonly ProfileSource[] = ['individual', 'session', 'group'];
  return {
    category,
    boosts,
    profiles: order.filter((profile) => used.has(profile)),
    overridden,
    maxBoost: maxBoost(lambda),
  };
}

/** Values of one field to boost, strongest first. */
function fieldCandidates(input: BoostPlanInput, { field, weight }: FieldWeight): Candidate[] {
  const population = input.population.get(field);
  // A field with one value in the scope tells no product from another.
  if (!population || population.values.size < 2) return [];
  const candidates = valueLifts(input, field).flatMap(({ value, lift, mass, profile }): Candidate[] => {
    const logFactor = (weight / 100) * Math.log(lift);
    if (!(Math.abs(logFactor) >= NEGLIGIBLE) || !Number.isFinite(logFactor)) return [];
    const range = population.bands?.get(value);
    return [{ field, value, range, logFactor, strength: Math.abs(mass * logFactor), profile }];
  });
  return strongestValues(candidates, input.category);
}

/** Lists of their own beside the fields: what the user buys again, and what goes with it. */
function productLists({ model, category, separator, products }: BoostPlanInput): ProductCandidate[][] {
  if (!products) return [];
  return productCandidates(model, products, category, separator).map((list) =>
    list.map(({ objectId, ...candidate }) => ({ ...candidate, field: ID_FIELD, value: objectId })),
  );
}

function isIn(categories: readonly string[], product: ProductCandidate): boolean {
  return product.categories.some((category) => categories.includes(category));
}

/** Boosts in all around a query: it evaluates them on every match, not in a window. */
const MAX_WRAPPED_BOOSTS = 30;

/**
 * What a wrapped query can afford of a plan: 30 boosts, every list's strongest first, then every list's second, and so
 * on. Call it before the plan is counted or explained.
 */
export function limitPlan(plan: BoostPlan): BoostPlan {
  if (plan.boosts.length <= MAX_WRAPPED_BOOSTS) return plan;
  const positions = new Map(plan.boosts.map((boost, position) => [boost, position]));
  const ranked = boostLists(plan.boosts).flatMap((list) =>
    list.map((boost, rank) => ({ boost, position: positions.get(boost) ?? 0, rank })),
  );
  const kept = ranked.sort((a, b) => a.rank - b.rank || a.position - b.position).slice(0, MAX_WRAPPED_BOOSTS);
  const boosts = kept.sort((a, b) => a.position - b.position).map(({ boost }) => boost);
  const used = new Set(boosts.map(({ profile }) => profile));
  return { ...plan, boosts, profiles: plan.profiles.filter((profile) => used.has(profile)) };
}

/** The lists of a plan: boosts of one field, for one reason and scope, of which a product meets one; strongest first. */
export function boostLists(boosts: readonly Boost[]): readonly (readonly Boost[])[] {
  const lists = new Map<string, Boost[]>();
  for (const boost of boosts) {
    const key = JSON.stringify([boost.field, boost.product, boost.categories]);
    const list = lists.get(key);
    if (list) list.push(boost);
    else lists.set(key, [boost]);
  }
  return [...lists.values()];
}

/**
 * @param conflicting as in `BoostFields`
 * @param categoryField mapping path of the catalog's category, which overrides filter by
 */
export function dropConflictingFields(
  plan: BoostPlan,
  conflicting: ReadonlySet<string>,
  categoryField: string,
): BoostPlan {
  if (conflicting.size === 0) return plan;
  const categoriesFail = conflicting.has(categoryField);
  // The global list filters by category too, to leave out the products that overrides are for.
  const allFail = categoriesFail && plan.category === null && plan.overridden.length > 0;
  const boosts = plan.boosts.filter(
    ({ field, categories }) =>
      !allFail &&
      !mappingPaths(field).some((path) => conflicting.has(path)) &&
      !(categoriesFail && categories),
  );
  if (boosts.length === plan.boosts.length) return plan;
  const used = new Set(boosts.map(({ profile }) => profile));
  return { ...plan, boosts, profiles: plan.profiles.filter((profile) => used.has(profile)) };
}
