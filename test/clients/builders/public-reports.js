// Searches of public bug reports in which something between a shop and its engine lost hits, order, totals or facets.
import { index, print } from './print.js';

const path = `/${index}/_search`;
const jacket = { match: { title: 'jacket' } };
const red = { match: { name: 'red jacket' } };
const brands = { terms: { field: 'brand' } };
/** Groups of one product each: boosts go around the query, and all that is found is shown. */
const alone = { field: 'sku.keyword' };
const latest = { created: { order: 'desc' } };
const topHits = (more) => ({ brands: { ...brands, aggs: { best: { top_hits: { size: 2, ...more } } } } });
const sample = { best: { sampler: { shard_size: 5 }, aggs: { brands } } };
const named = {
  bool: {
    must: { match: { title: { query: 'jacket', _name: 'title' } } },
    should: { term: { brand: { value: 'Fjord', _name: 'brand' } } },
  },
};
const marked = { require_field_match: false, fields: { brand: {}, color: {}, name: {}, title: {} } };

const reports = [
  ['ankane/searchkick#1606', { sort: ['_score', { 'name.keyword': 'asc' }] }],
  ['ankane/searchkick#1239', { size: 6, sort: ['_score', latest, { object_id: 'asc' }] }],
  ['ankane/searchkick#1147', { size: 7 }, { url: '?search_type=dfs_query_then_fetch&preference=visit-7' }],
  [
    '10up/ElasticPress#1885',
    {
      query: { match_all: { boost: 1 } },
      post_filter: { bool: { must: [{ terms: { category: ['jacket'] } }] } },
      sort: [{ _score: { order: 'desc' } }, latest],
    },
  ],
  [
    '10up/ElasticPress#3799',
    {
      post_filter: { term: { brand: 'Fjord' } },
      aggs: { terms: { filter: { term: { category: 'jacket' } }, aggs: { brands } } },
    },
  ],
  [
    'shopware/shopware#15074',
    { collapse: { field: 'productId' }, aggs: { total: { cardinality: { field: 'productId' } } } },
  ],
  ['shopware/frontends#1960', { sort: ['_score', { 'price.gross': 'asc' }] }],
  ['elastic/search-ui#412', { size: 2, collapse: { field: 'color' } }],
  ['elastic/elasticsearch#61079', { aggs: topHits({ sort: ['_score', { object_id: 'asc' }] }) }],
  ['elastic/elasticsearch#19317', { aggs: topHits({}) }, { said: 'unsupported' }],
  ['elastic/elasticsearch#27243', { collapse: { ...alone, inner_hits: { name: 'all', size: 3 } } }],
  ['elastic/elasticsearch#8108', { query: red, aggs: sample }],
  [
    'elastic/elasticsearch#8108, around the query',
    { query: red, collapse: alone, aggs: sample },
    { said: 'unsupported' },
  ],
  ['elastic/elasticsearch#107450', { query: { match_phrase: { title: 'red jacket' } }, highlight: marked }],
  ['elastic/elasticsearch#74786', { query: red, collapse: alone, highlight: marked }],
  [
    'elastic/elasticsearch#74786, plain',
    { query: red, collapse: alone, highlight: { ...marked, type: 'plain' } },
    { said: 'unsupported' },
  ],
  ['elastic/elasticsearch#65563', { query: named }, { url: '?include_named_queries_score=true' }],
  [
    'opensearch-project/OpenSearch#18665',
    { query: named, collapse: alone },
    { url: '?include_named_queries_score=true' },
  ],
  ['elastic/elasticsearch#14455', { query: red, min_score: 1, aggs: { brands } }],
  [
    'elastic/elasticsearch#14455, around the query',
    { query: red, min_score: 1, collapse: alone, aggs: { brands } },
  ],
  ['opensearch-project/OpenSearch#10054', { terminate_after: 3, track_total_hits: true }],
  ['opensearch-project/OpenSearch#19111', { size: 3, collapse: { field: 'popularity' } }],
  ['elastic/elasticsearch#28980', { query: { bool: { should: skus(1024) } } }],
  ['Smile-SA/elasticsuite#1458', { size: 10_000 }],
  ['Smile-SA/elasticsuite#1693', { from: 9_000, size: 1_000 }],
  [
    'elastic/elasticsearch#11430',
    { rescore: { window_size: 10, query: { rescore_query: { term: { brand: 'Acme' } } } } },
  ],
  ['elastic/elasticsearch#97653', { collapse: alone, track_scores: true }],
];

function skus(count) {
  return Array.from({ length: count }, (_, n) => ({ term: { 'sku.keyword': `SKU-p${n}` } }));
}

/** As a browser library asks, whose address ends in `?`. */
const lines = [
  { preference: 'SearchResult' },
  { query: jacket, size: 60, _source: { includes: ['*'], excludes: [] }, from: 0 },
];

print([
  { name: 'koursaros-ai/nboost#27', path: `/${index}/_msearch?`, lines },
  {
    name: 'appbaseio/reactivesearch#1216',
    path: '/_msearch',
    lines: [{ ...lines[0], index: [index] }, lines[1]],
  },
  ...reports.map(([name, body, { url = '', said } = {}]) => ({
    name,
    path: path + url,
    body: { query: jacket, size: 60, ...body },
    said,
  })),
]);
