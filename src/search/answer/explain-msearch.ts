// Explain for the items of a multi-search: each gets its reasons in its own answer.

import { baselineRequest, baselineTarget } from '../../query/body/baseline-search.js';
import type { Msearch } from '../../query/body/msearch-body.js';
import type { Span } from '../../query/json/json-scanner.js';
import { splice } from '../../query/json/splice.js';
import type { PreparedSearch } from '../search-pipeline.js';
import { ask, type Exchange } from '../upstream/exchange.js';
import { hitIds, scanAnswer } from './explain.js';
import { withReasons } from './explain-search.js';

/**
 * The engine's answer with `ext.kindred` in front of each item that asked for it; its own bytes stay.
 * @param received the body that `msearch` was split from
 * @param prepared item by item
 */
export async function explainMsearch(
  exchange: Exchange,
  received: Buffer,
  msearch: Msearch,
  prepared: readonly PreparedSearch[],
  answer: Buffer,
): Promise<Buffer> {
  const spans = responseSpans(answer);
  // `filter_path` may have taken items away.
  if (spans.length !== prepared.length) return answer;
  const asked = prepared.flatMap((item, at) => {
    const [header, span] = [msearch.items[at]?.header, spans[at]];
    return item.explain && header && span ? [{ item, header, span }] : [];
  });
  const moved = asked.filter(({ item }) => item.made !== null);
  const searches = moved.map(({ item, header }) => {
    const line = received.toString('utf8', header.start, header.end).trim() || '{}';
    return `${line}\n${item.document ? baselineRequest(item.document) : item.plain}\n`;
  });
  const orders = await plainOrders(exchange, Buffer.from(searches.join('')));
  const edits = asked.map((each) => {
    const { item, span } = each;
    const order = item.made ? (orders[moved.indexOf(each)] ?? []) : null;
    return { ...span, text: withReasons(item, undefined, answer.subarray(span.start, span.end), order) };
  });
  return splice(answer, edits);
}

/** @returns ids, search by search */
async function plainOrders(exchange: Exchange, body: Buffer): Promise<readonly (readonly string[])[]> {
  if (body.length === 0) return [];
  const { bytes } = await ask(exchange, { target: baselineTarget(exchange.target), body });
  return responseSpans(bytes).map(({ start, end }) => hitIds(bytes.subarray(start, end)));
}

function responseSpans(answer: Buffer): readonly Span[] {
  const scan = scanAnswer(answer);
  return scan.ok ? scan.document.items('responses') : [];
}
