// Explain for the items of a multi-search: each gets its reasons in its own answer.
import type { Msearch } from '../query/msearch.js';
import { plainOrderRequest, plainOrderTarget } from '../query/plain-order.js';
import { findMember, type Span } from '../query/span.js';
import { itemSpans } from '../query/span-at.js';
import { splice } from '../query/splice.js';
import { ask, type Exchange } from './exchange.js';
import { hitIds, scanAnswer } from './explain.js';
import { withReasons } from './explain-search.js';
import type { PreparedSearch } from './prepare-search.js';

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
  const searches = asked.map(({ item, header }) => {
    const line = received.toString('utf8', header.start, header.end).trim() || '{}';
    return `${line}\n${plainOrderRequest(item.plain)}\n`;
  });
  const body = Buffer.from(searches.join(''));
  const plain = await ask(exchange, { target: plainOrderTarget(exchange.target), body });
  const orders = responseSpans(plain.bytes).map(({ start, end }) => hitIds(plain.bytes.subarray(start, end)));
  const edits = asked.map(({ item, span }, at) => ({
    ...span,
    text: withReasons(item, undefined, answer.subarray(span.start, span.end), orders[at] ?? []),
  }));
  return splice(answer, edits);
}

function responseSpans(answer: Buffer): readonly Span[] {
  const scan = scanAnswer(answer);
  const responses = scan.ok ? findMember(scan.object, 'responses') : undefined;
  return responses ? itemSpans(answer, { start: responses.valueStart, end: responses.valueEnd }) : [];
}
