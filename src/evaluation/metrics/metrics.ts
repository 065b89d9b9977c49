// Ranking metrics of one list, from the ranks of what was right: NDCG@10 (binary), MRR over the full list, hit@10.

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
