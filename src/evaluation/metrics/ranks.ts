// Ranks of the right products in a list, without sorting it.
import type { Assortment } from '../tasks/assortment.js';
import type { Label } from '../tasks/judged-query.js';

/**
 * From 1; equal scores rank by popularity, then by the assortment's fixed random order.
 * @param scores of the candidates, in their order
 */
export function ranksOf(
  candidates: readonly number[],
  scores: ArrayLike<number>,
  { positives, without }: Label,
  { popularity, tieOrder }: Assortment,
): number[] {
  const shown = without ? [...candidates.keys()].filter((at) => !without.has(candidates[at] ?? -1)) : null;
  return positives.map((positive) => {
    const own = scores[candidates.indexOf(positive)] ?? 0;
    const ahead = (at: number): boolean => {
      const score = scores[at] ?? 0;
      if (score !== own) return score > own;
      const item = candidates[at] ?? 0;
      const [liked, least] = [popularity[item] ?? 0, popularity[positive] ?? 0];
      if (liked !== least) return liked > least;
      return (tieOrder[item] ?? 0) < (tieOrder[positive] ?? 0);
    };
    let rank = 1;
    if (shown) {
      for (const at of shown) if (ahead(at)) rank++;
    } else for (let at = 0; at < candidates.length; at++) if (ahead(at)) rank++;
    return rank;
  });
}
