// `_search`: prepare, ask, stream. With explain the answer is read whole and gets its reasons.
import { buffer } from 'node:stream/consumers';
import { plainOrderRequest, plainOrderTarget } from '../query/plain-order.js';
import { readSearchBody } from '../query/search-body.js';
import { readSearchFacts } from '../query/search-facts.js';
import { personalizationHeaders } from './answer-headers.js';
import { ask, askPersonalized, type Exchange, type Plain, stream } from './exchange.js';
import { explainAnswer, hitIds } from './explain.js';
import { answerHeaders } from './headers.js';
import { searchHeader, skipped } from './outcome.js';
import { type PreparedSearch, prepareSearch, type SearchRequest } from './prepare-search.js';

/**
 * @param asCame what goes to the engine when nothing is personalized and nothing of ours is in it; the search itself
 *   where it came as one
 * @throws KindredError for directives that are malformed (400) and an engine that does not answer (503, 504)
 */
export async function handleSearch(received: Exchange, search: SearchRequest, asCame?: Plain): Promise<void> {
  const { deps } = received;
  const begun = performance.now();
  const prepared = await prepareSearch(deps, search);
  // What is read here must not come compressed.
  const exchange = prepared.explain ? { ...received, headers: { 'accept-encoding': 'identity' } } : received;
  const asked = performance.now();
  const untouched = prepared.plain === search.received ? asCame : undefined;
  const plain = untouched ?? { target: exchange.target, body: prepared.plain };
  const { answer, instead } = await askPersonalized(exchange, prepared.personalized, plain);
  const outcome = instead ? skipped(instead) : prepared.outcome;
  deps.onOutcome?.(outcome);
  const timing = { kindred: asked - begun, engine: performance.now() - asked };
  const headers = personalizationHeaders(searchHeader(outcome), [outcome], timing);
  if (!prepared.explain || answer.status !== 200) return stream(exchange, answer, headers);
  const explained = await explain(exchange, search, prepared, await buffer(answer.body));
  const { 'content-length': _length, ...kept } = answerHeaders(answer.headers);
  exchange.response.writeHead(200, { ...kept, ...headers, 'content-length': explained.length });
  exchange.response.end(explained);
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
  const plain = await ask({ ...exchange, target }, plainOrderRequest(prepared.plain));
  const plainOrder = hitIds(await buffer(plain.body));
  return explainAnswer({
    answer,
    plainOrder,
    from,
    plan: prepared.made?.plan ?? null,
    multiValuedFields: prepared.made?.active.multiValuedFields ?? [],
  });
}
