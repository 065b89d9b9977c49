// What goes with a person's products, and what a session leads to: neighbours that training found, seed by seed.
import type { ProductEvent } from '../affinity/affinity.js';
import { eventWeigher } from '../affinity/event-weight.js';
import type { EventWeight } from '../model/model.js';
import type { ProfileDocument } from '../profile/profile.js';
import type { ProductEvidence } from './product-boosts.js';

/** How many of a person's products speak for what goes with them, and how many of a session's for what is next. */
const OWN_SEEDS = 50;
const SESSION_SEEDS = 10;
/** Sums of weights that took back all they gave differ from 0 by less. */
const NOTHING = 1e-9;

/** A product whose neighbours are asked; `worth`, 0–1, is how loudly it speaks. */
export interface Seed {
  readonly objectId: string;
  readonly category: string | null;
  readonly worth: number;
}

/** The strongest products of the scope that a person has: worth min(1, x). */
export function ownSeeds(own: readonly ProductEvidence[], category: string | null): Seed[] {
  return own
    .filter((product) => category === null || product.category === category)
    .slice(0, OWN_SEEDS)
    .map((product) => ({
      objectId: product.objectId,
      category: product.category,
      worth: Math.min(1, product.x),
    }));
}

/**
 * The last products of the scope that a session did something with that counts: the newest is worth 1, the n-th
 * before it 1/n². What the session took back whole (put into the cart and removed again) is no seed.
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
    // A map keeps the place of a key it knows; what is done again is the newest again.
    if (weight > 0) sums.delete(product.objectId);
    sums.set(product.objectId, { category: product.category, sum });
  }
  return [...sums]
    .filter(([, { sum }]) => sum > NOTHING)
    .slice(-SESSION_SEEDS)
    .reverse()
    .map(([objectId, seed], before) => ({ objectId, category: seed.category, worth: 1 / (before + 1) ** 2 }));
}

type Neighbours = NonNullable<ProfileDocument['neighbours']>['next'];

/**
 * x(v) = Σ over seeds i of worth(i) · strength(i → v).
 * @param neighboursOf `[object id, strength, everyone's x]` of a seed, of its category; undefined where it has none
 */
export function relatedEvidence(
  seeds: readonly Seed[],
  profile: ProductEvidence['profile'],
  neighboursOf: (objectId: string) => Neighbours | undefined,
): ProductEvidence[] {
  const related = new Map<string, ProductEvidence>();
  for (const seed of seeds)
    for (const [objectId, strength, populationX] of neighboursOf(seed.objectId) ?? []) {
      const x = (related.get(objectId)?.x ?? 0) + seed.worth * strength;
      related.set(objectId, { objectId, category: seed.category, x, populationX, profile });
    }
  return [...related.values()];
}
