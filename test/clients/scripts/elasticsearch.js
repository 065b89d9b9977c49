// @elastic/elasticsearch 8 and 9 as a shop's server uses them.
import { index, packageName, report, thrown } from './ways.js';

const { Client, errors } = await import(packageName);

const jackets = { match: { title: 'jacket' } };
const idsOf = (answer) => answer.hits.hits.map(({ _id }) => _id);

async function ask({ url, headers }) {
  const client = new Client({ node: url, headers, maxRetries: 0 });
  const answers = {
    page: await page(client),
    pages: await pages(client),
    searchAfter: await searchAfter(client),
    pit: await pointInTime(client),
    helpers: await helpers(client),
    msearch: await multiSearch(client),
    documents: await documents(client),
    errors: await failures(client),
    opaqueId: await opaqueId(client),
  };
  await client.close();
  return answers;
}

async function page(client) {
  const { hits, aggregations, suggest } = await client.search({
    index,
    query: jackets,
    size: 20,
    track_total_hits: true,
    highlight: { fields: { title: {} } },
    aggs: { brands: { terms: { field: 'brand' } }, dearest: { max: { field: 'price' } } },
    suggest: { brands: { prefix: 'fj', completion: { field: 'suggest', skip_duplicates: true } } },
  });
  return {
    ids: idsOf({ hits }),
    total: hits.total,
    highlights: Object.fromEntries(hits.hits.map(({ _id, highlight }) => [_id, highlight.title])),
    aggregations,
    suggestions: suggest.brands[0].options.map(({ text }) => text),
  };
}

async function pages(client) {
  const ids = [];
  for (let from = 0; from < 20; from += 7)
    ids.push(...idsOf(await client.search({ index, query: jackets, size: 7, from })));
  return ids;
}

async function searchAfter(client) {
  const sort = [{ _score: 'desc' }, { object_id: 'asc' }];
  const ids = [];
  for (let search_after; ; ) {
    const { hits } = await client.search({ index, query: jackets, size: 6, sort, search_after });
    if (hits.hits.length === 0) return ids;
    ids.push(...idsOf({ hits }));
    search_after = hits.hits.at(-1).sort;
  }
}

async function pointInTime(client) {
  const { id } = await client.openPointInTime({ index, keep_alive: '1m' });
  const sort = [{ _score: 'desc' }, { _shard_doc: 'asc' }];
  const ids = [];
  for (let search_after; ; ) {
    const { hits } = await client.search({ pit: { id }, query: jackets, size: 6, sort, search_after });
    if (hits.hits.length === 0) break;
    ids.push(...idsOf({ hits }));
    search_after = hits.hits.at(-1).sort;
  }
  const { succeeded } = await client.closePointInTime({ id });
  return { ids, succeeded };
}

async function helpers(client) {
  const found = await client.helpers.search({ index, query: jackets, size: 20 });
  const scrolled = [];
  for await (const answer of client.helpers.scrollSearch({ index, query: jackets, size: 6 }))
    scrolled.push(...answer.documents.map(({ object_id }) => object_id));
  const documents = [];
  for await (const { object_id } of client.helpers.scrollDocuments({ index, query: jackets, size: 6 }))
    documents.push(object_id);
  const many = client.helpers.msearch();
  const both = [7, 20].map((size) =>
    many
      .search({ index }, { query: jackets, size })
      .then((each) => each.documents.map(({ object_id }) => object_id)),
  );
  many.stop();
  const [first, whole] = await Promise.all(both);
  return { search: found.map(({ object_id }) => object_id), scrolled, documents, first, whole };
}

async function multiSearch(client) {
  const { responses } = await client.msearch({
    searches: [
      { index },
      { query: jackets, size: 20 },
      { index },
      { query: jackets, size: 0, aggs: { brands: { terms: { field: 'brand' } } } },
      { index: `${index}-absent` },
      { query: jackets },
    ],
  });
  const [found, facets, absent] = responses;
  return {
    ids: idsOf(found),
    brands: facets.aggregations.brands.buckets,
    absent: [absent.status, absent.error.type],
  };
}

async function documents(client) {
  const { count } = await client.count({ index, query: jackets });
  const { _source } = await client.get({ index, id: 'p100' });
  const { docs } = await client.mget({ index, ids: ['p101', 'absent'] });
  return {
    count,
    _source,
    found: docs.map(({ found }) => found),
    exists: await client.exists({ index, id: 'p100' }),
  };
}

async function failures(client) {
  const unknown = await thrown(() => client.search({ index: `${index}-absent` }));
  const malformed = await thrown(() => client.search({ index, query: { matches: {} } }));
  return [unknown, malformed].map((error) => [
    error instanceof errors.ResponseError,
    error.statusCode,
    error.body.error.type,
    error.body.error.root_cause[0].type,
  ]);
}

async function opaqueId(client) {
  const { headers, meta } = await client.search({ index, size: 0 }, { opaqueId: 'page-7', meta: true });
  return [headers['x-opaque-id'], meta.request.id];
}

async function identify({ url, headers }, { user, session }) {
  const client = new Client({ node: url, headers });
  const search = { index, query: jackets, size: 20 };
  const inBody = (kindred) => ({ ...search, ext: { kindred } });
  const compressed = new Client({ node: url, headers, compression: true });
  const sniffing = new Client({ node: url, headers, sniffOnStart: true, sniffOnConnectionFault: true });
  const sniffed = [];
  for (let n = 0; n < 3; n += 1)
    sniffed.push(idsOf(await sniffing.search(search, { headers: { 'x-user-id': user } })));
  return {
    user: {
      'headers of the client': idsOf(
        await new Client({ node: url, headers: { ...headers, 'X-User-Id': user } }).search(search),
      ),
      'headers of the request': idsOf(await client.search(search, { headers: { 'x-user-id': user } })),
      'a child client': idsOf(await client.child({ headers: { 'X-User-Id': user } }).search(search)),
      'ext in the body': idsOf(await client.search(inBody({ user_id: user }))),
      'a sniffing client': sniffed.at(-1),
    },
    session: {
      'headers of the request': idsOf(await client.search(search, { headers: { 'x-session-id': session } })),
      'ext in the body': idsOf(await client.search(inBody({ session_id: session }))),
    },
    compressed: idsOf(await compressed.search(search, { headers: { 'x-user-id': user } })),
    nodes: sniffing.connectionPool.connections.map((connection) => connection.url.href),
  };
}

await report(ask, identify);
