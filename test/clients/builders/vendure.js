// Vendure: the service of its Elasticsearch plugin, with a client that only notes what it would send.
import Module, { createRequire } from 'node:module';
import { index, print } from './print.js';

// What builds searches needs nothing of the shop server that its file names: decorators and classes that do nothing will do.
const standIns = new Proxy(
  {},
  {
    get: (_, name) =>
      name === '__esModule'
        ? true
        : function standIn() {
            return () => {};
          },
  },
);
const require = createRequire(import.meta.url);
const load = Module._load;
Module._load = (wanted, ...more) =>
  /^@vendure\/core|^@nestjs\/|\/indexing\//.test(wanted) ? standIns : load(wanted, ...more);
const plugin = '@vendure/elasticsearch-plugin/lib/src';
const { ElasticsearchService } = require(`${plugin}/elasticsearch.service.js`);
const { mergeWithDefaults } = require(`${plugin}/options.js`);

const ctx = { channelId: '1', languageCode: 'en' };
const empty = { hits: { hits: [], total: { value: 0 } } };

/** @param ask what the shop's API asks of the service */
async function note(ask, searchConfig = {}) {
  const bodies = [];
  const options = mergeWithDefaults({ searchConfig });
  const service = Object.assign(Object.create(ElasticsearchService.prototype), {
    options,
    eventBus: { publish: async () => {} },
    facetValueService: { findByIds: async () => [] },
    collectionService: { findByIds: async () => [] },
    client: {
      async search({ body }) {
        bodies.push(body);
        return { body: empty };
      },
    },
  });
  await ask(service).catch((error) => {
    if (bodies.length === 0) throw error;
  });
  return bodies;
}

const search = (input, config) => note((service) => service.search(ctx, input, true), config);
const inFull = (input) => ({ take: 100, ...input });
const built = {
  search: await search(inFull({ term: 'jacket' })),
  'mistyped search': await search(inFull({ term: 'jackte' })),
  'search by SKU': await search(inFull({ term: 'SKU-p104' })),
  collection: await search(inFull({ collectionSlug: 'jackets' })),
  'a page of a collection': await search({ collectionId: '7', skip: 7, take: 7 }),
  'facet values, any of them': await search(
    inFull({ term: 'boots', facetValueIds: ['red', 'Fjord'], facetValueOperator: 'OR' }),
  ),
  'facet values, all of them': await search(
    inFull({ facetValueIds: ['red', 'Fjord'], facetValueOperator: 'AND' }),
  ),
  'facet value filters': await search(
    inFull({ facetValueFilters: [{ and: 'red' }, { or: ['Fjord', 'Bolt'] }] }),
  ),
  'price and stock': await search(inFull({ term: 'shirt', priceRange: { min: 30, max: 70 }, inStock: true })),
  'best of both scores': await search(inFull({ term: 'red jacket' }), {
    multiMatchType: 'cross_fields',
  }).then((bodies) =>
    // Fuzziness is not for this type: shops that choose it leave it out by `mapQuery`.
    JSON.parse(JSON.stringify(bodies), (key, value) => (key === 'fuzziness' ? undefined : value)),
  ),
  'own query': await search(inFull({ term: 'jacket' }), {
    mapQuery: (query) => ({
      function_score: {
        query,
        field_value_factor: { field: 'popularity', modifier: 'log1p', missing: 1 },
        boost_mode: 'sum',
      },
    }),
  }),
  'total only by cap': await search({ term: 'jacket', take: 5 }, { totalItemsMaxSize: true }),
};
const sorted = {
  'sorted by price': await search(inFull({ term: 'jacket', sort: { price: 'ASC' } })),
  'sorted by name': await search(inFull({ collectionSlug: 'boots', sort: { name: 'DESC' } })),
};
const grouped = {
  'grouped by product': await search(inFull({ term: 'jacket', groupByProduct: true })),
  'grouped by SKU': await search(inFull({ collectionSlug: 'jackets', groupBySKU: true })),
  'in stock, grouped': await search(inFull({ groupByProduct: true, inStock: true })),
};
const counted = {
  'facet values': await note((service) =>
    service.facetValues(ctx, { term: 'jacket', groupByProduct: true }, true),
  ),
  collections: await note((service) => service.collections(ctx, { term: 'boots' }, true)),
  prices: await note((service) => service.priceRange(ctx, { collectionSlug: 'jackets' })),
};

const requests = (bodies, more = {}) =>
  Object.entries(bodies).flatMap(([name, each]) =>
    each.map((body, n) => ({
      name: n ? `${name}, the total` : name,
      path: `/${index}/_search`,
      body,
      exact: name === 'search by SKU',
      ...(body.size === 0 ? { said: 'not-scored' } : more),
    })),
  );
print([
  ...requests(built),
  ...requests(sorted, { said: 'not-scored' }),
  ...requests(grouped),
  ...requests(counted),
]);
