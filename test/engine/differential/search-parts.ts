// The members of a search body beside its query: paging, sorting, facets, highlighting, vectors.
import fc from 'fast-check';
import { digits, keyed, maybe, named, object, oneOrSeveral, pickOne, weighted } from './arbitrary-tools.js';
import { filter, query, words } from './queries.js';
import type { Json, JsonObject } from './spelling.js';

type Part = fc.Arbitrary<Json>;

export const size: Part = weighted<Json>(
  [6, pickOne<Json>(1, 2, 10, 24, 48)],
  [2, pickOne<Json>(300, 1000)],
  [1, pickOne<Json>('24', 2.0)],
);
export const from: Part = weighted<Json>([3, pickOne<Json>(0, 1, 10, 24)], [1, pickOne<Json>(290, 600)]);

/** By relevance alone, in every form that clients send it. */
export const relevance: Part = pickOne<Json>(
  '_score',
  ['_score'],
  { _score: 'desc' },
  [{ _score: { order: 'desc' } }],
  [{ _score: 'DESC' }],
  [],
);
const tieBreaker = pickOne<Json>(
  { sku: 'asc' },
  { popularity: 'desc' },
  { rating: { order: 'asc', missing: '_last' } },
  'price',
  { price: 'desc' },
  { 'title.raw': 'asc' },
);
/** By relevance, then by something else. */
export const ties: Part = weighted<Json>(
  [
    3,
    fc
      .tuple(pickOne<Json>('_score', { _score: 'desc' }, { _score: { order: 'desc' } }), tieBreaker)
      .map((keys) => keys),
  ],
  [1, pickOne<Json>({ _score: 'desc', sku: 'asc' }, ['_score', 'brand', 'price'])],
);
const outerKey = pickOne<Json>(
  { in_stock: 'desc' },
  'brand',
  { brand: { order: 'desc', missing: '_first' } },
  { price: 'asc' },
  { rating: { order: 'desc', missing: '_last' } },
  { color: { order: 'asc', missing: '_last', unmapped_type: 'keyword' } },
  { tags: { order: 'desc', mode: 'max' } },
  { unmapped: { order: 'asc', missing: '_first', unmapped_type: 'integer' } },
  { 'attributes.position': { order: 'asc', missing: '_last', nested: { path: 'attributes' } } },
  {
    'attributes.position': {
      order: 'desc',
      mode: 'min',
      missing: '_first',
      nested: { path: 'attributes', filter: { term: { 'attributes.name': 'list' } } },
    },
  },
);
/** By other keys, then by relevance. */
export const relevanceSecond: Part = weighted<Json>(
  [
    4,
    fc
      .tuple(
        fc.array(outerKey, { minLength: 1, maxLength: 2 }),
        pickOne<Json>('_score', { _score: 'desc' }, { _score: { order: 'desc' } }),
        maybe(tieBreaker, 2),
      )
      .map(([outer, score, inner]) => [...outer, score, ...(inner === undefined ? [] : [inner])]),
  ],
  [1, pickOne<Json>({ in_stock: 'desc', _score: 'desc' }, { brand: 'asc', _score: {}, sku: 'asc' })],
);
/** By something else, by what leaves no ties, or worst first. */
export const otherSort: Part = pickOne<Json>(
  'price',
  { price: 'asc' },
  [{ price: { order: 'desc', missing: '_first' } }],
  ['_doc', '_score'],
  ['brand', { _score: 'asc' }],
  [{ sku: 'desc' }],
  '_doc',
  { _score: 'asc' },
  [{ _score: { order: 'asc' } }],
  [{ added: { order: 'desc', format: 'strict_date' } }],
  [{ rating: 'asc' }, { object_id: 'asc' }, '_score'],
);

const bucket = weighted<JsonObject>(
  [
    3,
    named('terms', {
      field: pickOne('brand', 'category', 'color', 'tags', 'in_stock'),
      size: maybe(pickOne<Json>(3, 50)),
      order: maybe(pickOne<Json>({ _key: 'asc' })),
    }),
  ],
  [1, keyed(pickOne('filter'), filter)],
  [1, named('filters', { filters: object({ one: filter, two: filter }) })],
  [
    1,
    named('range', {
      field: pickOne('price'),
      ranges: pickOne<Json>([{ to: 10 }, { from: 10, to: 50 }, { from: 50 }]),
    }),
  ],
  [1, named('histogram', { field: pickOne('price', 'popularity'), interval: pickOne(25, 100) })],
  [1, named('date_histogram', { field: pickOne('added'), calendar_interval: pickOne('month') })],
  [1, pickOne<JsonObject>({ global: {} }, { missing: { field: 'color' } })],
  [
    1,
    named('composite', { sources: pickOne<Json>([{ b: { terms: { field: 'brand' } } }]), size: pickOne(3) }),
  ],
);
const metric = pickOne<JsonObject>(
  { stats: { field: 'price' } },
  { avg: { field: 'rating' } },
  { cardinality: { field: 'brand' } },
  { max: { field: 'sku' } },
  { percentiles: { field: 'price' } },
  { value_count: { field: 'tags' } },
  { top_hits: { size: 2, sort: [{ price: 'asc' }, { sku: 'asc' }], _source: ['brand'] } },
);

/** Facets: what is counted, whatever the scores. */
export const facets: fc.Arbitrary<JsonObject> = object({
  facet: fc
    .tuple(bucket, maybe(object({ inside: weighted([2, metric], [1, bucket]) }), 3))
    .map(([outer, aggs]) => ({ ...outer, aggs })),
  number: maybe(metric, 2),
});

/** Aggregations that choose by score. */
export const scoreFacets: fc.Arbitrary<JsonObject> = weighted<JsonObject>(
  [
    2,
    object({
      best: named('sampler', { shard_size: pickOne(5, 40) }).map((outer) => ({
        ...outer,
        aggs: { brands: { terms: { field: 'brand' } } },
      })),
    }),
  ],
  [
    1,
    object({
      best: named('diversified_sampler', { shard_size: pickOne(10), field: pickOne('brand') }).map(
        (outer) => ({ ...outer, aggs: { brands: { terms: { field: 'brand' } } } }),
      ),
    }),
  ],
  [
    2,
    object({
      facet: pickOne<JsonObject>({
        terms: { field: 'category' },
        aggs: { top: { top_hits: { size: 2, _source: false } } },
      }),
    }),
  ],
  [1, object({ top: pickOne<JsonObject>({ top_hits: { sort: ['_score'] } }) })],
);

export const sourceFilter: Part = pickOne<Json>(
  false,
  true,
  'title',
  ['title', 'br*'],
  { includes: ['t*'], excludes: ['tags'] },
  ['sku'],
);

export const INDEX_BOOST = 1.4;

/** What many searches carry and no rewrite may disturb. */
export const extras = {
  size: maybe(size, 2),
  from: maybe(from, 4),
  _source: maybe(sourceFilter, 3),
  aggs: maybe(facets, 4),
  post_filter: maybe(filter, 6),
  highlight: maybe(
    object({
      fields: pickOne<Json>(
        { title: {} },
        { title: { number_of_fragments: 0 }, description: {} },
        { '*': {} },
      ),
    }),
    6,
  ),
  fields: maybe(pickOne<Json>(['brand', 'price'], ['t*'], [{ field: 'added', format: 'epoch_millis' }]), 10),
  docvalue_fields: maybe(pickOne<Json>(['popularity', 'sku']), 12),
  stored_fields: maybe(pickOne<Json>('_none_', ['title']), 40),
  track_total_hits: maybe(pickOne<Json>(true, false, 1000), 5),
  track_scores: maybe(fc.boolean(), 8),
  timeout: maybe(pickOne('10s'), 15),
  version: maybe(fc.boolean(), 12),
  seq_no_primary_term: maybe(fc.boolean(), 12),
  indices_boost: maybe(pickOne<Json>([{ '@index@': INDEX_BOOST }]), 15),
  stats: maybe(pickOne<Json>(['shop']), 15),
} satisfies Readonly<Record<string, fc.Arbitrary<Json | undefined>>>;

export const collapse: Part = object({
  field: pickOne('brand', 'category', 'color'),
  inner_hits: maybe(
    object({
      name: pickOne('more'),
      size: pickOne(2, 5),
      from: maybe(pickOne(1)),
      sort: maybe(pickOne<Json>([{ price: 'asc' }, { sku: 'asc' }])),
      _source: pickOne<Json>(['brand']),
    }),
    2,
  ),
  max_concurrent_group_searches: maybe(pickOne(2), 6),
});

const rescorer = object({
  window_size: pickOne<Json>(1000, 1000, 20),
  query: object({
    rescore_query: query,
    query_weight: maybe(pickOne(0.7)),
    rescore_query_weight: maybe(pickOne(1.2)),
    score_mode: maybe(pickOne('total', 'multiply', 'max', 'avg')),
  }),
});
export const ownRescore: Part = oneOrSeveral(rescorer);

const vector = fc.array(pickOne<Json>(0.1, 0.5, 1, -0.3), { minLength: 4, maxLength: 4 });
const knnSearch = object({
  field: pickOne('vector'),
  query_vector: vector,
  k: pickOne(5, 40),
  num_candidates: pickOne(100, 1000),
  filter: maybe(oneOrSeveral(filter)),
  boost: maybe(pickOne(0.5, 2)),
  similarity: maybe(pickOne(0.6), 8),
});
export const knn: Part = weighted<Json>(
  [4, knnSearch],
  [1, fc.array(knnSearch, { minLength: 2, maxLength: 2 })],
);

const standard = named('standard', {
  query: maybe(query, 1 + 1),
  filter: maybe(filter, 5),
  min_score: maybe(pickOne(0.5), 10),
  sort: maybe(weighted([2, relevance], [1, otherSort], [1, relevanceSecond]), 8),
});
const { tree } = fc.letrec<{ tree: JsonObject }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 2, depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: standard },
    {
      weight: 2,
      arbitrary: named('knn', {
        field: pickOne('vector'),
        query_vector: vector,
        k: pickOne(40),
        num_candidates: pickOne(100),
        filter: maybe(filter),
      }),
    },
    { weight: 3, arbitrary: named('rescorer', { retriever: tie('tree'), rescore: rescorer }) },
    // Of modules that an embedded engine lacks: refused, in its own words.
    {
      weight: 1,
      arbitrary: named('rrf', { retrievers: fc.array(tie('tree'), { minLength: 2, maxLength: 2 }) }),
    },
  ),
}));
export const retriever: Part = tree;

export const suggest: Part = object({
  text: maybe(words, 2),
  spelled: maybe(
    pickOne<Json>(
      { text: 'frech milc', term: { field: 'title', size: 2 } },
      { term: { field: 'description' } },
    ),
    2,
  ),
  completed: maybe(pickOne<Json>({ prefix: 'fr', completion: { field: 'suggest', size: 3 } }), 2),
});

/** A place to go on from, for a sort by relevance and then one more key. */
export const after: Part = fc
  .tuple(
    pickOne<Json>(0.4, 1, 1.7, 2.5, 6, 30),
    weighted<Json>([1, pickOne<Json>(0, 10)], [1, digits('9007199254740993', '9007199254741100')]),
  )
  .map((values) => values);
