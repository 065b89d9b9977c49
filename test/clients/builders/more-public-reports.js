// Searches of further public bug reports: what PHP, Magento or an older client makes of a body, and what the engine says to it.
import { index, print } from './print.js';

const path = `/${index}/_search`;
const jacket = { match: { title: 'jacket' } };
const red = { match: { name: 'red jacket' } };
const brands = { terms: { field: 'brand' } };
const fjord = { term: { brand: 'Fjord' } };
const ties = { sort: ['_score', { object_id: 'asc' }] };
/** Groups of one product each: boosts go around the query, and all that is found is shown. */
const alone = { collapse: { field: 'sku.keyword' } };
const NO_GROSS = 'price.c_b7d2554b0ce847cd82f3ac9bd1c0dfca.gross';
const unsupported = { said: 'unsupported' };

const scored = (functions) => ({ query: { function_score: { query: jacket, ...functions } } });
const factor = (field, modifier, more) => scored({ field_value_factor: { field, modifier, ...more } });
const boosted = (boost) => ({ query: { match: { title: { query: 'jacket', boost } } } });
const weights = (score_mode, boost_mode) =>
  scored({
    functions: [
      { filter: fjord, weight: 0 },
      { filter: { term: { color: 'red' } }, weight: 0 },
    ],
    score_mode,
    boost_mode,
  });
const fields = {
  title: { query: 'jacket', boost: 700 },
  name: { query: 'red jacket', boost: 200, fuzziness: 'auto' },
};
const shopware = {
  bool: {
    should: [
      ...Object.entries(fields).map(([field, query]) => ({ match: { [field]: query } })),
      { prefix: { brand: { value: 'F', boost: 50 } } },
    ],
    minimum_should_match: 1,
  },
};
const listed = (n) => ({ aggs: { skus: { terms: { field: 'sku.keyword', size: n } } } });
const suggest = { text: 'jackt', words: { term: { field: 'title' } } };

/** What the engine refuses, it refuses in its own words. */
const refused = [
  ['elastic/elasticsearch-php#495', { query: { match_all: [] } }],
  ['ongr-io/ElasticsearchDSL#163', { query: { bool: { must: jacket, filter: { match_all: [] } } } }],
  ['ruflin/Elastica#817', { query: { bool: [] } }],
  ['ruflin/Elastica#817, as one of several', { query: { bool: { must: [jacket, []] } } }],
  ['ruflin/Elastica#1025', { post_filter: [] }],
  ['ruflin/Elastica#1025, around the query', { post_filter: [], ...alone }],
  ['ruflin/Elastica#28', { highlight: { fields: { title: [] } } }],
  ['ruflin/Elastica#915', { collapse: { field: 'brand', inner_hits: [] } }],
  ['shopware/shopware#14256', { sort: ['_score', { [NO_GROSS]: 'asc' }] }],
  ['shopware/shopware#14256, in front', { sort: [{ [NO_GROSS]: 'asc' }, '_score'] }],
  ['monsieurbiz/SyliusSearchPlugin#64', { sort: [{ 'attributes.none.value.keyword': { order: 'asc' } }] }],
  ['Smile-SA/elasticsuite#3357', factor('none', 'sqrt', { missing: -4 })],
  ['Smile-SA/elasticsuite#3357, around the query', { ...factor('none', 'sqrt', { missing: -4 }), ...alone }],
  ['elastic/elasticsearch#41509, for all', factor('none', 'ln', { missing: 0.5 })],
  ['magento/magento2#11277, none', listed(0)],
  ['ankane/searchkick#1672, less than none', { track_total_hits: -2 }],
  ['Philippus/elastic4s#1960, half', { track_total_hits: 5 }, { url: '?rest_total_hits_as_int=true' }],
];

const answered = [
  ['ruflin/Elastica#1025, of clauses', { query: { bool: { must: [], filter: [] } } }],
  ['elastic/elasticsearch-php#495, sorted by nothing', { sort: [], rescore: [], _source: [] }],
  [
    'shopware/shopware#14256, mapped',
    { sort: ['_score', { [NO_GROSS]: { order: 'asc', unmapped_type: 'long' } }] },
  ],
  [
    'shopware/shopware#8471',
    {
      query: shopware,
      sort: [{ _score: { order: 'desc' } }, { created: { order: 'desc', missing: '_last' } }],
    },
  ],
  ['shopware/shopware#8471, most alike', { query: { dis_max: { queries: shopware.bool.should } } }],
  ['shopware/shopware#2929', { query: { match_all: {} }, size: 7 }],
  ['shopware/shopware#2929, around the query', { query: { match_all: {} }, size: 7, ...ties }],
  ['elastic/elasticsearch#24910', weights('sum', 'multiply')],
  ['elastic/elasticsearch#24910, replaced', weights('avg', 'replace')],
  ['elastic/elasticsearch#24910, around the query', { ...weights('sum', 'sum'), ...alone }],
  ['elastic/elasticsearch#41509', factor('none', 'ln', { missing: 1 })],
  ['elastic/elasticsearch#41509, not below 0', factor('popularity', 'ln1p')],
  // Shards with a product that never sold fail, with and without boosts: the hits are those of the others.
  ['elastic/elasticsearch#41509, for some', factor('popularity', 'ln'), { said: 'rewrite-rejected' }],
  [
    'searchkit/searchkit#661',
    { collapse: { field: 'productId' }, aggs: { total: { cardinality: { field: 'productId' } }, brands } },
  ],
  [
    'elastic/elasticsearch-rails#1023',
    {
      collapse: { field: 'brand', inner_hits: { name: 'cheap', size: 2, sort: [{ price: 'asc' }] } },
      aggs: { total: { cardinality: { field: 'brand', precision_threshold: 40_000 } } },
    },
  ],
  ['magento/magento2#11277', listed(500)],
  ['magento/magento2#11277, fewer than there are', { ...listed(3), ...alone }],
  ['ankane/searchkick#1672', { track_total_hits: 5 }],
  ['ankane/searchkick#1672, exactly', { track_total_hits: 20, ...alone }],
  ['ankane/searchkick#1672, none', { track_total_hits: false, ...ties }],
  ['ankane/searchkick#1672, in the URL', {}, { url: '?track_total_hits=5' }],
  ['Philippus/elastic4s#1960', {}, { url: '?rest_total_hits_as_int=true' }],
  [
    'elastic/elasticsearch#35849',
    { track_total_hits: true, ...alone },
    { url: '?rest_total_hits_as_int=true' },
  ],
  ['elastic/elasticsearch-net#8431', { aggs: { brands }, suggest }, { url: '?typed_keys=true' }],
  [
    'Philippus/elastic4s#1453',
    { aggs: { red: { filter: fjord, aggs: { most: { max: { field: 'price' } } } } }, ...alone },
    { url: '?typed_keys=true&rest_total_hits_as_int=true' },
  ],
  // A factor of the shop's own that leaves a float no room for more.
  ['a boost of 1e19', { ...boosted(1e19), size: 60 }],
  ['a boost of 1e33', boosted(1e33), unsupported],
  ['a boost of 1e33, around the query', { ...boosted(1e33), ...alone }, unsupported],
  ['a boost of 1e33 behind another key', { ...boosted('1e33'), sort: ['status', '_score'] }, unsupported],
  [
    'a boost of 3.4e38 for all',
    { query: { constant_score: { filter: jacket, boost: 3.4e38 } } },
    unsupported,
  ],
  [
    'a boost of 1e33 in a list of fields',
    { query: { multi_match: { query: 'jacket', fields: ['title^1e33'] } } },
    unsupported,
  ],
  ['boosts of 1e12 in each other', scored({ functions: [{ weight: 1e12 }], boost: 1e12 }), unsupported],
  ['as a client of Java writes it', scored({ weight: 2, max_boost: 3.4028235e38 })],
];

const several = [
  { preference: 'visit-7' },
  { query: jacket, size: 60, aggs: { brands } },
  {},
  { query: red, size: 60, track_total_hits: true },
];

print([
  {
    name: 'Philippus/elastic4s#1453, of several',
    path: `/${index}/_msearch?rest_total_hits_as_int=true&typed_keys=true`,
    lines: several,
  },
  {
    name: 'elastic/elasticsearch-php#495, of several',
    path: `/${index}/_msearch`,
    lines: [{}, { query: { match_all: [] } }, ...several],
  },
  ...[...refused, ...answered].map(([name, body, { url = '', said } = {}]) => ({
    name,
    path: path + url,
    body: { query: jacket, size: 60, ...body },
    said,
  })),
]);
