// `_search`: prepare, ask, stream. With explain the answer is read whole and gets its reasons.

import type { SkipReason } from '../core/skip-reason.js';
import { explainSearch } from './answer/explain-search.js';
import { personalizationHeaders } from './answer/response-headers.js';
import { searchHeader, skipped } from './answer/x-personalization.js';
import { prepareSearch, type SearchRequest } from './search-pipeline.js';
import { answerWith, type Exchange, type Question, uncompressed } from './upstream/exchange.js';
import { relayPersonalized } from './upstream/fallback.js';

/**
 * @param asCame what goes to the engine when nothing is personalized and nothing of ours is in it; the search itself
 *   where it came as one
 * @throws KindredError for directives that are malformed (400) and an engine that does not answer (503, 504)
 */
export async function handleSearch(
  received: Exchange,
  search: SearchRequest,
  asCame?: Question,
): Promise<void> {
  const { deps } = received;
  const begun = performance.now();
  const prepared = await prepareSearch(deps, search);
  const exchange = prepared.explain ? uncompressed(received) : received;
  const untouched = prepared.plain === search.received ? asCame : undefined;
  const plain = untouched ?? { target: exchange.target, body: prepared.plain };
  const asked = performance.now();
  const outcomeOf = (instead: SkipReason | null) => (instead ? skipped(instead) : prepared.outcome);
  const headers = (instead: SkipReason | null) => {
    const outcome = outcomeOf(instead);
    const timing = { kindred: asked - begun, engine: performance.now() - asked };
    return personalizationHeaders(searchHeader(outcome), [outcome], timing);
  };
  const { kept, instead } = await relayPersonalized(exchange, prepared.personalized, plain, {
    keep: (status) => prepared.explain && status === 200,
    headers,
  });
  deps.onOutcome?.(outcomeOf(instead), asked - begun);
  if (!kept) return;
  const answered = instead ? { ...prepared, made: null } : prepared;
  const explained = await explainSearch(exchange, answered, search.parameters, kept.bytes);
  answerWith(exchange, kept, explained, headers(instead));
}
