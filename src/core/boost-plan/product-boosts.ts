// Boosts of single products: what a user buys again, what goes with it, and where the session leads.
import { eventWeigher, type ProductEvent } from '../affinity/affinity.js';
import type { ProfileSource } from '../affinity/lift.js';
import { populationShare } from '../affinity/population-share.js';
import { keptEvents } from '../affinity/taken-back.js';
import type { EventWeight, Model } from '../model/model.js';
import { isInScope } from '../product.js';
import { strongestProducts } from './plan-limits.js';

/** The evidence for boosting one product. */
export interface ProductEvidence {
  readonly objectId: string;
  readonly categories: readonly string[];
  /** weighted, decayed, of the user or session; > 0 */
  readonly x: number;
  /** the population's */
  readonly populationX: number;
  readonly profile: ProfileSource;
}

/** Of the population in a scope. */
interface ProductTotals {
  /** its x, summed over all products */
  readonly total: number;
  /** on how many products that is */
  readonly products: number;
}

export interface ProductInput {
  readonly totals: ProductTotals;
  /** products of the user's events */
  readonly own: readonly ProductEvidence[];
  /** what goes with those products */
  readonly related: readonly ProductEvidence[];
  /** products that the session leads to */
  readonly next: readonly ProductEvidence[];
}

export interface ProductCandidate extends ProductEvidence {
  readonly logFactor: number;
  readonly strength: number;
  /** why it is boosted */
  readonly product: 'buy_again' | 'related';
}

/** Prior strength k of single products: a user's own events count nearly alone. */
const PRIOR = 1;
/** How much more than `related` the products count that a session leads to: they are what the user looks for now. */
const NEXT_PRODUCTS_FACTOR = 2;

/**
 * Two lists, each strongest first: products to buy again, and related ones, of the history and of the session.
 *
 * ln w(v) = e · ln((x + k·p) / (k·p)) with k = 1: the lift with the product itself as the value, p its share of the
 * scope; e = buyAgain / 100 and related / 100, twice that for where the session leads (docs/profiles.md, "Single
 * products"). What a product gets from history and session adds up; its profile is the one that gives more.
 * @param category the request's scope; evidence from other categories does not count in it
 */
export function productCandidates(
  { products: strengths, profiles }: Model,
  { totals, own, related, next }: ProductInput,
  category: string | null,
  separator: string | null = null,
): ProductCandidate[][] {
  const weighed = (
    product: ProductCandidate['product'],
    evidence: readonly ProductEvidence[],
    strength: number,
  ): ProductCandidate[] =>
    evidence
      .filter((one) => isInScope(one, category, separator))
      .map((one) => {
        const p = populationShare(one.populationX, totals.total, totals.products);
        const logFactor = (strength / 100) * Math.log((one.x + PRIOR * p) / (PRIOR * p));
        return { ...one, logFactor, strength: one.x * logFactor, product };
      })
      .filter(({ logFactor }) => Number.isFinite(logFactor) && logFactor > 0);
  const again = profiles.individual ? weighed('buy_again', own, strengths.buyAgain) : [];
  const ofHistory = profiles.individual ? weighed('related', related, strengths.related) : [];
  const ofSession = profiles.inSession
    ? weighed('related', next, NEXT_PRODUCTS_FACTOR * strengths.related)
    : [];
  return [again, sumByProduct(ofHistory, ofSession)].map((list) => strongestProducts(list, category));
}

/** Each product once, with the sum of what history and session give it. */
function sumByProduct(
  history: readonly ProductCandidate[],
  session: readonly ProductCandidate[],
): ProductCandidate[] {
  const sums = new Map(history.map((candidate) => [candidate.objectId, candidate]));
  for (const candidate of session) {
    const known = sums.get(candidate.objectId);
    if (!known) sums.set(candidate.objectId, candidate);
    else
      sums.set(candidate.objectId, {
        ...(known.logFactor > candidate.logFactor ? known : candidate),
        logFactor: known.logFactor + candidate.logFactor,
        strength: known.strength + candidate.strength,
      });
  }
  return [...sums.values()];
}

/** Whose neighbours count: a user's strongest products, and a session's latest ones. */
const MAX_OWN_SEEDS = 50;
const MAX_SESSION_SEEDS = 10;

/** A product whose neighbours count; `weight`, 0–1, is how much. */
export interface Seed {
  readonly objectId: string;
  readonly categories: readonly string[];
  readonly weight: number;
}

/** The user's strongest products of the scope, each of weight min(1, x). */
export function ownSeeds(
  own: readonly ProductEvidence[],
  category: string | null,
  separator: string | null = null,
): Seed[] {
  return own
    .filter((product) => isInScope(product, category, separator))
    .slice(0, MAX_OWN_SEEDS)
    .map((product) => ({
      objectId: product.objectId,
      categories: product.categories,
      weight: Math.min(1, product.x),
    }));
}

/**
 * The latest products of the scope with a counting event in the session: the newest has weight 1, the n-th of them
 * 1/n². Events that were taken back (put into the cart and removed again) do not count.
 * @param events oldest first
 */
export function sessionSeeds(
  events: readonly ProductEvent[],
  eventWeights: readonly EventWeight[],
  category: string | null,
  separator: string | null = null,
): Seed[] {
  const weigh = eventWeigher(eventWeights);
  const seen = new Map<string, Seed['categories']>();
  for (const [{ action, product }] of keptEvents(events)) {
    if (weigh(action) === undefined || !isInScope(product, category, separator)) continue;
    // A map keeps the position of a known key; a product with a new event is the newest again.
    seen.delete(product.objectId);
    seen.set(product.objectId, product.categories);
  }
  return [...seen]
    .slice(-MAX_SESSION_SEEDS)
    .reverse()
    .map(([objectId, categories], before) => ({
      objectId,
      categories,
      weight: 1 / (before + 1) ** 2,
    }));
}

type Neighbours = readonly (readonly [objectId: string, strength: number, populationX: number])[];

/**
 * x(v) = Σ over seeds i of weight(i) · strength(i → v).
 * @param neighboursOf `[object id, strength, the population's x]` of a seed, of its category; undefined where it has none
 */
export function relatedEvidence(
  seeds: readonly Seed[],
  profile: ProductEvidence['profile'],
  neighboursOf: (objectId: string) => Neighbours | undefined,
): ProductEvidence[] {
  const related = new Map<string, ProductEvidence>();
  for (const seed of seeds)
    for (const [objectId, strength, populationX] of neighboursOf(seed.objectId) ?? []) {
      const x = (related.get(objectId)?.x ?? 0) + seed.weight * strength;
      related.set(objectId, { objectId, categories: seed.categories, x, populationX, profile });
    }
  return [...related.values()];
}
