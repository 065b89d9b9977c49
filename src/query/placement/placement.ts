// The table of where the boosts of a search go: a rescore window, around its query, its parts, nowhere.
import type { SearchFacts } from '../facts/search-facts.js';
import type { ZeroScores } from '../facts/zero-scores.js';
import { isObject } from '../json/json-value.js';
import type { EngineCapabilities } from './engine-capabilities.js';
import { type PlacementSite, querySites, retrieverSites } from './placement-sites.js';

/** Hits per shard that are rescored, whatever the page: what keeps many boosts affordable, and one order for all pages. */
const WINDOW = 500;
/** Milliseconds: half of it is for the personalized attempt, the rest for the original, should that not do. */
const MIN_TIMEOUT = 20;
/** The engines' default for `index.max_rescore_window`. */
const MAX_WINDOW = 10_000;

/**
 * In a window of hits that are rescored, around the whole query, or in parts of the request.
 * `zeros`: which hits score 0, where there is nothing to multiply.
 */
export type Placement =
  | { readonly placement: 'rescore'; readonly window: number; readonly zeros: ZeroScores }
  | { readonly placement: 'wrap'; readonly zeros: ZeroScores }
  | { readonly placement: 'parts'; readonly sites: readonly PlacementSite[] };

export interface Skip {
  readonly skip: 'not-scored' | 'unsupported';
}

export interface PlacementRule {
  /** as the table in docs/placement.md says it */
  readonly name: string;
  readonly holds: (facts: SearchFacts, capabilities: EngineCapabilities) => boolean;
  readonly choose: Placement['placement'] | Skip['skip'];
}

const has =
  (...names: readonly string[]) =>
  ({ members }: SearchFacts): boolean =>
    names.some((name) => members.has(name));

/** What the engines refuse beside `rescore`, or what a window would not cover. */
const WRAP_RULES: readonly PlacementRule[] = [
  {
    name: 'sorted by `_score`, then by tie-breakers',
    holds: ({ sort }) => sort === 'relevance-then-ties',
    choose: 'wrap',
  },
  {
    name: 'sorted by other keys, then by `_score`',
    holds: ({ sort }) => sort === 'ties-by-relevance',
    choose: 'wrap',
  },
  { name: '`search_after`', holds: has('search_after'), choose: 'wrap' },
  { name: '`pit` and `sort`', holds: (facts) => has('pit')(facts) && has('sort')(facts), choose: 'wrap' },
  { name: '`scroll`', holds: ({ scroll }) => scroll, choose: 'wrap' },
  { name: 'a `completion` under `suggest`', holds: ({ completion }) => completion, choose: 'wrap' },
  { name: '`collapse`', holds: has('collapse'), choose: 'wrap' },
  {
    name: 'a `rescore` of its own beyond 10,000 hits, or beyond what the index allows a window',
    holds: ({ rescoreWindow }, { maxWindow }) => rescoreWindow > Math.min(MAX_WINDOW, maxWindow),
    choose: 'wrap',
  },
];

const needsWrap: PlacementRule['holds'] = (...search) => WRAP_RULES.some(({ holds }) => holds(...search));

/** Scores of the query decide more than the order of hits: boosts inside the query would change that too. */
const countsByScore = (facts: SearchFacts): boolean => facts.terminateAfter || facts.scoreAggregations;

const inParts: PlacementRule['holds'] = (facts) =>
  has('retriever')(facts) || facts.hybrid !== undefined || facts.organic.length > 0;

/** The first rule that holds decides. */
export const PLACEMENT_RULES: readonly PlacementRule[] = [
  { name: '`size` 0', holds: ({ size }) => size === 0, choose: 'not-scored' },
  {
    name: '`suggest` only',
    holds: (facts) =>
      has('suggest')(facts) &&
      !facts.urlQuery &&
      !has('query', 'aggs', 'aggregations', 'knn', 'retriever')(facts),
    choose: 'not-scored',
  },
  {
    name: 'sorted without `_score`, worst first, or first by a key that leaves no ties or may read the score',
    holds: ({ sort }) => sort === 'other',
    choose: 'not-scored',
  },
  { name: '`slice`', holds: has('slice'), choose: 'not-scored' },
  {
    name: `\`timeout\` below ${MIN_TIMEOUT} ms, or beside a \`filter_path\` that hides \`timed_out\``,
    holds: ({ timeout, hidesTimeout }) => timeout !== null && (timeout < MIN_TIMEOUT || hidesTimeout),
    choose: 'unsupported',
  },
  { name: '`rank` or `sub_searches`', holds: has('rank', 'sub_searches'), choose: 'unsupported' },
  {
    name: '`size`, `from` or the window of a `rescore` that is not a count',
    holds: ({ size, from, rescoreWindow }) => Number.isNaN(size + from + rescoreWindow),
    choose: 'unsupported',
  },
  {
    name: '`query` that is no object',
    holds: ({ query }) => query !== undefined && !isObject(query),
    choose: 'unsupported',
  },
  {
    name: '`boost`, `weight` or another factor of 10²⁰ or more',
    holds: ({ largeFactors }) => largeFactors,
    choose: 'unsupported',
  },
  { name: 'body in the URL (`source`)', holds: ({ urlBody }) => urlBody, choose: 'unsupported' },
  {
    name: '`q` with anything that needs a wrapped query',
    holds: (facts, capabilities) => facts.urlQuery && needsWrap(facts, capabilities),
    choose: 'unsupported',
  },
  {
    name: '`knn` with anything that needs a wrapped query',
    holds: (facts, capabilities) =>
      has('knn')(facts) && (needsWrap(facts, capabilities) || inParts(facts, capabilities)),
    choose: 'unsupported',
  },
  {
    name: '`terminate_after`, or aggregations by score, with anything that needs a wrapped query',
    holds: (facts, capabilities) =>
      countsByScore(facts) && (needsWrap(facts, capabilities) || inParts(facts, capabilities)),
    choose: 'unsupported',
  },
  {
    name: '`highlight` of the type `plain`, or on OpenSearch of a phrase prefix, with anything that needs a wrapped query',
    holds: (facts, capabilities) =>
      (facts.plainHighlight || (facts.prefixHighlight && capabilities.kind === 'opensearch')) &&
      (needsWrap(facts, capabilities) || inParts(facts, capabilities)),
    choose: 'unsupported',
  },
  {
    name: '`top_hits` by `_score` alone among the aggregations',
    holds: ({ rescoredAggregations }) => rescoredAggregations,
    choose: 'unsupported',
  },
  {
    name: "the engine's own `explain` of more than 500 hits",
    holds: ({ explain, size }) => explain && size > WINDOW,
    choose: 'unsupported',
  },
  {
    name: '`min_score` with `retriever`, a `hybrid` query or pinned hits',
    holds: (facts, capabilities) => has('min_score')(facts) && inParts(facts, capabilities),
    choose: 'unsupported',
  },
  {
    name: '`retriever`, a `hybrid` query or pinned hits (`pinned`, `rule`), without a part that can be personalized',
    holds: (facts, capabilities) => inParts(facts, capabilities) && sitesOf(facts, capabilities).length === 0,
    choose: 'unsupported',
  },
  { name: '`retriever`', holds: has('retriever'), choose: 'parts' },
  { name: 'a `hybrid` query (OpenSearch)', holds: ({ hybrid }) => hybrid !== undefined, choose: 'parts' },
  { name: 'pinned hits (`pinned`, `rule`)', holds: ({ organic }) => organic.length > 0, choose: 'parts' },
  ...WRAP_RULES,
  { name: 'any other search', holds: () => true, choose: 'rescore' },
];

/**
 * Decides by the table, reading nothing but its arguments. The window is the same for every page of a list: 500 hits, or
 * those of the request's own `rescore`, but no more than the index allows.
 */
export function choosePlacement(facts: SearchFacts, capabilities: EngineCapabilities): Placement | Skip {
  const rule = PLACEMENT_RULES.find(({ holds }) => holds(facts, capabilities));
  const chosen = rule?.choose ?? 'unsupported';
  const { zeros, rescoreWindow } = facts;
  if (chosen === 'wrap') return { placement: 'wrap', zeros };
  if (chosen === 'parts') return { placement: 'parts', sites: sitesOf(facts, capabilities) };
  if (chosen !== 'rescore') return { skip: chosen };
  const window = Math.min(Math.max(WINDOW, rescoreWindow), capabilities.maxWindow);
  return { placement: 'rescore', window, zeros };
}

function sitesOf(
  facts: SearchFacts,
  { rescorerRetriever, maxWindow }: EngineCapabilities,
): readonly PlacementSite[] {
  const { retriever, query, hybrid, organic, from, size, scroll, partialResults } = facts;
  if (retriever !== undefined)
    return retrieverSites(retriever, {
      rescorer: rescorerRetriever && !scroll && !partialResults && !has('collapse')(facts),
      window: Math.min(WINDOW, maxWindow),
      reach: from + size,
      maxWindow,
    });
  return querySites(query, ['query'], hybrid ?? organic);
}

/** Whether boosts are evaluated on the hits of windows alone. */
export function isWindowed(placement: Placement): boolean {
  return placement.placement === 'parts'
    ? placement.sites.every(({ window }) => window !== null)
    : placement.placement === 'rescore';
}
