// Lets every method rank every query and adds up what it reached.
import type { Assortment } from './assortment.js';
import type { Evaluation } from './evaluation.js';
import { metricsOf } from './metrics.js';
import type { Method, Query } from './query.js';
import { ranksOf } from './ranks.js';
import { createTally } from './tally.js';

/** @param onShare called with the share of queries done, 0–1 */
export async function judge(
  queries: readonly Query[],
  methods: readonly Method[],
  assortment: Assortment,
  onShare: (share: number) => void,
): Promise<Evaluation['sets']> {
  const tally = createTally();
  for (const [done, query] of queries.entries()) {
    const { candidates, labels, person } = query;
    for (const method of methods) {
      const scores = await method.score(query);
      for (const label of labels)
        tally.add(label.set, method.name, person, metricsOf(ranksOf(candidates, scores, label, assortment)));
    }
    if (done % 100 === 99) onShare((done + 1) / queries.length);
  }
  onShare(1);
  return tally.results();
}
