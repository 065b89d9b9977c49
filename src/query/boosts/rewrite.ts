// Puts a boost plan into a search body by splicing: every byte of the shopper's own request stays.

import { scanObject } from '../json/scan.js';
import { findMember, type ObjectSpan, type Span } from '../json/span.js';
import { createSpanFinder, itemSpans, type SpanFinder } from '../json/span-at.js';
import { type Edit, insertMember, removeMembers, splice, wrapSpan, wrapValue } from '../json/splice.js';
import type { Placement } from '../placement/placement.js';
import type { Site } from '../placement/placement-site.js';
import { type BoostQueryOptions, boostFrame, namedFilters } from './boost-query.js';

export interface RewriteInput extends BoostQueryOptions {
  readonly bytes: Buffer;
  /** scan of exactly these bytes */
  readonly object: ObjectSpan;
  /** from `choosePlacement`, on facts read from the same body */
  readonly placement: Placement;
}

type Frame = readonly [before: string, after: string];

const MATCH_ALL = '{"match_all":{}}';

/**
 * The body that ranks by `_score` × the plan's multiplier, over the same hits. A search without a query matches all,
 * as in the engine. A plan with nothing to send gives the same bytes.
 */
export function rewriteSearch(input: RewriteInput): Buffer {
  const { bytes, object, placement } = input;
  const frame = boostFrame(placement.placement === 'parts' ? { ...input, names: false } : input);
  if (frame[0] === '') return bytes;
  switch (placement.placement) {
    case 'rescore':
      return splice(bytes, rescored(input, rescorer(frame, placement.window, placement.filterOnly)));
    case 'wrap':
      return splice(bytes, wrapped(input, framed(frame, placement.filterOnly)));
    case 'parts': {
      const spanAt = createSpanFinder(bytes, object);
      return splice(bytes, [
        ...defaultSize(object, placement.sites, spanAt),
        ...placement.sites.flatMap((site) => partEdits(bytes, spanAt, site, frame)),
        ...(input.names ? attributed(input) : []),
      ]);
    }
  }
}

function rescorer([before, after]: Frame, window: number, filterOnly: boolean): string {
  const mode = filterOnly ? 'total' : 'multiply';
  const query = `{"rescore_query":${before}${MATCH_ALL}${after},"score_mode":"${mode}"}`;
  return `{"window_size":${window},"query":${query}}`;
}

/** What stands around a query. One that scores every hit 0 only filters what scores 1. */
function framed([before, after]: Frame, filterOnly: boolean): Frame {
  return filterOnly ? [`${before}{"bool":{"must":${MATCH_ALL},"filter":`, `}}${after}`] : [before, after];
}

/** The shop's own rescoring stays last. */
function rescored({ bytes, object }: RewriteInput, ours: string): Edit[] {
  const member = findMember(object, 'rescore');
  if (!member) return [insertMember(object, 'rescore', ours)];
  const { valueStart: start, valueEnd: end } = member;
  if (bytes.toString('latin1', start, start + 1) !== '[') return wrapValue(member, `[${ours},`, ']');
  const behind = start + 1;
  const comma = itemSpans(bytes, { start, end }).length > 0 ? ',' : '';
  return [{ start: behind, end: behind, text: ours + comma }];
}

/** Names do not come back from inside of parts; a filter behind that lets every hit pass brings them. */
function attributed(input: RewriteInput): Edit[] {
  const member = findMember(input.object, 'post_filter');
  const named = `,"should":${namedFilters(input)}}}`;
  return member
    ? wrapValue(member, '{"bool":{"must":', named)
    : [insertMember(input.object, 'post_filter', `{"bool":{"must":${MATCH_ALL}${named}`)];
}

/** A `min_score` goes inside, where it sees the query's own scores and lets the same hits pass. */
function wrapped({ bytes, object }: RewriteInput, [before, after]: Frame): Edit[] {
  const query = findMember(object, 'query');
  const least = findMember(object, 'min_score');
  if (!least)
    return query
      ? wrapValue(query, before, after)
      : [insertMember(object, 'query', before + MATCH_ALL + after)];
  const value = bytes.toString('utf8', least.valueStart, least.valueEnd);
  const inner: Frame = [`${before}{"function_score":{"min_score":${value},"query":`, `}}${after}`];
  if (query) return [...wrapValue(query, ...inner), ...removeMembers(object, new Set(['min_score']))];
  const member: Span = { start: least.keyStart, end: least.valueEnd };
  return [{ ...member, text: `"query":${inner.join(MATCH_ALL)}` }];
}

/** Where no `size` is said, these retrievers bring 10 hits; a `rescorer` around them would bring its window. */
function defaultSize(object: ObjectSpan, sites: readonly Site[], spanAt: SpanFinder): Edit[] {
  const outermost = sites.some(({ path, window }) => path.length === 1 && window !== null);
  if (!outermost || findMember(object, 'size')) return [];
  const brings10 = ['standard', 'knn'].some((type) => spanAt(['retriever', type]));
  return brings10 ? [insertMember(object, 'size', '10')] : [];
}

function partEdits(bytes: Buffer, spanAt: SpanFinder, site: Site, frame: Frame): Edit[] {
  const { path, window, filterOnly, bare } = site;
  const span = spanAt(path);
  if (!span) return [];
  if (window === null) return wrapSpan(span, ...framed(frame, filterOnly));
  const rescore = rescorer(frame, window, filterOnly);
  const around = wrapSpan(span, '{"rescorer":{"retriever":', `,"rescore":${rescore}}}`);
  const standard = bare ? spanAt([...path, 'standard']) : undefined;
  const scan = standard && scanObject(bytes, standard);
  return scan?.ok ? [...around, insertMember(scan.object, 'query', MATCH_ALL)] : around;
}
