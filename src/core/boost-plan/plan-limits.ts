// How many boosts a plan sends and how strong they are: strongest values, impact λ, soft cap C = 30 (docs/profiles.md).

/** Soft cap C on what one product can reach at λ = 1: the product of the strongest factors of every list. */
export const SOFT_CAP = 30;
const MAX_FACTOR = 1e6;
const FULL_IMPACT_AT = 50;

/** λ = impact / 50, of an impact of 0–100: 0 sends no boosts, 1 allows up to the soft cap, 2 up to its square. */
export function impactLambda(impact: number): number {
  return impact / FULL_IMPACT_AT;
}

/** C^λ: what the engine clamps a product's boost to. */
export function maxBoost(lambda: number): number {
  return SOFT_CAP ** lambda;
}

/**
 * Gives every candidate its factor exp(λ · s · ln w), s = min(1, ln C / Σ over lists of the largest ln w). All lists
 * share one s, as one product can meet the strongest candidate of each. Found before λ, so it never ties products.
 * @param lists candidates per field or list of products; `logFactor` is ln w
 */
export function softCapped<C extends { readonly logFactor: number }>(
  lists: readonly (readonly C[])[],
  lambda: number,
): (C & { readonly factor: number })[] {
  const reach = lists.reduce(
    (sum, candidates) => sum + candidates.reduce((most, { logFactor }) => Math.max(most, logFactor), 0),
    0,
  );
  const soften = reach > 0 ? Math.min(1, Math.log(SOFT_CAP) / reach) : 1;
  return lists.flat().flatMap((candidate) => {
    const factor = Math.exp(lambda * soften * candidate.logFactor);
    return factor > 0 && factor <= MAX_FACTOR ? [{ ...candidate, factor }] : [];
  });
}

const MAX_VALUES_PER_FIELD = { inCategory: 20, inAllProducts: 200 };
const MAX_PRODUCTS = { inCategory: 50, inAllProducts: 200 };

interface Candidate {
  readonly strength: number;
}

/**
 * The values of one field to send, strongest first.
 * @param category the request's scope; null is all products
 */
export function strongestValues<C extends Candidate>(candidates: readonly C[], category: string | null): C[] {
  return strongest(candidates, MAX_VALUES_PER_FIELD, category);
}

/** The single products of one list to send, strongest first. Same parameters. */
export function strongestProducts<C extends Candidate>(
  candidates: readonly C[],
  category: string | null,
): C[] {
  return strongest(candidates, MAX_PRODUCTS, category);
}

function strongest<C extends Candidate>(
  candidates: readonly C[],
  max: typeof MAX_PRODUCTS,
  category: string | null,
): C[] {
  const ordered = [...candidates].sort((a, b) => b.strength - a.strength);
  return ordered.slice(0, category === null ? max.inAllProducts : max.inCategory);
}
