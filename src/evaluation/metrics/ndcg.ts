// Ranking metrics of one list: NDCG@10 (binary), MRR over the full list, hit@10, from the ranks of what was right.
import type { Assortment } from '../tasks/assortment.js';
import type { Label } from '../tasks/judged-query.js';

export interface Metrics {
  readonly ndcg10: number;
  readonly mrr: number;
  readonly hit10: number;
}

const TOP = 10;

/** @param ranks of the positives, from 1, each once; at least one */
export function metricsOf(ranks: readonly number[]): Metrics {
  const gain = (rank: number) => 1 / Math.log2(rank + 1);
  const inTop = ranks.filter((rank) => rank <= TOP);
  let ideal = 0;
  for (let rank = 1; rank <= Math.min(TOP, ranks.length); rank++) ideal += gain(rank);
  return {
    ndcg10: inTop.reduce((sum, rank) => sum + gain(rank), 0) / ideal,
    mrr: 1 / Math.min(...ranks),
    hit10: inTop.length > 0 ? 1 : 0,
  };
}

/**
 * Ranks of the positives, without sorting the list: from 1; equal scores rank by popularity, then by the assortment's fixed random order.
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
