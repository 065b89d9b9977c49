// Reasons of hits against what the hits of their list get on average: their signed parts add up to each hit's move.
import type { Boost } from '../boost-plan/boost-plan.js';

/** A boost that a hit met, as explain tells it. */
export type MatchedBoost = Omit<Boost, 'categories' | 'range'>;

export interface BoostedHit {
  /** what the hit's score was multiplied by */
  readonly boost: number;
  /** of each list of the plan the boosts that it met */
  readonly affinities: readonly MatchedBoost[];
  /** the factor, which is in `boost`, of a hit that the search names */
  readonly named?: number;
}

/** How many events, or people of a cohort, a reason rests on. */
export interface Evidence {
  readonly count: number;
  /** built-in name of the events, such as `purchase`; `event` of any, `shopper` for the people of a cohort */
  readonly of: string;
}

/**
 * What a reason is about: an affinity field, a kind of single product, the name that the search says, or the limit on
 * what all boosts may come to.
 */
export type Cause = 'field' | NonNullable<Boost['product']> | 'named' | 'limit';

export interface Reason {
  readonly cause: Cause;
  /** of a field */
  readonly field?: string;
  /** the value of it that the hit has; absent where nothing speaks about the hit's own */
  readonly value?: string;
  /** the profile that says most of it; absent where the hit has nothing of the cause */
  readonly profile?: Boost['profile'];
  readonly evidence?: Evidence;
  /** what the hit was multiplied by for it; 1 where it has nothing of the cause */
  readonly own: number;
  /** what the hits of the list were multiplied by for it, on average (geometric) */
  readonly average: number;
  /** own ÷ average: above 1 it raises the hit over the others of the list, below 1 it lowers it */
  readonly factor: number;
}

export interface Contrast {
  /** the hit's boost ÷ the average one of the list: the product of the reasons' factors */
  readonly relative: number;
  /** strongest first */
  readonly reasons: readonly Reason[];
}

/** |ln| below this is the rounding of sums. */
const ROUNDING = 1e-12;

/** What one hit got of one cause. */
interface Part extends Pick<Reason, 'cause' | 'field'> {
  readonly log: number;
  readonly strongest?: MatchedBoost;
}

/**
 * In the order of the hits. Averages are of logarithms, as factors multiply: for every hit Σ ln(factor) over its reasons
 * is ln(relative), and over all hits Σ ln(relative) is 0.
 * @param evidenceOf what a boost rests on, where that is known
 */
export function contrastHits(
  hits: readonly BoostedHit[],
  evidenceOf: (boost: MatchedBoost) => Evidence | undefined = () => undefined,
): Contrast[] {
  const parts = hits.map(partsOf);
  const causes = new Map(parts.flatMap((own) => [...own]));
  const averages = [...causes].map(([key, { cause, field }]) => {
    const average = parts.reduce((sum, own) => sum + (own.get(key)?.log ?? 0), 0) / hits.length;
    return { key, cause, field, average };
  });

  return parts.map((own) => {
    const reasons = averages.flatMap(({ key, cause, field, average }) => {
      const { log: ownLog = 0, strongest } = own.get(key) ?? {};
      const log = ownLog - average;
      if (Math.abs(log) < ROUNDING) return [];
      const evidence = strongest && evidenceOf(strongest);
      const reason: Reason = {
        cause,
        ...(field !== undefined && { field }),
        ...(field !== undefined && strongest && { value: strongest.value }),
        ...(strongest && { profile: strongest.profile }),
        ...(evidence && { evidence }),
        own: Math.exp(ownLog),
        average: Math.exp(average),
        factor: Math.exp(log),
      };
      return [{ reason, log }];
    });
    reasons.sort((a, b) => Math.abs(b.log) - Math.abs(a.log));
    return {
      relative: Math.exp(reasons.reduce((sum, { log }) => sum + log, 0)),
      reasons: reasons.map(({ reason }) => reason),
    };
  });
}

/** By cause; what the limit took away, and the name that the search says, are causes of their own. */
function partsOf({ boost, affinities, named = 1 }: BoostedHit): Map<string, Part> {
  const parts = new Map<string, Part>();
  for (const affinity of affinities) {
    const { field, product, factor } = affinity;
    const key = JSON.stringify([field, product]);
    const known = parts.get(key);
    const cause = product ? { cause: product } : { cause: 'field' as const, field };
    parts.set(key, {
      ...cause,
      log: (known?.log ?? 0) + Math.log(factor),
      strongest: known?.strongest ?? affinity,
    });
  }
  if (named !== 1) parts.set('named', { cause: 'named', log: Math.log(named) });
  const told = [...parts.values()].reduce((sum, { log }) => sum + log, 0);
  const rest = Math.log(boost) - told;
  if (Math.abs(rest) >= ROUNDING) parts.set('limit', { cause: 'limit', log: rest });
  return parts;
}
