// Related products: those that go with a user's own, and those that a session leads to (docs/profiles.md, "Single products").
import { eventWeigher, type ProductEvent } from '../affinity/affinity.js';
import type { EventWeight } from '../model/model.js';
import type { ProfileDocument } from '../profile/profile.js';
import type { ProductEvidence } from './product-boosts.js';

/** Whose neighbours count: a user's strongest products, and a session's latest ones. */
const MAX_OWN_SEEDS = 50;
const MAX_SESSION_SEEDS = 10;
/** Sums of weights that cancel out differ from 0 by rounding, by less than this. */
const ROUNDING = 1e-9;

/** A product whose neighbours count; `weight`, 0–1, is how much. */
export interface Seed {
  readonly objectId: string;
  readonly category: string | null;
  readonly weight: number;
}

/** The user's strongest products of the scope, each of weight min(1, x). */
export function ownSeeds(own: readonly ProductEvidence[], category: string | null): Seed[] {
  return own
    .filter((product) => category === null || product.category === category)
    .slice(0, MAX_OWN_SEEDS)
    .map((product) => ({
      objectId: product.objectId,
      category: product.category,
      weight: Math.min(1, product.x),
    }));
}

/**
 * The latest products of the scope with a counting event in the session: the newest has weight 1, the n-th of them
 * 1/n². A product whose events cancel out (put into the cart and removed again) is no seed.
 * @param events oldest first
 */
export function sessionSeeds(
  events: readonly ProductEvent[],
  eventWeights: readonly EventWeight[],
  category: string | null,
): Seed[] {
  const weigh = eventWeigher(eventWeights);
  const sums = new Map<string, { readonly category: string | null; readonly sum: number }>();
  for (const { action, product } of events) {
    const weight = weigh(action);
    if (weight === undefined || (category !== null && product.category !== category)) continue;
    const sum = (sums.get(product.objectId)?.sum ?? 0) + weight;
    // A map keeps the position of a known key; a product with a new event is the newest again.
    if (weight > 0) sums.delete(product.objectId);
    sums.set(product.objectId, { category: product.category, sum });
  }
  return [...sums]
    .filter(([, { sum }]) => sum > ROUNDING)
    .slice(-MAX_SESSION_SEEDS)
    .reverse()
    .map(([objectId, seed], before) => ({
      objectId,
      category: seed.category,
      weight: 1 / (before + 1) ** 2,
    }));
}

type Neighbours = NonNullable<ProfileDocument['neighbours']>['next'];

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
      related.set(objectId, { objectId, category: seed.category, x, populationX, profile });
    }
  return [...related.values()];
}
