// Where a personalized search gets its boosts: in a rescore window, around its query, or nowhere. One table.
import { isObject } from './json-value.js';
import type { SearchFacts } from './search-facts.js';

export type EngineKind = 'elasticsearch' | 'opensearch';

/** Hits per shard that are rescored: what keeps many boosts affordable. */
const RESCORE_WINDOW = 500;
/** The window of deep pages, and the engines' default for `index.max_rescore_window`. */
const DEEPEST_WINDOW = 10_000;

/** `filterOnly`: the query scores every hit 0, so the boosts count as if it scored 1. */
export type Placement =
  | { readonly placement: 'rescore'; readonly window: number; readonly filterOnly: boolean }
  | { readonly placement: 'wrap'; readonly filterOnly: boolean };

export interface Skip {
  readonly skip: 'not-scored' | 'unsupported';
}

export interface PlacementRule {
  /** as the table in docs/placement.md says it */
  readonly name: string;
  /** @param maxWindow hits the engine lets a rescore window hold */
  readonly holds: (facts: SearchFacts, engine: EngineKind, maxWindow: number) => boolean;
  readonly choose: 'rescore' | 'wrap' | Skip['skip'];
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
  { name: '`search_after`', holds: has('search_after'), choose: 'wrap' },
  { name: '`scroll`', holds: ({ scroll }) => scroll, choose: 'wrap' },
  { name: 'a `rescore` of its own', holds: has('rescore'), choose: 'wrap' },
  {
    name: '`collapse` on OpenSearch',
    holds: (facts, engine) => engine === 'opensearch' && has('collapse')(facts),
    choose: 'wrap',
  },
  {
    name: '`from` + `size` beyond 10,000, or beyond what the index allows a window',
    holds: ({ from, size }, _engine, maxWindow) => from + size > Math.min(DEEPEST_WINDOW, maxWindow),
    choose: 'wrap',
  },
];

const needsWrap: PlacementRule['holds'] = (...search) => WRAP_RULES.some(({ holds }) => holds(...search));

/** The first rule that holds decides. */
export const PLACEMENT_RULES: readonly PlacementRule[] = [
  { name: '`size` 0', holds: ({ size }) => size === 0, choose: 'not-scored' },
  {
    name: '`suggest` only',
    holds: (facts) =>
      has('suggest')(facts) && !facts.urlQuery && !has('query', 'aggs', 'aggregations', 'knn')(facts),
    choose: 'not-scored',
  },
  {
    name: 'sorted by something else first, or worst first',
    holds: ({ sort }) => sort === 'other',
    choose: 'not-scored',
  },
  {
    name: '`knn`, `retriever`, `rank`, `sub_searches` or a `hybrid` query',
    holds: (facts) => has('knn', 'retriever', 'rank', 'sub_searches')(facts) || facts.hybrid,
    choose: 'unsupported',
  },
  { name: 'pinned hits (`pinned`, `rule`)', holds: ({ pinned }) => pinned, choose: 'unsupported' },
  {
    name: '`size` or `from` that is not a count',
    holds: ({ size, from }) => Number.isNaN(size + from),
    choose: 'unsupported',
  },
  {
    name: '`query` that is no object',
    holds: ({ query }) => query !== undefined && !isObject(query),
    choose: 'unsupported',
  },
  { name: 'body in the URL (`source`)', holds: ({ urlBody }) => urlBody, choose: 'unsupported' },
  {
    name: '`min_score` or `q` with anything that needs a wrapped query',
    holds: (facts, ...engine) => (facts.urlQuery || has('min_score')(facts)) && needsWrap(facts, ...engine),
    choose: 'unsupported',
  },
  {
    name: '`terminate_after`, or aggregations by score, with anything that needs a wrapped query',
    holds: (facts, ...engine) =>
      (facts.terminateAfter || facts.scoreAggregations) && needsWrap(facts, ...engine),
    choose: 'unsupported',
  },
  {
    name: "the engine's own `explain` of more than 500 hits",
    holds: ({ explain, size }) => explain && size > RESCORE_WINDOW,
    choose: 'unsupported',
  },
  ...WRAP_RULES,
  { name: 'any other search', holds: () => true, choose: 'rescore' },
];

/**
 * Decides by the table, reading nothing but its arguments. The window is 500 hits, or 10,000 for a page that
 * reaches behind them: one step, so that the order jumps at one place at most. Neither is more than the index allows.
 * @param maxWindow hits the engine lets a rescore window hold: `index.max_rescore_window`
 */
export function choosePlacement(facts: SearchFacts, engine: EngineKind, maxWindow: number): Placement | Skip {
  const rule = PLACEMENT_RULES.find(({ holds }) => holds(facts, engine, maxWindow));
  const then = rule?.choose ?? 'unsupported';
  const { filterOnly } = facts;
  if (then === 'wrap') return { placement: 'wrap', filterOnly };
  if (then !== 'rescore') return { skip: then };
  const wanted = facts.from + facts.size > RESCORE_WINDOW ? DEEPEST_WINDOW : RESCORE_WINDOW;
  return { placement: 'rescore', window: Math.min(wanted, maxWindow), filterOnly };
}
