// Single products as values of their own: what a person bought, and what goes with it.

import { populationShare } from '../affinity/smoothed-share.js';
import type { Model } from '../model/model.js';
import type { ProfileSource } from '../profile/profile-source.js';

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

export interface ProductInput {
  readonly assortment: Assortment;
  /** what the person bought, or did something that counts with */
  readonly own: readonly ProductEvidence[];
  /** what goes with it */
  readonly related: readonly ProductEvidence[];
  /** what the session leads to */
  readonly next: readonly ProductEvidence[];
}

export interface ProductCandidate extends ProductEvidence {
  readonly logFactor: number;
  readonly strength: number;
  /** what raises it */
  readonly product: 'buy_again' | 'related';
}

/** k of single products: what a person did with a product is blended with little. */
const PRIOR = 1;
/** e of what the session leads to, beside that of what goes with a person's products: what is looked for now is louder. */
const SESSION_LOUDNESS = 2;
/** Products sent: the strongest, inside a category and without one. */
const PRODUCTS_IN_CATEGORY = 50;
const PRODUCTS_ALL = 200;

/**
 * Two lists, each strongest first: what the person bought, and what goes with that or with the session.
 *
 * ln w(v) = e · ln((x + k·p) / (k·p)) with k = 1: the affinity formula with the product itself as the value, p its
 * share of the scope; e = buyAgain / 100 and related / 100, twice that for what the session leads to. What a
 * product gets from history and session adds up; its profile is the one that gives more.
 * @param category the request's scope; evidence from other categories does not count in it
 */
export function productCandidates(
  { products: strengths, profiles }: Model,
  { assortment, own, related, next }: ProductInput,
  category: string | null,
): ProductCandidate[][] {
  const weighed = (
    product: ProductCandidate['product'],
    evidence: readonly ProductEvidence[],
    strength: number,
  ): ProductCandidate[] =>
    evidence
      .filter((one) => category === null || one.category === category)
      .map((one) => {
        const p = populationShare(one.populationX, assortment.total, assortment.products);
        const logFactor = (strength / 100) * Math.log((one.x + PRIOR * p) / (PRIOR * p));
        return { ...one, logFactor, strength: one.x * logFactor, product };
      })
      .filter(({ logFactor }) => Number.isFinite(logFactor) && logFactor > 0);
  const bought = profiles.individual ? weighed('buy_again', own, strengths.buyAgain) : [];
  const goes = profiles.individual ? weighed('related', related, strengths.related) : [];
  const leads = profiles.inSession ? weighed('related', next, SESSION_LOUDNESS * strengths.related) : [];
  const keep = category === null ? PRODUCTS_ALL : PRODUCTS_IN_CATEGORY;
  return [bought, added(goes, leads)].map((list) =>
    list.sort((a, b) => b.strength - a.strength).slice(0, keep),
  );
}

/** Each product once. */
function added(
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
