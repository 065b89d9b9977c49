// @elastic/search-ui with its Elasticsearch connector, driven as its React components drive it.
import { SearchDriver } from '@elastic/search-ui';
import ElasticsearchAPIConnector, { ApiClientTransporter } from '@elastic/search-ui-elasticsearch-connector';
import { index, report, thrown, until } from './ways.js';

const searchQuery = {
  search_fields: { title: { weight: 2 }, description: {} },
  result_fields: { title: { raw: {}, snippet: {} }, brand: { raw: {} } },
  facets: {
    brand: { type: 'value', size: 10 },
    price: { type: 'range', ranges: [{ from: 40, name: 'dear' }] },
  },
  disjunctiveFacets: ['brand'],
};
const autocompleteQuery = {
  results: { search_fields: { title: {} }, result_fields: { title: { raw: {} } }, resultsPerPage: 20 },
  suggestions: { types: { products: { fields: ['suggest'] } }, size: 4 },
};

const connectorOf = ({ url, headers }, more = {}) =>
  new ElasticsearchAPIConnector({ host: url, index, connectionOptions: { headers }, ...more });

/** `see()` waits for the answer to what was just done. */
function open(apiConnector) {
  const driver = new SearchDriver({
    apiConnector,
    searchQuery,
    autocompleteQuery,
    trackUrlState: false,
    alwaysSearchOnInitialLoad: true,
    initialState: { resultsPerPage: 20 },
  });
  const see = async () => {
    await until(() => !driver.getState().isLoading && driver.getState().wasSearched);
    const { results, facets, totalResults, totalPages, error } = driver.getState();
    if (error) throw new Error(error);
    return {
      ids: results.map(({ id }) => id.raw),
      total: totalResults,
      pages: totalPages,
      highlights: Object.fromEntries(results.map(({ id, title }) => [id.raw, title.snippet ?? title.raw])),
      facets: Object.fromEntries(Object.entries(facets).map(([name, [{ data }]]) => [name, data])),
    };
  };
  let loads = 0;
  driver.subscribeToStateChanges(({ isLoading }) => {
    if (isLoading) loads += 1;
  });
  /** Actions are debounced: nothing is loading yet right after one. Who only looked now and then could miss a quick load. */
  const after = async (act) => {
    const before = loads;
    act(driver.getActions());
    await until(() => loads > before);
    return see();
  };
  return { driver, see, after };
}

async function ask(way) {
  const { driver, see, after } = open(connectorOf(way));
  const browsing = await see();
  const page = await after((actions) => actions.setSearchTerm('jacket', { refresh: true }));
  const narrowed = await after((actions) => actions.addFilter('brand', 'Acme', 'any'));
  await after((actions) => actions.clearFilters());
  await after((actions) => actions.setResultsPerPage(7));
  const second = await after((actions) => actions.setCurrent(2));
  driver
    .getActions()
    .setSearchTerm('fj', { autocompleteResults: true, autocompleteSuggestions: true, refresh: false });
  const suggestions = await until(() => driver.getState().autocompletedSuggestions.products);
  driver.tearDown();
  const typed = await connectorOf(way).onAutocomplete({ searchTerm: 'jack' }, autocompleteQuery);
  return {
    browsing,
    page,
    narrowed,
    second,
    suggestions,
    typed: typed.autocompletedResults.map(({ id }) => id.raw),
    errors: await failure(way),
  };
}

/** The connector reads what an engine's error lacks, and throws; the driver shows it as the state's `error`. */
async function failure(way) {
  const absent = new ElasticsearchAPIConnector({
    host: way.url,
    index: `${index}-absent`,
    connectionOptions: { headers: way.headers },
  });
  const error = await thrown(() =>
    absent.onSearch({ searchTerm: '', resultsPerPage: 5, current: 1 }, searchQuery),
  );
  return [error instanceof Error, error.message];
}

async function identify({ url, headers }, { user, session }) {
  const idsOf = (answer) => answer.results.map(({ id }) => id.raw);
  const state = { searchTerm: 'jacket', resultsPerPage: 20, current: 1 };
  const search = async (connector) => idsOf(await connector.onSearch(state, searchQuery));
  const as = (more) => connectorOf({ url, headers: { ...headers, ...more } });
  const intercepted = (kindred) =>
    connectorOf(
      { url, headers },
      {
        interceptSearchRequest: ({ requestBody }, next) => next({ ...requestBody, ext: { kindred } }),
      },
    );
  const apiClient = new ApiClientTransporter({ host: url, index, connectionOptions: { headers } });
  const own = new ElasticsearchAPIConnector({ index, apiClient });
  apiClient.headers['x-user-id'] = user;
  return {
    user: {
      'connectionOptions.headers': await search(as({ 'x-user-id': user })),
      interceptSearchRequest: await search(intercepted({ user_id: user })),
      'headers of an own transporter': await search(own),
    },
    session: {
      'connectionOptions.headers': await search(as({ 'x-session-id': session })),
      interceptSearchRequest: await search(intercepted({ session_id: session })),
    },
  };
}

report(ask, identify);
