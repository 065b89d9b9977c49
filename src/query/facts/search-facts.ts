// Reads from one search what decides whether and where it can be personalized, the traits of its query among it.
import { parseTimeout } from '../body/time-budget.js';
import type { JsonDocument } from '../json/json-document.js';
import { isObject, listOf, type Path, readCount } from '../json/json-value.js';
import { isFilteredOut } from './filter-path.js';
import { hasLargeFactors, mayHaveLargeFactors } from './large-factors.js';
import { readSortKind, type SortKind } from './list-order.js';
import { hasRescoredHits, readsScores } from './score-aggregations.js';
import { type ZeroScores, zeroScores, zeroScoresBeside } from './zero-scores.js';

export interface SearchFacts {
  readonly sort: SortKind;
  /** NaN when it is not a count */
  readonly size: number;
  readonly from: number;
  /** names of the body's top-level members */
  readonly members: ReadonlySet<string>;
  /** the parsed query; `undefined` when there is none, or when the URL's `q` replaces it */
  readonly query: unknown;
  /** paths, from the query, of the queries that a `hybrid` one combines; undefined when it is no `hybrid` */
  readonly hybrid: readonly Path[] | undefined;
  /** paths, from the query, of the organic queries under pinned hits */
  readonly organic: readonly Path[];
  /** hits that score 0, whatever gives scores */
  readonly zeros: ZeroScores;
  /** multiplies scores by 10²⁰ or more itself */
  readonly largeFactors: boolean;
  /** parsed; Elasticsearch only */
  readonly retriever: unknown;
  /** hits in the window of the body's own `rescore`: 0 without one, NaN when it is no count */
  readonly rescoreWindow: number;
  /** URL parameter `q`: the engine builds the query from it, whatever the body says */
  readonly urlQuery: boolean;
  /** URL parameter `source`: the body is in the URL */
  readonly urlBody: boolean;
  readonly scroll: boolean;
  /** a completion suggester beside the query */
  readonly completion: boolean;
  /** `allow_partial_search_results`: Elasticsearch takes no compound retrievers beside it */
  readonly partialResults: boolean;
  /** the engine stops after a number of matches, in index order */
  readonly terminateAfter: boolean;
  /** aggregations that choose by score */
  readonly scoreAggregations: boolean;
  /** defines fields (`runtime_mappings`, `derived`), which may hide those of the mapping */
  readonly redefinesFields: boolean;
  /** highlights, and has a phrase whose last word is a prefix: OpenSearch loses words of it in queries within queries */
  readonly prefixHighlight: boolean;
  /** uses the `plain` highlighter, which rewrites queries within queries and fails on numeric ranges in them */
  readonly plainHighlight: boolean;
  /** aggregations whose hits a rescore window would rank too */
  readonly rescoredAggregations: boolean;
  /** the engine's own `explain`, of the score of every hit */
  readonly explain: boolean;
  /** milliseconds that the engine may take; null without a limit */
  readonly timeout: number | null;
  /** `filter_path` leaves out whether the time was enough */
  readonly hidesTimeout: boolean;
}

const DEFAULT_SIZE = 10;
const DEFAULT_WINDOW = 10;
/** Members that can highlight by the whole query. */
const HIGHLIGHTS = ['highlight', 'collapse', 'aggs', 'aggregations'];
/** Members that make scores, beside the query. */
const SCORED = ['knn', 'retriever', 'rescore'];
const PLAIN = '"type":"plain"';
const NO_PARAMETERS = new URLSearchParams();

/**
 * @param parameters the request's URL parameters; none for an item of a multi-search
 * @param idField mapping path of the products' ids
 */
export function readSearchFacts(
  body: JsonDocument,
  parameters = NO_PARAMETERS,
  idField?: string,
): SearchFacts {
  const { bytes } = body;
  const inBody = (name: string): unknown => body.value(name);
  const inUrl = (name: string): string | undefined =>
    parameters.size > 0 ? parameters.getAll(name).at(-1) : undefined;
  // Saves looking through the query: a key occurs in the text, unless it is written with escapes.
  const escapes = bytes.includes('\\');
  const mentions = (word: string): boolean => escapes || bytes.includes(word);
  const urlQuery = parameters.has('q');
  const aggregations = ['aggs', 'aggregations'].filter((name) => body.has(name)).map(inBody);
  const query = urlQuery ? undefined : inBody('query');
  return {
    sort: readSortKind(inBody('sort'), inUrl('sort'), idField),
    size: readCount(inUrl('size') ?? inBody('size'), DEFAULT_SIZE),
    from: readCount(inUrl('from') ?? inBody('from'), 0),
    members: new Set(body.members().map(({ key }) => key)),
    query,
    hybrid: hybridPaths(query),
    organic: mentions('organic') ? organicPaths(query) : [],
    // The engine makes a query of the URL's text; operators in it can make one that only filters.
    zeros: zeroScoresBeside(urlQuery ? 'some' : zeroScores(query), {
      knn: inBody('knn'),
      indicesBoost: inBody('indices_boost'),
    }),
    largeFactors:
      mayHaveLargeFactors(bytes.toString('latin1') + (inUrl('q') ?? '')) &&
      hasLargeFactors([inUrl('q') ?? query, ...SCORED.map(inBody)], inBody('indices_boost')),
    retriever: inBody('retriever'),
    rescoreWindow: readRescoreWindow(inBody('rescore')),
    urlQuery,
    urlBody: parameters.has('source'),
    scroll: parameters.has('scroll'),
    completion: hasCompletion(inBody('suggest')),
    partialResults: inUrl('allow_partial_search_results') === 'true',
    terminateAfter: inBody('terminate_after') !== undefined || parameters.has('terminate_after'),
    scoreAggregations: aggregations.some(readsScores),
    rescoredAggregations: aggregations.some(hasRescoredHits),
    redefinesFields: ['runtime_mappings', 'derived'].some((name) => body.has(name)),
    prefixHighlight: mentions('phrase_prefix') && HIGHLIGHTS.some((name) => body.has(name)),
    plainHighlight:
      mentions('plain') && HIGHLIGHTS.some((name) => JSON.stringify(inBody(name) ?? null).includes(PLAIN)),
    explain: ['', 'true'].includes(inUrl('explain') ?? String(inBody('explain'))),
    timeout: parseTimeout(inUrl('timeout') ?? inBody('timeout')),
    hidesTimeout: isFilteredOut('timed_out', inUrl('filter_path')),
  };
}

function hasCompletion(suggest: unknown): boolean {
  return isObject(suggest) && Object.values(suggest).some((one) => isObject(one) && 'completion' in one);
}

/** Of several, the largest. */
function readRescoreWindow(rescore: unknown): number {
  return listOf(rescore).reduce<number>((largest, one) => {
    const window = isObject(one) ? readCount(one.window_size, DEFAULT_WINDOW) : Number.NaN;
    return Math.max(largest, window);
  }, 0);
}

/** Query types that pin hits above all others; the query for the others is `organic`. */
const PINNING: readonly string[] = ['pinned', 'rule', 'rule_query'];
/** Clauses under these are not scored. */
const UNSCORED: readonly string[] = ['filter', 'must_not'];

/**
 * Paths, from the query, of the `organic` queries under pinned hits, at any depth. Scores of pinned hits are near the
 * largest that a float holds: multiplied, they would all be equal. Of one inside another only the inner counts.
 */
export function organicPaths(query: unknown): readonly Path[] {
  const found: Path[] = [];
  findOrganic(query, [], found);
  return found;
}

/** @param path of `value`: the same list all the way down, as most of it leads to nothing */
function findOrganic(value: unknown, path: (string | number)[], found: Path[]): void {
  const inside = (step: string | number, part: unknown): void => {
    path.push(step);
    findOrganic(part, path, found);
    path.pop();
  };
  if (Array.isArray(value)) for (const [position, item] of value.entries()) inside(position, item);
  if (!isObject(value)) return;
  for (const [key, part] of Object.entries(value)) {
    if (UNSCORED.includes(key)) continue;
    const known = found.length;
    inside(key, part);
    const pins = PINNING.includes(key) && isObject(part) && isObject(part.organic);
    if (pins && found.length === known) found.push([...path, key, 'organic']);
  }
}

/**
 * Paths, from the query, of the queries that OpenSearch's `hybrid` combines, which must stay the outermost one;
 * undefined when the query is no `hybrid`.
 */
function hybridPaths(query: unknown): readonly Path[] | undefined {
  if (!isObject(query) || !isObject(query.hybrid)) return undefined;
  const { queries } = query.hybrid;
  return Array.isArray(queries) ? queries.map((_, position) => ['hybrid', 'queries', position]) : [];
}
