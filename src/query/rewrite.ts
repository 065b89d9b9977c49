// Puts a boost plan into a search body by splicing: every byte of the shopper's own request stays.
import { type BoostQueryOptions, boostFrame } from './boost-query.js';
import type { Placement } from './placement.js';
import { findMember, type ObjectSpan } from './span.js';
import { insertMember, splice, wrapValue } from './splice.js';

export interface RewriteInput extends BoostQueryOptions {
  readonly bytes: Buffer;
  /** scan of exactly these bytes */
  readonly object: ObjectSpan;
  /** from `choosePlacement`, on facts read from the same body */
  readonly placement: Placement;
}

const MATCH_ALL = '{"match_all":{}}';

/**
 * The body that ranks by `_score` × the plan's multiplier, over the same hits. A search without a query matches all,
 * as in the engine. A plan with nothing to send gives the same bytes.
 */
export function rewriteSearch(input: RewriteInput): Buffer {
  const { bytes, object, placement } = input;
  const [before, after] = boostFrame(input);
  if (before === '') return bytes;
  if (placement.placement === 'rescore') {
    const mode = placement.filterOnly ? 'total' : 'multiply';
    const query = `{"rescore_query":${before}${MATCH_ALL}${after},"score_mode":"${mode}"}`;
    const rescore = `{"window_size":${placement.window},"query":${query}}`;
    return splice(bytes, [insertMember(object, 'rescore', rescore)]);
  }
  const query = findMember(object, 'query');
  if (!query) return splice(bytes, [insertMember(object, 'query', before + MATCH_ALL + after)]);
  return placement.filterOnly
    ? splice(bytes, wrapValue(query, `${before}{"bool":{"must":${MATCH_ALL},"filter":`, `}}${after}`))
    : splice(bytes, wrapValue(query, before, after));
}
