// ReactiveSearch 3 as an app renders it: search box with suggestions, facets and pages of results.
import { DataSearch, MultiList, ReactiveBase, ReactiveList } from '@appbaseio/reactivesearch';
import { createRoot } from 'react-dom/client';
import { index, report, until } from './ways.js';

/** @param base more props of ReactiveBase */
async function open({ url, headers, size = 20, base = {}, value = '', brand = [], app = index }) {
  const root = createRoot(document.querySelector('#shop'));
  const seen = {};
  const keep = (name) => (data) => {
    seen[name] = data;
    return null;
  };
  root.render(
    <ReactiveBase app={app} url={url} headers={headers} key={Math.random()} {...base}>
      <DataSearch
        componentId="search"
        dataField={['title', 'description']}
        highlight
        highlightField="title"
        defaultValue={value}
        onError={keep('error')}
        render={keep('suggestions')}
      />
      <MultiList
        componentId="brand"
        dataField="brand"
        react={{ and: ['search'] }}
        defaultValue={brand}
        render={keep('brands')}
      />
      <ReactiveList
        componentId="hits"
        dataField="title"
        react={{ and: ['search', 'brand'] }}
        size={size}
        pagination
        defaultQuery={() => ({ track_total_hits: true })}
        render={keep('hits')}
        onError={keep('error')}
      />
    </ReactiveBase>,
  );
  const there = ({ hits, brands, suggestions }) =>
    hits?.loading === false &&
    hits.data.length > 0 &&
    brands?.data.length > 0 &&
    (!value || suggestions?.data.length > 0);
  const see = async () => {
    await until(() => seen.error || there(seen));
    return seen;
  };
  return { root, seen, see };
}

const idsOf = ({ hits }) => hits.data.map(({ _id }) => _id);

async function look(options) {
  const { root, see } = await open(options);
  const { hits, brands, suggestions } = await see();
  root.unmount();
  return {
    ids: idsOf({ hits }),
    total: hits.resultStats.numberOfResults,
    highlights: Object.fromEntries(hits.data.map(({ _id, title }) => [_id, title])),
    brands: brands.data.map(({ key, doc_count }) => [key, doc_count]),
    suggestions: (suggestions?.data ?? []).map(({ value }) => value),
  };
}

async function ask(way) {
  const browsing = await look(way);
  const page = await look({ ...way, value: 'jacket' });
  const narrowed = await look({ ...way, value: 'jacket', brand: ['Acme'] });
  const { root, seen, see } = await open({ ...way, value: 'jacket', size: 7 });
  const first = idsOf(await see());
  seen.hits.setPage(1);
  await until(() => !seen.hits.loading && idsOf(seen).join() !== first.join());
  const second = { ids: idsOf(seen) };
  root.unmount();
  return { browsing, page, narrowed, second, errors: await failure(way) };
}

async function failure(way) {
  const { root, see } = await open({ ...way, app: `${index}-absent` });
  const { error } = await see();
  root.unmount();
  return [error.status ?? null, JSON.stringify(error.responses ?? error.error ?? null)];
}

async function identify({ url, headers }, { user, session }) {
  const search = { url, headers, value: 'jacket' };
  const transformed = (more) => ({
    transformRequest: (request) => ({ ...request, headers: { ...request.headers, ...more } }),
  });
  const ids = async (options) => (await look({ ...search, ...options })).ids;
  return {
    user: {
      'the prop headers': await ids({ headers: { ...headers, 'x-user-id': user } }),
      transformRequest: await ids({ base: transformed({ 'x-user-id': user }) }),
    },
    session: {
      'the prop headers': await ids({ headers: { ...headers, 'x-session-id': session } }),
      transformRequest: await ids({ base: transformed({ 'x-session-id': session }) }),
    },
  };
}

report(ask, identify);
