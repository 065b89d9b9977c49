// Lets every method rank every query and adds up its metrics.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Assortment } from '../tasks/assortment.js';
import type { Method, Query } from '../tasks/judged-query.js';
import { metricsOf, ranksOf } from './ndcg.js';
import { createTally, type Tally } from './tally.js';

/**
 * Between two queries the process does other work, such as serving searches.
 * @param onShare called with the share of queries done, 0–1
 * @param options `tally`: metrics of other methods in the same queries, to add to; `signal`: rejects with its reason
 */
export async function judge(
  queries: readonly Query[],
  methods: readonly Method[],
  assortment: Assortment,
  onShare: (share: number) => void,
  { tally = createTally(), signal }: { readonly tally?: Tally; readonly signal?: AbortSignal } = {},
): Promise<Tally> {
  for (const [done, query] of queries.entries()) {
    const { candidates, labels, subject } = query;
    for (const method of methods) {
      const scores = await method.score(query);
      for (const label of labels)
        tally.add(label.set, method.name, subject, metricsOf(ranksOf(candidates, scores, label, assortment)));
    }
    await nextTurn();
    signal?.throwIfAborted();
    if (done % 100 === 99) onShare((done + 1) / queries.length);
  }
  onShare(1);
  return tally;
}
