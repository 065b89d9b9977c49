// Searchkit's API, as InstantSearch asks it, with a transporter that only notes what it would send.
import Client from '@searchkit/api';
import { index, print } from './print.js';

const noted = [];
const connection = {
  async msearch(requests) {
    noted.push(requests);
    return requests.map(() => ({ hits: { hits: [], total: { value: 0 } }, aggregations: {} }));
  },
};
const settings = {
  search_attributes: [{ field: 'title', weight: 3 }, 'description'],
  highlight_attributes: ['title'],
  snippet_attributes: ['description:10'],
  result_attributes: ['title', 'brand', 'price'],
  facet_attributes: [
    { attribute: 'brand', field: 'brand', type: 'string' },
    { attribute: 'color', field: 'color', type: 'string' },
    { attribute: 'price', field: 'price', type: 'numeric' },
  ],
  filter_attributes: [{ attribute: 'category', field: 'category', type: 'string' }],
  sorting: { default: { field: '_score', order: 'desc' }, _price_desc: { field: 'price', order: 'desc' } },
  geo_attribute: 'location',
};
const conditions = [[{ context: 'query', value: 'jacket', match_type: 'exact' }]];
const rules = [
  { id: 'acme', conditions, actions: [{ action: 'QueryBoost', query: 'brand:Acme', weight: 2 }] },
  { id: 'pins', conditions, actions: [{ action: 'PinnedResult', documentIds: ['p103', 'p112'] }] },
];

/** The lines of one `_msearch`, as Searchkit's own transporter writes them. */
async function ask(requests, more = {}, options) {
  const client = Client({ connection, search_settings: { ...settings, ...more } });
  const asked = requests.map(({ indexName = index, ...params }) => ({
    indexName,
    params: { query: '', hitsPerPage: 60, page: 0, facets: ['brand', 'color', 'price'], ...params },
  }));
  await client.handleRequest(asked, options).catch((error) => {
    if (noted.length === 0) throw error;
  });
  return noted
    .splice(0)
    .flatMap((sent) => sent.flatMap(({ indexName, body }) => [{ index: indexName }, body]));
}

const jacket = { query: 'jacket' };
const twice = [
  { ...jacket, facetFilters: [['brand:Acme', 'brand:Fjord']] },
  { ...jacket, hitsPerPage: 0, facets: ['brand'] },
];
const path = '/_msearch';
print([
  { name: 'search', path, lines: await ask([jacket]) },
  { name: 'mistyped', path, lines: await ask([{ query: 'jakcet' }]) },
  { name: 'second page', path, lines: await ask([{ ...jacket, page: 1, hitsPerPage: 7 }]) },
  { name: 'a chosen brand, and its facet without it', path, lines: await ask(twice) },
  {
    name: 'a range of prices',
    path,
    lines: await ask([{ ...jacket, numericFilters: ['price>=40', 'price<=70'] }]),
  },
  { name: 'a filter of the page', path, lines: await ask([{ ...jacket, filters: 'category:"jacket"' }]) },
  { name: 'browsing', path, lines: await ask([{}]) },
  { name: 'browsing a category', path, lines: await ask([{ filters: 'category:"boots"' }]) },
  {
    name: 'nearby',
    path,
    lines: await ask([{ ...jacket, aroundLatLng: '52.5, 13.4', aroundRadius: 20000 }]),
  },
  { name: 'in a box', path, lines: await ask([{ ...jacket, insideBoundingBox: '52.9,13.05,52.25,13.35' }]) },
  // Any rule sends `pinned`, which is not in every engine: where it is not, the engine's own refusal is what the shop sees.
  { name: 'rules that boost and pin', path, lines: await ask([jacket], { query_rules: rules }) },
  {
    name: 'own query and filters',
    path,
    lines: await ask(
      [jacket],
      {},
      {
        getQuery: (query) => ({
          bool: {
            should: [
              { match: { title: query } },
              { distance_feature: { field: 'created', origin: '2026-06-01', pivot: '7d' } },
            ],
            minimum_should_match: 1,
          },
        }),
        getBaseFilters: () => [{ term: { enabled: true } }],
      },
    ),
  },
  {
    name: 'sorted by price',
    path,
    lines: await ask([{ ...jacket, indexName: `${index}_price_desc` }]),
    said: 'not-scored',
  },
  { name: 'two indices of a page', path, lines: await ask([jacket, { query: 'boots', hitsPerPage: 4 }]) },
]);
