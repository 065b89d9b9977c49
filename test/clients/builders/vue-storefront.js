// Vue Storefront: its own query builder over bodybuilder, with the parameters that its API puts into the URL.
import bodybuilder from 'bodybuilder';
import builder from 'storefront-query-builder';
import { index, print } from './print.js';

const { elasticsearch, SearchQuery } = builder;
const config = {
  elasticsearch: {
    searchScoring: {
      attributes: {
        brand: { scoreValues: { Bolt: { weight: 1.5 }, Dune: { weight: 1.2 } } },
        color: { scoreValues: { red: { weight: 2 } } },
      },
      fuzziness: '1',
      minimum_should_match: '75%',
    },
    searchableAttributes: { name: { boost: 4 }, description: { boost: 1 } },
  },
  products: {
    filterFieldMapping: { 'category.name': 'category' },
    filterAggregationSize: { default: 10, brand: 20 },
    priceFilterKey: 'price',
    priceFilters: { ranges: [{ from: 0, to: 40 }, { from: 40 }] },
  },
};
const unscored = { ...config, elasticsearch: { ...config.elasticsearch, searchScoring: { attributes: {} } } };

const VISIBLE = { visibility: { in: [2, 3, 4] }, status: { in: [0, 1] } };

async function build(text, filters = {}, { facets = [], sort, settings = config } = {}) {
  const searchQuery = new SearchQuery().setSearchText(text);
  for (const [key, value] of Object.entries({ ...VISIBLE, ...filters })) {
    const { scope, ...own } = value;
    searchQuery.applyFilter({ key, value: own, scope });
  }
  for (const field of facets) searchQuery.addAvailableFilter({ field, scope: 'catalog' });
  if (sort) searchQuery.applySort(sort);
  const _queryChain = bodybuilder();
  return elasticsearch.buildQueryBodyFromSearchQuery({
    config: settings,
    queryChain: bodybuilder(),
    searchQuery,
  });
}

/** Without its boost of rare words, which the engines dropped: shops that went along took it out. */
const search = async (...asked) =>
  JSON.parse(JSON.stringify(await build(...asked)), (key, value) =>
    key === 'cutoff_frequency' ? undefined : value,
  );

const at = (parameters) => `/${index}/_search?${new URLSearchParams(parameters)}`;
const page = at({ from: 0, size: 50, track_total_hits: true });
const FACETS = ['brand', 'color', 'price'];
const applied = elasticsearch.applySort({ sort: { price: 'desc' }, queryChain: bodybuilder() }).build();

print([
  { name: 'search box', path: page, body: await search('jacket') },
  { name: 'search box, mistyped', path: page, body: await search('jaket') },
  {
    name: 'search box without scores of attributes',
    path: page,
    body: await search('jacket', {}, { settings: unscored }),
  },
  {
    name: 'category page',
    path: page,
    body: await search('', { category_ids: { in: [7] } }, { facets: FACETS }),
  },
  {
    name: 'category page, narrowed',
    path: page,
    body: await search(
      '',
      { brand: { in: ['Acme', 'Fjord'], scope: 'catalog' }, price: { gte: 30, scope: 'catalog' } },
      { facets: FACETS },
    ),
  },
  {
    name: 'search, narrowed',
    path: page,
    body: await search('red jacket', { color: { or: ['red', 'blue'] } }, { facets: FACETS }),
  },
  { name: 'second page by URL', path: at({ from: 7, size: 7 }), body: await search('jacket') },
  {
    name: 'fields by URL',
    path: at({ size: 60, _source_includes: 'object_id,name' }),
    body: await search('boots'),
  },
  {
    name: 'in GET',
    method: 'GET',
    path: at({
      source: JSON.stringify(await search('shirt')),
      source_content_type: 'application/json',
      size: 60,
    }),
  },
  {
    name: 'search in a category',
    path: page,
    body: await search('jacket', { 'category.name': { eq: 'jacket' }, price: { gte: 30 } }),
  },
  {
    name: 'all but some',
    path: page,
    body: await search('', { brand: { nin: ['Bolt'] }, color: { in: null } }),
  },
  {
    name: 'sorted by URL',
    path: at({ size: 9, sort: 'price:desc' }),
    body: await search('jacket'),
    said: 'not-scored',
  },
  { name: 'sorted in the body', path: page, body: applied, said: 'not-scored' },
  {
    name: 'sorted with options',
    path: page,
    body: await search('', {}, { sort: { field: 'price', options: { order: 'asc' } } }),
    said: 'not-scored',
  },
  { name: 'as it is, with what engines dropped', path: page, body: await build('jacket') },
]);
