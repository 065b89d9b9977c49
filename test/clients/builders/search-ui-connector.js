// Search UI's Elasticsearch connector, with an API client that only notes what it would send.
import ElasticsearchAPIConnector from '@elastic/search-ui-elasticsearch-connector';
import { index, print } from './print.js';

const noted = [];
const connector = new ElasticsearchAPIConnector({
  index,
  apiClient: {
    async performRequest(body) {
      noted.push(body);
      return { hits: { hits: [], total: { value: 0 } }, suggest: { suggest: [{ options: [] }] } };
    },
  },
});
const HERE = '52.5, 13.4';
const config = {
  search_fields: { title: { weight: 3 }, description: {} },
  result_fields: { title: { raw: {}, snippet: {} }, brand: { raw: {} }, price: { raw: {} } },
  facets: {
    brand: { type: 'value', size: 30, sort: 'count' },
    color: { type: 'value', sort: 'value' },
    price: {
      type: 'range',
      ranges: [
        { from: 40, to: 60, name: 'middle' },
        { from: 60, name: 'dear' },
      ],
    },
    location: {
      type: 'range',
      center: HERE,
      unit: 'km',
      ranges: [
        { from: 0, to: 20, name: 'near' },
        { from: 20, name: 'far' },
      ],
    },
  },
  disjunctiveFacets: ['brand'],
};
const base = { searchTerm: 'jacket', current: 1, resultsPerPage: 60, filters: [] };
const filter = (field, values, type = 'any') => ({ field, values, type });

async function search(state, more = {}) {
  await connector.onSearch({ ...base, ...state }, { ...config, ...more });
  return noted.pop();
}
async function autocomplete(query) {
  await connector.onAutocomplete({ searchTerm: 'jac' }, query);
  return noted.splice(0);
}

const path = `/${index}/_search`;
const results = {
  search_fields: { title: {} },
  result_fields: { title: { raw: {}, snippet: {} } },
  resultsPerPage: 60,
};
const [typed, suggested] = await autocomplete({
  results,
  suggestions: { types: { products: { fields: ['suggest'] } }, size: 4 },
});
const [other] = await autocomplete({
  suggestions: { types: { popular: { queryType: 'results', ...results, fuzziness: true } }, size: 3 },
});

print([
  { name: 'search with facets', path, body: await search({}) },
  { name: 'mistyped', path, body: await search({ searchTerm: 'jakcet' }, { fuzziness: true }) },
  { name: 'second page', path, body: await search({ current: 2, resultsPerPage: 7 }) },
  { name: 'a brand', path, body: await search({ filters: [filter('brand', ['Acme', 'Fjord'])] }) },
  {
    name: 'brand and color',
    path,
    body: await search({ filters: [filter('brand', ['Fjord', 'Bolt']), filter('color', ['red'], 'all')] }),
  },
  { name: 'none of a color', path, body: await search({ filters: [filter('color', ['red'], 'none')] }) },
  {
    name: 'a range of prices',
    path,
    body: await search({ filters: [filter('price', [{ from: 60, name: 'dear' }])] }),
  },
  {
    name: 'nearby',
    path,
    body: await search({ filters: [filter('location', [{ from: 0, to: 20, name: 'near' }])] }),
  },
  { name: 'within a category', path, body: await search({}, { filters: [filter('category', ['jacket'])] }) },
  { name: 'browsing', path, body: await search({ searchTerm: '' }) },
  {
    name: 'browsing a category',
    path,
    body: await search({ searchTerm: '' }, { filters: [filter('category', ['boots'])] }),
  },
  {
    name: 'sorted by price',
    path,
    body: await search({ sortField: 'price', sortDirection: 'asc' }),
    said: 'not-scored',
  },
  {
    name: 'sorted by a list',
    path,
    body: await search({
      sortList: [
        { field: 'color', direction: 'desc' },
        { field: 'price', direction: 'asc' },
      ],
    }),
    said: 'not-scored',
  },
  { name: 'results while typing', path, body: typed },
  { name: 'completions', path, body: suggested, said: 'not-scored' },
  { name: 'popular while typing', path, body: other },
]);
