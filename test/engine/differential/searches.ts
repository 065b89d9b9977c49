// Whole searches, by shape: each shape is one way in which storefront clients ask, with all that may come along.
import fc from 'fast-check';
import type { EngineKind } from '../../../src/core/engine-kind.js';
import { digits, maybe, object, pickOne, weighted } from './arbitrary-tools.js';
import { badQuery, filterOnly, query, words } from './queries.js';
import {
  after,
  collapse,
  extras,
  facets,
  from,
  knn,
  otherSort,
  ownRescore,
  relevance,
  relevanceSecond,
  retriever,
  scoreFacets,
  size,
  suggest,
  ties,
} from './search-parts.js';
import type { Json, JsonObject } from './spelling.js';
import { zeroScored } from './zero-queries.js';

export interface Search {
  readonly shape: string;
  /** URL parameters that belong to the shape */
  readonly parameters: Readonly<Record<string, string>>;
  /** null: there is none */
  readonly body: JsonObject | null;
}

type Members = Readonly<Record<string, fc.Arbitrary<Json | undefined>>>;

function search(shape: string, members: Members): fc.Arbitrary<Search> {
  return object(members).map((body) => ({ shape, parameters: {}, body }));
}

const { size: _size, aggs: _aggs, ...unpaged } = extras;
const fewer: Members = {
  size: maybe(size, 2),
  _source: extras._source,
  track_total_hits: extras.track_total_hits,
};

/** What needs no more than a body, so that it can be an item of a multi-search too. */
const SHAPES: readonly (readonly [
  weight: number,
  kinds: EngineKind | 'both',
  name: string,
  members: Members,
])[] = [
  [14, 'both', 'query', { query, ...extras }],
  [4, 'both', 'filter only', { query: filterOnly, ...extras }],
  [
    4,
    'both',
    'scores of zero',
    { query: zeroScored, ...extras, sort: maybe(weighted([1, relevance], [1, ties])) },
  ],
  [
    4,
    'both',
    'sort by _score second',
    {
      query: maybe(weighted([2, query], [1, filterOnly], [1, zeroScored]), 2),
      ...extras,
      sort: relevanceSecond,
      collapse: maybe(collapse, 10),
      min_score: maybe(pickOne<Json>(0.3), 10),
    },
  ],
  [2, 'both', 'no query', extras],
  [1, 'both', 'empty object', {}],
  [5, 'both', 'sort by _score', { query: maybe(query, 2), ...extras, sort: relevance }],
  [5, 'both', 'sort by _score, then ties', { query: maybe(query, 2), ...extras, sort: ties }],
  [3, 'both', 'sort by something else', { query: maybe(query, 2), ...extras, sort: otherSort }],
  [2, 'both', 'min_score', { query, ...extras, min_score: pickOne<Json>(0.3, 1, '2.5') }],
  [3, 'both', 'collapse', { query: maybe(query, 2), ...fewer, from: extras.from, collapse }],
  [
    1,
    'both',
    'collapse, sorted',
    {
      query,
      ...fewer,
      collapse,
      sort: weighted([2, ties], [1, relevance], [1, otherSort], [1, relevanceSecond]),
    },
  ],
  [3, 'both', 'rescore of its own', { query: maybe(query, 2), ...fewer, rescore: ownRescore }],
  [
    3,
    'both',
    'search_after',
    {
      query: maybe(query, 2),
      ...fewer,
      sort: fc
        .tuple(
          pickOne<Json>('_score', { _score: 'desc' }),
          pickOne<Json>({ sku: 'asc' }, { popularity: 'asc' }),
        )
        .map((keys) => keys),
      search_after: after,
    },
  ],
  [
    1,
    'both',
    'search_after, by something else',
    {
      query,
      ...fewer,
      sort: pickOne<Json>([{ sku: 'asc' }]),
      search_after: digits('9007199254740993', '9007199254741100').map((value) => [value]),
    },
  ],
  [
    2,
    'both',
    'size 0',
    {
      query: maybe(query, 2),
      aggs: facets,
      size: pickOne<Json>(0, 0, '0'),
      track_total_hits: extras.track_total_hits,
    },
  ],
  [2, 'both', 'aggregations by score', { query, ...fewer, aggs: scoreFacets, sort: maybe(ties, 3) }],
  [
    1,
    'both',
    'terminate_after',
    {
      query,
      ...fewer,
      terminate_after: pickOne<Json>(1, 20, 1000),
      sort: maybe(ties, 4),
    },
  ],
  [1, 'both', 'explain', { query, ...fewer, explain: fc.boolean() }],
  [1, 'both', 'suggest alone', { suggest, size: maybe(size) }],
  [1, 'both', 'suggest beside a query', { query, ...fewer, suggest }],
  [4, 'elasticsearch', 'knn', { knn, ...unpaged, size: maybe(size, 2) }],
  [
    3,
    'elasticsearch',
    'knn beside a query',
    {
      knn,
      query,
      ...fewer,
      aggs: extras.aggs,
      sort: maybe(weighted([1, ties], [1, relevance]), 5),
    },
  ],
  [
    5,
    'elasticsearch',
    'retriever',
    {
      retriever,
      ...fewer,
      from: extras.from,
      aggs: extras.aggs,
      post_filter: extras.post_filter,
    },
  ],
  // OpenSearch fails on many a query with it, in some shards or all.
  [
    1,
    'elasticsearch',
    'plain highlighter',
    {
      query: maybe(query, 2),
      ...fewer,
      sort: maybe(ties, 3),
      highlight: pickOne<Json>(
        { fields: { title: { type: 'plain' } } },
        { type: 'plain', fields: { '*': {} } },
      ),
    },
  ],
  [1, 'opensearch', 'knn', { knn, query: maybe(query, 2) }],
  [
    1,
    'opensearch',
    'hybrid',
    {
      query: object({ hybrid: object({ queries: fc.array(query, { minLength: 1, maxLength: 2 }) }) }),
    },
  ],
  [
    3,
    'both',
    'refused',
    {
      query: weighted<Json>([2, badQuery], [1, query]),
      size: maybe(pickOne<Json>(-1, 'many', 10_001, null, 1.5), 3),
      from: maybe(pickOne<Json>(-3, 9_999, true), 5),
      sort: maybe(pickOne<Json>('title', 'unmapped', [{ price: 'up' }], { _score: 'best' }, 7), 5),
      aggs: maybe(pickOne<Json>({ a: { nope: {} } }, { a: { terms: { field: 'title' } } }, { a: {} }), 6),
      sized: maybe(pickOne<Json>(3), 8),
      rescore: maybe(pickOne<Json>({}, { window_size: 10 }), 8),
      collapse: maybe(pickOne<Json>({ field: 'title' }, { field: 'tags' }), 8),
      min_score: maybe(pickOne<Json>('much'), 10),
      post_filter: maybe(badQuery, 10),
    },
  ],
  // Whatever a body may hold, in any company.
  [
    4,
    'both',
    'anything',
    {
      query: maybe(weighted<Json>([5, query], [1, badQuery], [1, zeroScored]), 2),
      ...extras,
      sort: maybe(weighted<Json>([1, relevance], [1, ties], [1, otherSort], [1, relevanceSecond]), 3),
      collapse: maybe(collapse, 5),
      rescore: maybe(ownRescore, 5),
      search_after: maybe(after, 8),
      min_score: maybe(pickOne<Json>(1), 5),
      terminate_after: maybe(pickOne<Json>(30), 8),
      explain: maybe(fc.boolean(), 8),
      suggest: maybe(suggest, 6),
      knn: maybe(knn, 8),
      retriever: maybe(retriever, 10),
      aggs: maybe(weighted([2, facets], [1, scoreFacets]), 3),
    },
  ],
];

/** Shapes that an engine may not take; one of them spoils a whole multi-search. */
const RISKY = ['refused', 'anything', 'hybrid'];

/**
 * Searches that a body says all about.
 * @param taken leave out what the engine will surely, or may, refuse
 */
export function bodySearches(kind: EngineKind, taken = false): fc.Arbitrary<Search> {
  const shapes = SHAPES.filter(
    ([, kinds, name]) =>
      (kinds === 'both' || kinds === kind) &&
      !(taken && (RISKY.includes(name) || (kinds === 'opensearch' && name === 'knn'))),
  );
  return weighted(...shapes.map(([weight, , name, members]) => [weight, search(name, members)] as const));
}

/** Searches that a window holds, and pages that are within it. */
export const windowedSearches: fc.Arbitrary<Search> = search('windowed', {
  query: maybe(weighted([3, query], [1, filterOnly], [1, zeroScored]), 2),
  size: pickOne<Json>(5, 10, 24),
  from: maybe(pickOne<Json>(1, 10), 3),
  sort: maybe(relevance),
  aggs: extras.aggs,
  post_filter: extras.post_filter,
  _source: extras._source,
  track_total_hits: extras.track_total_hits,
});

const optional = <T extends string>(...values: readonly T[]) => maybe(pickOne(...values), 3);
const urlQuery = fc
  .record({
    q: weighted<string | undefined>(
      [2, words],
      [1, pickOne('title:fresh', 'brand:acme AND milk', 'fresh~ ^2', '(')],
      [1, fc.constant(undefined)],
    ),
    size: optional('3', '0', '24', '-1', 'x'),
    from: optional('0', '2', '10'),
    sort: optional(
      '_score',
      '_score:desc',
      'price:asc',
      '_score,price:desc',
      'brand:desc,_score',
      '_score:asc',
      'title',
    ),
    df: optional('title'),
    default_operator: optional('AND'),
    _source: optional('false', 'title,brand'),
    track_scores: optional('true'),
    track_total_hits: optional('5', 'true', 'false'),
    explain: maybe(pickOne('', 'true', 'false'), 12),
    terminate_after: maybe(pickOne('10'), 12),
  })
  .map((parameters) =>
    Object.fromEntries(
      Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
  );

/** Searches that the URL takes part in. */
export const urlSearches: fc.Arbitrary<Search> = weighted<Search>(
  [3, urlQuery.map((parameters) => ({ shape: 'in the URL', parameters, body: null }))],
  [
    2,
    fc
      .tuple(
        urlQuery,
        object({ query: maybe(query, 2), sort: maybe(relevance), size: maybe(size), from: maybe(from) }),
      )
      .map(([parameters, body]) => ({ shape: 'in URL and body', parameters, body })),
  ],
  [1, pickOne<Search>({ shape: 'no body', parameters: {}, body: null })],
);
