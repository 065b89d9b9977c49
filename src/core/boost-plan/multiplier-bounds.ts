// Between which bounds a boost plan multiplies a product's score.
import { type Boost, type BoostPlan, boostLists } from './boost-plan.js';

export interface MultiplierBounds {
  /** in (0, 1] */
  readonly least: number;
  /** 1 or more */
  readonly most: number;
}

/** Smaller factors are not sent, and a smaller bound would leave 32-bit floats. */
const MIN_FACTOR = 1e-6;

/** Of each list a product meets one boost or none: of the global ones, or of those of an override that it is in. */
export function multiplierBounds(boosts: readonly Boost[]): MultiplierBounds {
  const groups = new Map<string, MultiplierBounds>();
  for (const list of boostLists(boosts)) {
    const group = JSON.stringify(list[0]?.categories ?? null);
    const { least, most } = groups.get(group) ?? { least: 1, most: 1 };
    const factors = list.map(({ factor }) => Math.max(MIN_FACTOR, factor || 1));
    groups.set(group, { least: least * Math.min(1, ...factors), most: most * Math.max(1, ...factors) });
  }
  const all = [...groups.values()];
  return {
    least: Math.max(MIN_FACTOR, Math.min(1, ...all.map(({ least }) => least))),
    most: Math.max(1, ...all.map(({ most }) => most)),
  };
}

/**
 * How much the product that a search names has to be raised, so that the plan lifts no other above it; 1 or more.
 * @param bounds of the plan's boosts
 */
export function namedFactor(
  { boosts }: Pick<BoostPlan, 'boosts'>,
  bounds = multiplierBounds(boosts),
): number {
  return bounds.most / bounds.least;
}
