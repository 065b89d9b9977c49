// Between which bounds a boost plan multiplies a product's score.
import { boostLists } from './binary-factors.js';
import type { Boost, BoostPlan } from './boost-plan.js';

export interface MultiplierBounds {
  /** in (0, 1] */
  readonly least: number;
  /** 1 or more */
  readonly most: number;
}

/** Smaller factors are not sent. */
const MIN_FACTOR = 1e-6;

/** Whatever categories a product is in: of each list it meets one boost or none. */
export function multiplierBounds(boosts: readonly Boost[]): MultiplierBounds {
  let [least, most] = [1, 1];
  for (const list of boostLists(boosts)) {
    const factors = list.map(({ factor }) => Math.max(MIN_FACTOR, factor || 1));
    least *= Math.min(1, ...factors);
    most *= Math.max(1, ...factors);
  }
  return { least, most };
}

/**
 * How much the product that a search names has to be raised, so that the plan lifts no other above it; 1 or more.
 * @param bounds of the plan's boosts
 */
export function namedFactor(
  { boosts, maxBoost }: BoostPlan,
  { least, most } = multiplierBounds(boosts),
): number {
  return Math.min(most, Math.max(1, maxBoost)) / least;
}
