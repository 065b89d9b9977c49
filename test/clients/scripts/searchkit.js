// Searchkit under InstantSearch, with the connectors that every InstantSearch flavour is made of.
import Searchkit from '@searchkit/api';
import createSearchClient from '@searchkit/instantsearch-client';
import instantsearch from 'instantsearch.js';
import {
  connectHits,
  connectPagination,
  connectRefinementList,
  connectSearchBox,
} from 'instantsearch.js/es/connectors';
import { index, report, thrown, until } from './ways.js';

const settings = {
  search_attributes: ['title'],
  highlight_attributes: ['title'],
  result_attributes: ['title', 'brand'],
  facet_attributes: [{ attribute: 'brand', field: 'brand', type: 'string' }],
};

const searchkitOf = ({ url, headers }) =>
  Searchkit({ connection: { host: url, headers }, search_settings: settings });

/** A page with a search box, facets, pages and hits; `see()` waits for the answer to what was just done. */
function open(searchClient, indexName = index) {
  const rendered = {};
  const keep = (name) => (options) => {
    rendered[name] = options;
  };
  const search = instantsearch({ indexName, searchClient });
  search.addWidgets([
    connectSearchBox(keep('box'))({}),
    connectRefinementList(keep('brands'))({ attribute: 'brand' }),
    connectPagination(keep('pages'))({}),
    connectHits(keep('hits'))({}),
  ]);
  search.start();
  const see = async () => {
    await until(() => search.status === 'idle' && rendered.hits?.results);
    const { results } = rendered.hits;
    return {
      ids: results.hits.map(({ objectID }) => objectID),
      total: results.nbHits,
      highlights: Object.fromEntries(
        results.hits.map(({ objectID, _highlightResult }) => [objectID, _highlightResult.title.value]),
      ),
      brands: rendered.brands.items.map(({ value, count }) => [value, count]),
      pages: rendered.pages.nbPages,
    };
  };
  return { search, rendered, see };
}

async function ask(way) {
  const { search, rendered, see } = open(createSearchClient(searchkitOf(way).searchkit));
  const browsing = await see();
  rendered.box.refine('jacket');
  const page = await see();
  rendered.brands.refine('Acme');
  const narrowed = await see();
  rendered.brands.refine('Acme');
  search.helper.setQueryParameter('hitsPerPage', 7).setPage(1).search();
  const second = await see();
  search.dispose();
  return { browsing, page, narrowed, second, errors: await failure(way) };
}

async function failure(way) {
  const requests = [{ indexName: `${index}-absent`, params: { query: '' } }];
  const silent = console.error;
  console.error = () => {};
  const error = await thrown(() => searchkitOf(way).handleRequest(requests));
  console.error = silent;
  const { responses } = JSON.parse(error.message);
  return [error instanceof Error, responses[0].status, responses[0].error.type];
}

/** Per instance by headers; per request by the hook that changes bodies; at another log-in, after clearing the cache. */
async function identify({ url, headers }, { user, session }) {
  const search = [{ indexName: index, params: { query: 'jacket', hitsPerPage: 20 } }];
  const idsOf = ({ results }) => results[0].hits.map(({ objectID }) => objectID);
  const as = (more) => searchkitOf({ url, headers: { ...headers, ...more } });
  const hooked = (kindred) => ({
    hooks: {
      beforeSearch: async (requests) =>
        requests.map((request) => ({ ...request, body: { ...request.body, ext: { kindred } } })),
    },
  });
  const way = { ...headers };
  const client = createSearchClient(searchkitOf({ url, headers: way }).searchkit);
  const before = idsOf(await client.search(search));
  way['x-user-id'] = user;
  const kept = idsOf(await client.search(search));
  await client.clearCache();
  return {
    user: {
      'connection.headers': idsOf(await as({ 'x-user-id': user }).handleRequest(search)),
      'the hook beforeSearch': idsOf(await as({}).handleRequest(search, hooked({ user_id: user }))),
      'after clearCache': idsOf(await client.search(search)),
    },
    session: {
      'connection.headers': idsOf(await as({ 'x-session-id': session }).handleRequest(search)),
      'the hook beforeSearch': idsOf(await as({}).handleRequest(search, hooked({ session_id: session }))),
    },
    cached: [before, kept],
  };
}

report(ask, identify);
