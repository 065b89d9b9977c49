// `_search`: prepare, ask, stream. With explain the answer is read whole and gets its reasons.
import { plainOrderRequest, plainOrderTarget } from '../query/plain-order.js';
import { readSearchBody } from '../query/search-body.js';
import { readSearchFacts } from '../query/search-facts.js';
import { personalizationHeaders } from './answer-headers.js';
import { ask, type Exchange, type Question } from './exchange.js';
import { explainAnswer, hitIds } from './explain.js';
import { answerHeaders } from './headers.js';
import type { SkipReason } from './outcome.js';
import { searchHeader, skipped } from './outcome.js';
import { type PreparedSearch, prepareSearch, type SearchRequest } from './prepare-search.js';
import { relayPersonalized } from './relay-personalized.js';

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
  const { deps, response } = received;
  const begun = performance.now();
  const prepared = await prepareSearch(deps, search);
  // What is read here must not come compressed.
  const exchange = prepared.explain ? { ...received, headers: { 'accept-encoding': 'identity' } } : received;
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
  deps.onOutcome?.(outcomeOf(instead));
  if (!kept) return;
  const explained = await explain(exchange, search, prepared, kept.bytes);
  const length = { 'content-length': String(explained.length) };
  response.writeHead(200, answerHeaders(kept.headers, { ...headers(instead), ...length }));
  response.end(explained);
}

async function explain(
  exchange: Exchange,
  search: SearchRequest,
  prepared: PreparedSearch,
  answer: Buffer,
): Promise<Buffer> {
  const read = readSearchBody(prepared.plain, { engineHasUbi: false });
  const from = read.ok ? readSearchFacts(read.body.bytes, read.body.object, search.parameters).from : 0;
  const target = plainOrderTarget(exchange.target);
  const plain = await ask(exchange, { target, body: plainOrderRequest(prepared.plain) });
  return explainAnswer({
    answer,
    plainOrder: hitIds(plain.bytes),
    from,
    plan: prepared.made?.plan ?? null,
    multiValuedFields: prepared.made?.active.multiValuedFields ?? [],
  });
}
