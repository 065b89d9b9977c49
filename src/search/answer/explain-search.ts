// What explain asks beside the search itself: the order without personalization.
import { baselineRequest, baselineTarget } from '../../query/body/baseline-search.js';
import { readSearchFacts } from '../../query/facts/search-facts.js';
import type { PreparedSearch } from '../search-pipeline.js';
import { ask, type Exchange } from '../upstream/exchange.js';
import { explainAnswer, hitIds } from './explain.js';

/** @param answer of the engine to the named, personalized search, or to the plain one where `made` is null */
export async function explainSearch(
  exchange: Exchange,
  prepared: PreparedSearch,
  parameters: URLSearchParams | undefined,
  answer: Buffer,
): Promise<Buffer> {
  const { document, made } = prepared;
  if (!made || !document) return withReasons(prepared, parameters, answer, null);
  const target = baselineTarget(exchange.target);
  const plain = await ask(exchange, { target, body: baselineRequest(document) });
  return withReasons(prepared, parameters, answer, hitIds(plain.bytes));
}

/** @param plainOrder as in `ExplainInput` */
export function withReasons(
  { document, made }: PreparedSearch,
  parameters: URLSearchParams | undefined,
  answer: Buffer,
  plainOrder: readonly string[] | null,
): Buffer {
  const facts = document && readSearchFacts(document, parameters);
  const multiValuedFields = made?.active.multiValuedFields ?? [];
  return explainAnswer({
    answer,
    // How many hits are in front of such a page nobody knows.
    plainOrder: facts?.members.has('search_after') ? [] : plainOrder,
    from: facts?.from ?? 0,
    plan: made?.plan ?? null,
    multiValuedFields,
  });
}
