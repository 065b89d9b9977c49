// Explain: asks the engine for the order without personalization, and writes `ext.kindred` into the response.
import { baselineRequest, baselineTarget } from '../../query/body/baseline-search.js';
import { readSearchFacts } from '../../query/facts/search-facts.js';
import { splice } from '../../query/json/json-document.js';
import type { Span } from '../../query/json/json-scanner.js';
import type { PreparedSearch } from '../prepared-search.js';
import type { SearchBatch, SearchRequest } from '../request/search-batch.js';
import { type Exchange, fetchBuffered } from '../upstream/forward.js';
import { type ExplainInput, explainHits, hitIds } from './explained-hits.js';
import { filterPathOf, hiddenMembers } from './hidden-members.js';
import { scanResponse } from './scan-response.js';

/**
 * The engine's response with `ext.kindred: { plan, hits }` in each search's response that asked for it; every other byte
 * stays.
 * @param prepared in the order of the batch's searches
 */
export async function explainResponse(
  exchange: Exchange,
  batch: SearchBatch,
  prepared: readonly PreparedSearch[],
  response: Buffer,
): Promise<Buffer> {
  const spans = responseSpans(batch, response);
  if (spans.length !== prepared.length)
    return filterPathOf(batch.target) === undefined
      ? response
      : withKindred(response, { note: 'filter_path hides responses, so that none can be explained' });
  const baselines = await fetchBaselines(exchange, batch, prepared);
  const edits = spans.flatMap((span, position) => {
    const [search, request] = [prepared[position], batch.searches[position]];
    if (!search?.explain || !request) return [];
    const bytes = response.subarray(span.start, span.end);
    const baseline = search.personalized ? (baselines.get(position) ?? []) : null;
    return [{ ...span, text: explainSearch(search, request, batch, bytes, baseline) }];
  });
  return splice(response, edits);
}

/** Ids in the order without personalization, by position of the personalized searches that are explained. */
async function fetchBaselines(
  exchange: Exchange,
  batch: SearchBatch,
  prepared: readonly PreparedSearch[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const bodies = new Map(
    prepared.flatMap(({ explain, personalized, document }, position) =>
      explain && personalized && document ? [[position, baselineRequest(document)] as const] : [],
    ),
  );
  if (bodies.size === 0) return new Map();
  const target = baselineTarget(batch.target);
  const { bytes } = await fetchBuffered(exchange, { target, body: batch.subset(bodies) });
  const ids = responseSpans(batch, bytes).map(({ start, end }) => hitIds(bytes.subarray(start, end)));
  return new Map([...bodies.keys()].map((position, at) => [position, ids[at] ?? []]));
}

/** Where the responses to the searches of a batch are. */
function responseSpans({ msearch }: SearchBatch, response: Buffer): readonly Span[] {
  if (!msearch) return [{ start: 0, end: response.length }];
  const scan = scanResponse(response);
  return scan.ok ? scan.document.items('responses') : [];
}

function explainSearch(
  { document, personalized }: PreparedSearch,
  { parameters }: SearchRequest,
  { target, msearch }: SearchBatch,
  response: Buffer,
  baseline: readonly string[] | null,
): Buffer {
  const facts = document && readSearchFacts(document, parameters);
  const hidden = hiddenMembers(response, target, msearch ? 'responses.' : '');
  return withExplanation(
    {
      response,
      // How many hits are in front of such a page nobody knows.
      baseline: facts?.members.has('search_after') ? [] : baseline,
      from: facts?.from ?? 0,
      plan: personalized?.plan ?? null,
      multiValuedFields: personalized?.active.multiValuedFields ?? [],
      named: personalized?.named ?? [],
      evidence: personalized?.evidence,
    },
    hidden,
  );
}

/**
 * One search's response with `ext.kindred`, beside what else its own `ext` has.
 * @param hidden members of hits that the caller asked to leave out
 */
export function withExplanation(input: ExplainInput, hidden: readonly string[] = []): Buffer {
  const plan = input.plan?.boosts ?? [];
  const hits = explainHits(input);
  if (hidden.includes('_id'))
    return withKindred(input.response, {
      plan,
      hits: [],
      note: 'filter_path or stored_fields hides the _id of the hits, so that none can be explained',
    });
  if (plan.length > 0 && hidden.includes('matched_queries'))
    return withKindred(input.response, {
      plan,
      hits: hits.map(({ _id, rank, rank_without }) => ({ _id, rank, rank_without })),
      note: 'filter_path hides the matched_queries of the hits, so that their boosts cannot be told',
    });
  return withKindred(input.response, { plan, hits });
}

function withKindred(response: Buffer, members: object): Buffer {
  const scan = scanResponse(response);
  if (!scan.ok) return response;
  const { document } = scan;
  const kindred = JSON.stringify(members);
  const edits = document.has('ext')
    ? document.insertMembers(['ext'], { kindred })
    : document.insertMembers([], { ext: `{"kindred":${kindred}}` });
  return document.edited(edits).bytes;
}
