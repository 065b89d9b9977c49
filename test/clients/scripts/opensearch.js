// @opensearch-project/opensearch 3 as a shop's server uses it.
import { index, packageName, report, thrown } from './ways.js';

const { Client, errors } = await import(packageName);

const jackets = { match: { title: 'jacket' } };
const idsOf = ({ hits }) => hits.hits.map(({ _id }) => _id);

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
  const { body } = await client.search({
    index,
    body: {
      query: jackets,
      size: 20,
      track_total_hits: true,
      highlight: { fields: { title: {} } },
      aggs: { brands: { terms: { field: 'brand' } }, dearest: { max: { field: 'price' } } },
      suggest: { brands: { prefix: 'fj', completion: { field: 'suggest', skip_duplicates: true } } },
    },
  });
  const { hits, aggregations, suggest } = body;
  return {
    ids: idsOf(body),
    total: hits.total,
    highlights: Object.fromEntries(hits.hits.map(({ _id, highlight }) => [_id, highlight.title])),
    aggregations,
    suggestions: suggest.brands[0].options.map(({ text }) => text),
  };
}

async function pages(client) {
  const ids = [];
  for (let from = 0; from < 20; from += 7)
    ids.push(...idsOf((await client.search({ index, from, size: 7, body: { query: jackets } })).body));
  return ids;
}

async function searchAfter(client) {
  const sort = [{ _score: 'desc' }, { object_id: 'asc' }];
  const ids = [];
  for (let search_after; ; ) {
    const { body } = await client.search({ index, body: { query: jackets, size: 6, sort, search_after } });
    if (body.hits.hits.length === 0) return ids;
    ids.push(...idsOf(body));
    search_after = body.hits.hits.at(-1).sort;
  }
}

async function pointInTime(client) {
  const { body: pit } = await client.createPit({ index, keep_alive: '1m' });
  const sort = [{ _score: 'desc' }, { object_id: 'asc' }];
  const ids = [];
  for (let search_after; ; ) {
    const { body } = await client.search({
      body: { pit: { id: pit.pit_id }, query: jackets, size: 6, sort, search_after },
    });
    if (body.hits.hits.length === 0) break;
    ids.push(...idsOf(body));
    search_after = body.hits.hits.at(-1).sort;
  }
  const { body } = await client.deletePit({ body: { pit_id: [pit.pit_id] } });
  return { ids, succeeded: body.pits[0].successful };
}

async function helpers(client) {
  const search = { index, size: 6, body: { query: jackets } };
  const found = await client.helpers.search({ ...search, size: 20 });
  const scrolled = [];
  for await (const answer of client.helpers.scrollSearch(search))
    scrolled.push(...answer.documents.map(({ object_id }) => object_id));
  const documents = [];
  for await (const { object_id } of client.helpers.scrollDocuments(search)) documents.push(object_id);
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
  const { body } = await client.msearch({
    body: [
      { index },
      { query: jackets, size: 20 },
      { index },
      { query: jackets, size: 0, aggs: { brands: { terms: { field: 'brand' } } } },
      { index: `${index}-absent` },
      { query: jackets },
    ],
  });
  const [found, facets, absent] = body.responses;
  return {
    ids: idsOf(found),
    brands: facets.aggregations.brands.buckets,
    absent: [absent.status, absent.error.type],
  };
}

async function documents(client) {
  const counted = await client.count({ index, body: { query: jackets } });
  const found = await client.get({ index, id: 'p100' });
  const { body } = await client.mget({ index, body: { ids: ['p101', 'absent'] } });
  const exists = await client.exists({ index, id: 'p100' });
  return {
    count: counted.body.count,
    _source: found.body._source,
    found: body.docs.map((each) => each.found),
    exists: exists.body,
  };
}

async function failures(client) {
  const unknown = await thrown(() => client.search({ index: `${index}-absent` }));
  const malformed = await thrown(() => client.search({ index, body: { query: { matches: {} } } }));
  return [unknown, malformed].map((error) => [
    error instanceof errors.ResponseError,
    error.statusCode,
    error.body.error.type,
    error.body.error.root_cause[0].type,
  ]);
}

async function opaqueId(client) {
  const { headers } = await client.search({ index, size: 0 }, { opaqueId: 'page-7' });
  return headers['x-opaque-id'];
}

async function identify({ url, headers }, { user, session, client: device }) {
  const client = new Client({ node: url, headers });
  const search = { index, size: 20, body: { query: jackets } };
  const ids = async (from, params, options) => idsOf((await from.search(params, options)).body);
  const inBody = (kindred) => ({ ...search, body: { query: jackets, ext: { kindred } } });
  const compressed = new Client({ node: url, headers, compression: 'gzip' });
  const sniffing = new Client({ node: url, headers, sniffOnStart: true, sniffOnConnectionFault: true });
  const sniffed = [];
  for (let n = 0; n < 3; n += 1)
    sniffed.push(await ids(sniffing, search, { headers: { 'x-user-id': user } }));
  return {
    user: {
      'headers of the client': await ids(
        new Client({ node: url, headers: { ...headers, 'X-User-Id': user } }),
        search,
      ),
      'headers of the request': await ids(client, search, { headers: { 'x-user-id': user } }),
      'a child client': await ids(client.child({ headers: { ...headers, 'X-User-Id': user } }), search),
      'ext in the body': await ids(client, inBody({ user_id: user })),
      'a sniffing client': sniffed.at(-1),
    },
    session: {
      'headers of the request': await ids(client, search, { headers: { 'x-session-id': session } }),
      'ext in the body': await ids(client, inBody({ session_id: session })),
      'ext.ubi in the body': await ids(client, {
        ...search,
        body: { query: jackets, ext: { ubi: { client_id: device, user_query: 'jacket' } } },
      }),
    },
    compressed: await ids(compressed, search, { headers: { 'x-user-id': user } }),
    nodes: sniffing.connectionPool.connections.map((connection) => connection.url.href),
  };
}

await report(ask, identify);
