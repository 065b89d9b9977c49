// Single products as values of their own: what a person bought, and what goes with it.
import type { ProfileSource } from './boost-plan.js';
import { smoothedShare } from './smoothed-share.js';

/** What speaks for one product. */
export interface ProductEvidence {
  readonly objectId: string;
  readonly category: string | null;
  /** the person's weighted, decayed evidence; > 0 */
  readonly x: number;
  /** everyone's */
  readonly populationX: number;
  readonly profile: ProfileSource;
}

/** Everyone's weight on all products of a scope, and on how many products it is. */
export interface Assortment {
  readonly total: number;
  readonly products: number;
}

export interface ProductCandidate extends ProductEvidence {
  readonly logFactor: number;
  readonly strength: number;
}

/** k of single products: what a person did with a product is blended with little. */
const PRIOR = 1;
/** Products sent: the strongest, inside a category and without one. */
const PRODUCTS_IN_CATEGORY = 50;
const PRODUCTS_ALL = 200;

/**
 * ln w(v) = e · ln((x + k·p) / (k·p)) with k = 1 and e = strength / 100: the affinity formula with the product
 * itself as the value, p its share of the scope. Strongest first.
 * @param strength 0–100
 * @param category the request's scope; evidence from other categories does not count in it
 */
export function productCandidates(
  evidence: readonly ProductEvidence[],
  strength: number,
  assortment: Assortment,
  category: string | null,
): ProductCandidate[] {
  if (strength === 0) return [];
  const keep = category === null ? PRODUCTS_ALL : PRODUCTS_IN_CATEGORY;
  return evidence
    .filter((product) => category === null || product.category === category)
    .map((product) => {
      const p = smoothedShare(product.populationX, assortment.total, assortment.products);
      const logFactor = (strength / 100) * Math.log((product.x + PRIOR * p) / (PRIOR * p));
      return { ...product, logFactor, strength: product.x * logFactor };
    })
    .filter(({ logFactor }) => Number.isFinite(logFactor) && logFactor > 0)
    .sort((a, b) => b.strength - a.strength)
    .slice(0, keep);
}

/** How many of a person's products speak for what goes with them. */
const SEEDS = 50;

/** The products whose neighbours are asked: a person's strongest of the scope. */
export function relatedSeeds(own: readonly ProductEvidence[], category: string | null): ProductEvidence[] {
  return own.filter((product) => category === null || product.category === category).slice(0, SEEDS);
}

/** What people who have a product also have: `[object id, strength, everyone's x]`, all of one category. */
export interface Neighbours {
  readonly category: string | null;
  readonly bought_with: readonly (readonly [objectId: string, strength: number, populationX: number])[];
}

/**
 * x(v) = Σ over the person's products i of recency · sim(i → v), recency = min(1, x(i)).
 * @param neighboursOf neighbours of a seed by object id; undefined where it has none
 */
export function relatedEvidence(
  seeds: readonly ProductEvidence[],
  neighboursOf: (objectId: string) => Neighbours | undefined,
): ProductEvidence[] {
  const related = new Map<string, ProductEvidence>();
  for (const seed of seeds) {
    const neighbours = neighboursOf(seed.objectId);
    for (const [objectId, strength, populationX] of neighbours?.bought_with ?? []) {
      const x = (related.get(objectId)?.x ?? 0) + Math.min(1, seed.x) * strength;
      related.set(objectId, { objectId, category: seed.category, x, populationX, profile: seed.profile });
    }
  }
  return [...related.values()];
}
