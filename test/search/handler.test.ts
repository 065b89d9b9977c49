// The search handler against an upstream that records what it gets: outcomes, faults, and bytes left alone.
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { individualId, populationId } from '../../src/core/profile/profile.js';
import { createUpstream } from '../../src/engine/upstream.js';
import { createMemoryPageOrderStore } from '../../src/sessions/memory-stores.js';
import { brandProfile, readFrom } from '../helpers/brand-shop.js';
import type { SearchOptions } from '../helpers/search-context.js';
import { active, capabilities, KEY, proxyOnStub, TRUSTED } from './support/proxy-on-stub.js';

const stub = proxyOnStub();
const { agent: proxy, seen, rejections, logged } = stub;

function ask(agent: ReturnType<typeof proxy>, body: string, headers: Record<string, string> = {}) {
  return agent
    .post('/products/_search')
    .set({ ...TRUSTED, ...headers })
    .send(body);
}

const BODY = '{ "query": {"match": {"title": "a\\u0062"}}, "search_after_unused": 9007199254740993.0 }';

describe('personalized', () => {
  test('the boosts are spliced in, the rest of the bytes stay, the header says so', async () => {
    const answer = await ask(proxy(), BODY);
    expect(answer.headers['x-personalization']).toBe('applied; model=m@3; profile=individual; boosts=1');
    expect(answer.headers['x-kindred-cache-key']).toMatch(/^[\w-]{22}$/);
    expect(answer.headers['cache-control']).toBe('private');
    expect(answer.headers['server-timing']).toMatch(/^kindred;dur=[\d.]+, engine;dur=[\d.]+$/);
    const [{ body } = { body: '' }] = seen;
    expect(body).toContain(BODY.slice(1));
    expect(JSON.parse(body).rescore.window_size).toBe(500);
  });

  test('the window is no larger than the index allows', async () => {
    await ask(proxy({ capabilities: () => ({ ...capabilities, maxWindow: 80 }) }), BODY);
    expect(JSON.parse(seen[0]?.body ?? '').rescore.window_size).toBe(80);
  });

  test('many boosts are parameters of the script; with explain, or when it is refused, they are not', async () => {
    const brands = Array.from({ length: 60 }, (_, i): [string, number] => [`b${i}`, i < 10 ? 90 : 1]);
    const readProfiles = readFrom(
      new Map([
        [populationId(null), brandProfile('population', 'all', brands)],
        [individualId('u1'), brandProfile('individual', 'u1', brands.slice(5))],
      ]),
    );
    const painless = 'kindred-boost-1';
    const script = new Map([['brand', 'text'] as const]);
    const boostFields = new Map([
      ['products', { script, conflicting: new Set<string>(), nested: new Map() }],
    ]);
    const agent = proxy({ readProfiles, capabilities: () => ({ ...capabilities, painless, boostFields }) });
    const forms = () =>
      seen.map(({ body }) => [body.includes(`"id":"${painless}"`), /"(term|terms)":\{"brand"/.test(body)]);
    const answer = await ask(agent, BODY);
    expect(answer.headers['x-personalization']).toMatch(/^applied; .*; boosts=5\d$/);
    await ask(agent, BODY, { 'x-kindred': 'explain' });
    expect(forms()).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ]);
    seen.length = 0;
    stub.answerWith = ({ body }) =>
      body.includes(painless) ? { status: 400, body: '{"error":"no script"}' } : { body: '{}' };
    const refused = await ask(agent, BODY);
    expect(refused.headers['x-personalization']).toBe('skipped; reason=rewrite-rejected');
    expect(rejections).toEqual(['{"error":"no script"}']);
    expect(seen.map(({ body }) => body).at(-1)).toBe(BODY);
  });

  test('a field that is of two kinds in the indices of a catalog is not boosted', async () => {
    const boostFields = new Map([
      ['products', { script: new Map(), conflicting: new Set(['brand']), nested: new Map() }],
    ]);
    const answer = await ask(proxy({ capabilities: () => ({ ...capabilities, boostFields }) }), BODY);
    expect(answer.headers['x-personalization']).toBe('skipped; reason=no-profile');
    expect(seen.map(({ body }) => body)).toEqual([BODY]);
  });

  test('ext.ubi goes to an engine that reads it, and once', async () => {
    const agent = proxy({ capabilities: () => ({ ...capabilities, ubi: true }) });
    const ubi = '"ubi":{"query_id":"q1","client_id":"c1"}';
    await ask(agent, `{"ext":{"kindred":{"explain":true},${ubi}},"size":3}`);
    expect(seen[0]?.body).toContain(`"ext":{${ubi}},"size":3}`);
    expect(seen.slice(1).map(({ body }) => body)).toEqual(['{"size":500,"_source":false}']);
  });

  test('equal plans share a cache key, another impact does not', async () => {
    const keys = [];
    for (const impact of [50, 50, 80])
      keys.push(
        (await ask(proxy(), BODY, { 'x-kindred': `impact=${impact}` })).headers['x-kindred-cache-key'],
      );
    expect(keys[0]).toBe(keys[1]);
    expect(keys[0]).not.toBe(keys[2]);
  });

  test('our parameters, ext and headers stay here; the caller’s headers that matter go on', async () => {
    const agent = proxy();
    await agent
      .post('/products/_search?pretty&kindred_impact=20&q=a%20b')
      .set({ 'content-type': 'application/json', 'x-kindred-key': KEY, 'x-opaque-id': 'o1', cookie: 'a=b' })
      .set({ authorization: 'Bearer token', 'es-security-runas-user': 'admin' })
      .send('{"ext":{"kindred":{"user_id":"u1"},"ubi":{"client_id":"c"}},"size":3}');
    const [first] = seen;
    expect(first?.url).toBe('/products/_search?pretty&q=a%20b');
    expect(first?.body).toMatch(/^\{"rescore":.*,"size":3\}$/);
    expect(first?.headers['x-opaque-id']).toBe('o1');
    for (const name of ['x-kindred-key', 'cookie', 'authorization', 'es-security-runas-user'])
      expect(first?.headers[name]).toBeUndefined();
  });
});

describe('a search without a body that is personalized', () => {
  test.each([
    [undefined, 'application/json'],
    [
      'application/vnd.elasticsearch+json; compatible-with=9,text/plain',
      'application/vnd.elasticsearch+json; compatible-with=9',
    ],
  ])('Accept %s: Content-Type %s', async (accept, contentType) => {
    await proxy()
      .get('/products/_search?size=3')
      .set({ 'x-kindred-key': KEY, 'x-user-id': 'u1', ...(accept && { accept }) });
    expect(seen[0]?.body).toContain('rescore');
    expect(seen[0]?.headers['content-type']).toBe(contentType);
  });
});

test.each(['?size=0', '?pretty=false;size=0', '?siz%65=0'])('%s in the URL counts', async (search) => {
  const answer = await proxy().post(`/products/_search${search}`).set(TRUSTED).send(BODY);
  expect(answer.headers['x-personalization']).toBe('skipped; reason=not-scored');
  expect(seen.map(({ url, body }) => [url, body])).toEqual([[`/products/_search${search}`, BODY]]);
});

test('what is passed through may be somebody’s own order: no cache between may keep it', async () => {
  const answer = await proxy().post('/_search/scroll').set(TRUSTED).send('{"scroll_id":"s"}');
  expect(answer.headers['cache-control']).toBe('private');
  expect(answer.headers.vary).toContain('X-User-Id');
});

describe('left alone: the original bytes, 200, and the reason', () => {
  const cases: [string, Partial<SearchOptions>, Record<string, string>, string?][] = [
    ['off', { serving: () => ({ enabled: false, active }) }, {}],
    ['off', {}, { 'x-kindred': 'off' }],
    ['off', {}, { 'x-kindred': 'impact=0' }],
    ['no-model', { serving: () => ({ enabled: true, active: null }) }, {}],
    ['no-model', {}, { 'x-kindred': 'model=other' }],
    ['no-identity', {}, { 'x-user-id': '' }],
    ['no-profile', {}, { 'x-user-id': 'stranger' }],
    ['not-scored', {}, {}, '{"sort":[{"price":"asc"}]}'],
    ['not-scored', {}, {}, '{"size":0}'],
    ['unsupported', {}, {}, '{"rank":{"rrf":{}}}'],
    ['unsupported', {}, {}, '{"a":1,"a":2}'],
    ['unsupported', {}, {}, '{"query":'],
    ['profile-error', { readProfiles: async () => Promise.reject(new Error('gone')) }, {}],
    ['profile-error', { readProfiles: async (_index, ids) => ids.map(() => null) }, {}],
    ['profile-timeout', { readProfiles: () => new Promise(() => {}), deadlineMs: 20 }, {}],
  ];
  test.each(cases)('%s %#', async (reason, change, headers, body = BODY) => {
    const answer = await ask(proxy(change), body, headers);
    expect(answer.status).toBe(200);
    expect(answer.headers['x-personalization']).toBe(`skipped; reason=${reason}`);
    expect(seen.map((each) => each.body)).toEqual([body]);
  });

  test('an unsigned identity in a public request counts for nothing', async () => {
    const body = '{"ext":{"kindred":{"user_id":"u1"}}}';
    const answer = await proxy().post('/products/_search').set('x-user-id', 'u1').send(JSON.parse(body));
    expect(answer.headers['x-personalization']).toBe('skipped; reason=no-identity');
    expect(seen[0]?.body).toBe('{}');
  });
});

describe('an engine that refuses our rewrite', () => {
  test('the log gets a reason that came compressed', async () => {
    stub.answerWith = ({ body }, response) => {
      if (!body.includes('rescore')) return { body: '{}' };
      response.writeHead(400, { 'content-encoding': 'gzip' }).end(gzipSync('{"error":"no script today"}'));
      return undefined;
    };
    await ask(proxy(), BODY, { 'accept-encoding': 'gzip' });
    while (rejections.length === 0) await wait(5);
    expect(rejections).toEqual(['{"error":"no script today"}']);
  });

  test.each([400, 413, 500])(
    'with %i gets the original once, and the log gets the reason',
    async (status) => {
      stub.answerWith = ({ body }) =>
        body.includes('rescore')
          ? { status, body: '{"error":"no rescore today"}' }
          : { status: 200, body: '{}' };
      const answer = await ask(proxy(), BODY);
      expect(answer.status).toBe(200);
      expect(answer.headers['x-personalization']).toBe('skipped; reason=rewrite-rejected');
      expect(seen.map(({ body }) => body.includes('rescore'))).toEqual([true, false]);
      expect(seen[1]?.body).toBe(BODY);
      expect(rejections).toEqual(['{"error":"no rescore today"}']);
    },
  );

  test.each([400, 500])('with %i answers the caller’s own mistake itself', async (status) => {
    stub.answerWith = () => ({ status, body: '{"error":"yours"}' });
    const answer = await ask(proxy(), BODY);
    expect([answer.status, answer.body]).toEqual([status, { error: 'yours' }]);
    expect(answer.headers['x-personalization']).toBe('skipped; reason=unsupported');
    expect(answer.headers['x-kindred-cache-key']).toBe('plain');
    expect(rejections).toEqual([]);
  });
});

describe('msearch', () => {
  const header = '{"index":"products"}';
  const lines = [header, '{"query":{"match_all":{}}}', header, '{"size":0}', '{}', '{"size":1}', ''];
  const send = (agent: ReturnType<typeof proxy>, path: string, body: string, headers = {}) =>
    agent
      .post(path)
      .set({ 'content-type': 'application/x-ndjson', ...headers })
      .send(body);

  test('items are judged one by one', async () => {
    const trusted = { 'x-kindred-key': KEY, 'x-user-id': 'u1' };
    const answer = await send(proxy(), '/_msearch', lines.join('\n'), trusted);
    expect(answer.headers['x-personalization']).toBe('applied; items=1/3');
    const sent = seen[0]?.body.split('\n') ?? [];
    expect(sent.filter((_, at) => at !== 1)).toEqual(lines.filter((_, at) => at !== 1));
    expect(JSON.parse(sent[1] ?? '')).toHaveProperty('rescore');
  });

  test('an item without a body is left as it is: the engine refuses it, and does not take it for a search of all', async () => {
    const body = `${header}\n\n${header}\n{"size":1}\n`;
    const answer = await send(proxy(), '/_msearch', body, { 'x-kindred-key': KEY, 'x-user-id': 'u1' });
    expect(answer.headers['x-personalization']).toBe('applied; items=1/2');
    expect(seen[0]?.body.split('\n')[1]).toBe('');
  });

  test('all refused, rewritten or not: nothing was personalized', async () => {
    stub.answerWith = () => ({ status: 400, body: '{"error":"yours"}' });
    const trusted = { 'x-kindred-key': KEY, 'x-user-id': 'u1' };
    const answer = await send(proxy(), '/_msearch', lines.join('\n'), trusted);
    expect([answer.status, seen.length]).toEqual([400, 2]);
    expect(answer.headers['x-personalization']).toBe('skipped; reason=unsupported');
  });

  test('a public request may name catalogs only, in the path or in every header', async () => {
    expect((await send(proxy(), '/products/_msearch', lines.join('\n'))).status).toBe(200);
    for (const index of ['kindred-profiles-m-3', 'products,other', '*', '_all'])
      expect((await send(proxy(), '/products/_msearch', `{"index":"${index}"}\n{}\n`)).status).toBe(404);
    expect((await send(proxy(), '/_msearch', lines.join('\n'))).status).toBe(404);
    const inUrl = new URLSearchParams({ source: '{"index":"kindred-settings"}\n{}\n' });
    expect((await proxy().get(`/products/_msearch?${inUrl}`)).status).toBe(400);
    for (const type of ['application/smile', 'application/cbor', 'application/yaml'])
      expect((await send(proxy(), '/products/_msearch', '{}\n{}\n', { 'content-type': type })).status).toBe(
        415,
      );
    expect(seen).toHaveLength(1);
  });

  test('without its final line feed it goes as it came: the engine says what is wrong', async () => {
    const body = `${header}\n{"size":1}`;
    await send(proxy(), '/_msearch', body, { 'x-kindred-key': KEY, 'x-user-id': 'u1' });
    expect(seen[0]?.body).toBe(body);
  });
});

describe('refused without an upstream call', () => {
  test('a wrong server key, a path not served, another index in public, a body over the limit', async () => {
    expect((await ask(proxy(), BODY, { 'x-kindred-key': 'wrong_key' })).status).toBe(401);
    expect((await proxy().get('/_cluster/state').set('x-kindred-key', KEY)).status).toBe(404);
    expect((await proxy().get('/kindred-profiles-m-3/_search')).status).toBe(404);
    expect((await proxy().get('/_search')).status).toBe(404);
    expect((await proxy().get('/products/_doc/1')).status).toBe(404);
    const large = await ask(proxy(), `{"a":"${'x'.repeat(10_000)}"}`);
    expect([large.status, large.body.error.type]).toEqual([413, 'body_too_large']);
    expect(seen).toEqual([]);
  });

  test.each<[string, Record<string, string>, string]>([
    ['X-Kindred: impact: expected a number from 0 to 100', { 'x-kindred': 'impact=lots' }, BODY],
    ['ext.kindred.impact must be a number from 0 to 100', {}, '{"ext":{"kindred":{"impact":101}}}'],
  ])('%s', async (reason, headers, body) => {
    const answer = await ask(proxy(), body, headers);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ status: 400, error: { type: 'invalid_directive', reason } });
    expect(seen).toEqual([]);
  });

  test('an engine that is down is a 503 in the engine’s own shape', async () => {
    const upstream = createUpstream({ url: 'http://127.0.0.1:9' });
    const answer = await ask(proxy({ upstream }), BODY);
    expect([answer.status, answer.body.error.type]).toEqual([503, 'engine_unreachable']);
    expect(answer.text).not.toContain('127.0.0.1');
    expect(logged).toEqual([
      { err: expect.objectContaining({ code: 'engine-unreachable' }), path: '/products/_search' },
    ]);
    expect(answer.headers['x-elastic-product']).toBe('Elasticsearch');
    await upstream.close();
  });
});

test('explain adds the plan, and each hit’s reasons and place without them', async () => {
  const hits = (...ids: [string, string[]?][]) =>
    JSON.stringify({ hits: { hits: ids.map(([_id, matched_queries]) => ({ _id, matched_queries })) } });
  stub.answerWith = ({ body }) => ({
    status: 200,
    body: body.includes('rescore') ? hits(['b', ['kindred:0', 'mine']], ['a']) : hits(['a'], ['c'], ['b']),
  });
  const answer = await ask(proxy(), BODY, { 'x-kindred': 'explain' });
  const { plan, hits: explained } = answer.body.ext.kindred;
  expect(plan).toEqual([
    { field: 'brand', value: 'bolt', factor: expect.any(Number), profile: 'individual' },
  ]);
  const { factor } = plan[0];
  const reason = { cause: 'field', field: 'brand' };
  expect(explained).toEqual([
    {
      ...{ _id: 'b', rank: 1, rank_without: 3, boost: factor, affinities: [plan[0]] },
      relative: expect.closeTo(Math.sqrt(factor)),
      sentence: 'Because they take brand bolt more than others do.',
      reasons: [
        {
          ...{ ...reason, value: 'bolt', profile: 'individual', own: factor },
          average: expect.closeTo(Math.sqrt(factor)),
          factor: expect.closeTo(Math.sqrt(factor)),
        },
      ],
    },
    {
      ...{ _id: 'a', rank: 2, rank_without: 1, boost: 1, affinities: [] },
      relative: expect.closeTo(1 / Math.sqrt(factor)),
      sentence: 'Because nothing speaks for its brand, as it does for others here.',
      reasons: [
        {
          ...{ ...reason, own: 1 },
          average: expect.closeTo(Math.sqrt(factor)),
          factor: expect.closeTo(1 / Math.sqrt(factor)),
        },
      ],
    },
  ]);
});

test('explain asks for the plain order from its start, and opens no second scroll', async () => {
  await proxy()
    .get('/products/_search?from=5&size=5&scroll=1m&preference=a?b&kindred_explain')
    .set({ 'x-kindred-key': KEY, 'x-user-id': 'u1' });
  await proxy()
    .get('/products/_search?from=5&size=5&kindred_explain')
    .set({ 'x-kindred-key': KEY, 'x-user-id': 'u1' });
  expect(seen.map(({ url }) => url)).toEqual([
    '/products/_search?from=5&size=5&scroll=1m&preference=a?b',
    '/products/_search?preference=a?b',
    '/products/_search?from=5&size=5',
    '/products/_search',
  ]);
});

test.each([
  ['{ "ext": {"rag": 1.0}, "hits": {"hits": []}}', /^\{ "ext": \{"kindred":\{.+\},"rag": 1\.0\}, "hits"/],
  ['{"hits":{"hits":[]},"ext":{ }}', /^\{"hits":\{"hits":\[\]\},"ext":\{"kindred":\{.+\} \}\}$/],
])('explain goes beside what else an engine says: %s', async (body, expected) => {
  stub.answerWith = () => ({ body });
  const answer = await ask(proxy(), BODY, { 'x-kindred': 'explain' });
  expect(answer.text).toMatch(expected);
  expect(answer.body.ext.kindred.plan).toHaveLength(1);
});

test.each<[string, Record<string, string>]>([
  ['?format=yaml', {}],
  ['?pretty;format=cbor', {}],
  ['', { accept: 'application/yaml' }],
  ['', { accept: 'application/smile, text/plain' }],
])('explain is for answers in JSON: %s %j', async (search, headers) => {
  const answer = await proxy()
    .post(`/products/_search${search}`)
    .set({ ...TRUSTED, ...headers, 'x-kindred': 'explain' })
    .send(BODY);
  expect(answer.headers['x-personalization']).toMatch(/^applied/);
  expect(answer.body.ext).toBeUndefined();
  expect(seen.map(({ body }) => body.includes('"_name"'))).toEqual([false]);
});

test('how many hits are in front of a search_after nobody knows', async () => {
  stub.answerWith = () => ({ body: '{"hits":{"hits":[{"_id":"a","matched_queries":["kindred:0"]}]}}' });
  const body = '{"search_after":[3.5,"x"],"sort":["_score",{"sku":"asc"}]}';
  const answer = await ask(proxy(), body, { 'x-kindred': 'explain' });
  const { plan, hits } = answer.body.ext.kindred;
  const expected = { _id: 'a', rank: 1, rank_without: null, boost: plan[0].factor, affinities: plan };
  const alone = {
    relative: 1,
    reasons: [],
    sentence: expect.stringMatching(/^Because it gets about as much/),
  };
  expect(hits).toEqual([{ ...expected, ...alone }]);
});

test('pages behind the first keep its impact, whatever model is active by then', async () => {
  const weaker = { ...active, version: 4, model: { ...active.model, impact: 5 } };
  let now = active;
  const agent = proxy({
    serving: () => ({ enabled: true, active: now }),
    pageOrders: createMemoryPageOrderStore(),
  });
  const keys = [];
  for (const page of ['{"size":5}', '{"size":5,"from":5}']) {
    keys.push((await ask(agent, page)).headers['x-kindred-cache-key']);
    now = weaker;
  }
  expect(keys[0]).toBe(keys[1]);
});

test('what was not personalized is explained without asking twice', async () => {
  const body = '{"hits":{"hits":[{"_id":"a"},{"_id":"b"}]}}';
  stub.answerWith = (asked) => (asked.body.includes('"_name"') ? { status: 400, body: '{}' } : { body });
  const ranks = (answer: { body: { ext: { kindred: { hits: object[] } } } }) => [
    answer.body.ext.kindred,
    seen.length,
  ];
  const nothing = { boost: 1, affinities: [], relative: 1, reasons: [] };
  const plain = {
    plan: [],
    hits: [
      { _id: 'a', rank: 4, rank_without: 4, ...nothing },
      { _id: 'b', rank: 5, rank_without: 5, ...nothing },
    ],
  };
  const open = await proxy().get('/products/_search?from=3&kindred_explain');
  expect(ranks(open)).toEqual([plain, 1]);
  seen.length = 0;
  const refused = await proxy().get('/products/_search?from=3&kindred_explain').set(TRUSTED);
  expect(refused.headers['x-personalization']).toBe('skipped; reason=rewrite-rejected');
  expect(ranks(refused)).toEqual([plain, 2]);
});

test('explain with a client that takes gzip, and an answer without hits', async () => {
  stub.answerWith = () => ({ body: '{ "took": 1.0 }' });
  const answer = await ask(proxy(), BODY, { 'x-kindred': 'explain', 'accept-encoding': 'gzip, deflate' });
  expect(seen.map(({ headers }) => headers['accept-encoding'])).toEqual(['identity', 'identity']);
  expect(answer.headers['content-encoding']).toBeUndefined();
  expect(answer.text).toMatch(/^\{"ext":\{"kindred":\{"plan":\[.+\],"hits":\[\]\}\}, "took": 1.0 \}$/);
  await ask(proxy(), BODY, { 'accept-encoding': 'gzip, deflate' });
  expect(seen[2]?.headers['accept-encoding']).toBe('gzip, deflate');
});

describe('explain in a multi-search', () => {
  const item = (explain: boolean, more = '') => `{"ext":{"kindred":{"explain":${explain}}}${more}}`;
  const lines = (...bodies: string[]) => bodies.map((body) => `{"index":"products"}\n${body}\n`).join('');
  const hits = (...ids: [string, string[]?][]) =>
    JSON.stringify({ hits: { hits: ids.map(([_id, matched_queries]) => ({ _id, matched_queries })) } });

  test('each item that asks gets its reasons in its own answer', async () => {
    stub.answerWith = ({ body }) => ({
      body: body.includes('rescore')
        ? `{ "took": 1, "responses": [ ${hits(['b', ['kindred:0']])} , {"hits":{"hits":[]},"n":9007199254740993.0}, ${hits(['a'])}] }`
        : `{"responses":[${hits(['a'], ['b'])}]}`,
    });
    const answer = await proxy()
      .post('/_msearch?typed_keys')
      .set(TRUSTED)
      .send(lines(item(true), item(false), item(true, ',"sort":"price"')));
    expect(answer.headers['x-personalization']).toBe('applied; items=2/3');
    expect(seen.map(({ url }) => url)).toEqual(['/_msearch?typed_keys', '/_msearch?typed_keys']);
    expect(seen[0]?.body.match(/"_name"/g)).toHaveLength(1);
    expect(seen[1]?.body.split('\n')).toEqual(['{"index":"products"}', '{"size":500,"_source":false}', '']);
    const [first, second, third] = answer.body.responses;
    expect(first.ext.kindred.hits).toEqual([
      {
        ...{
          _id: 'b',
          rank: 1,
          rank_without: 2,
          boost: expect.any(Number),
          affinities: first.ext.kindred.plan,
        },
        ...{ relative: 1, reasons: [], sentence: expect.any(String) },
      },
    ]);
    expect([second.ext, answer.text.includes('9007199254740993.0')]).toEqual([undefined, true]);
    expect(third.ext.kindred).toEqual({
      plan: [],
      hits: [{ _id: 'a', rank: 1, rank_without: 1, boost: 1, affinities: [], relative: 1, reasons: [] }],
    });
  });

  test('an answer without its items stays as it is', async () => {
    for (const body of ['{"took":1}', '{"responses":[]}', '{"responses":{}}', '[]']) {
      stub.answerWith = () => ({ body });
      const answer = await proxy()
        .post('/_msearch')
        .set(TRUSTED)
        .send(lines(item(true)));
      expect([answer.status, answer.text]).toEqual([200, body]);
    }
  });
});

describe('headers', () => {
  const sent = {
    'x-opaque-id': 'o1',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    tracestate: 'a=b',
    'x-elastic-client-meta': 'es=9.0.0',
  };
  const theirs = {
    vary: 'Origin',
    'server-timing': 'db;dur=1',
    'cache-control': 'public, max-age=60',
    warning: '299 Elasticsearch-9 "old"',
    'x-opaque-id': 'o1',
    'set-cookie': 'a=b',
    connection: 'keep-alive',
  };

  test.each([
    ['applied', '/products/_search', {}],
    ['skipped', '/products/_search', { 'x-kindred': 'off' }],
    ['applied', '/products/_msearch', {}],
    ['skipped', '/products/_search/template', {}],
    ['skipped', '/products/_search', { 'content-type': 'application/yaml' }],
  ])('%s: what is the engine’s is kept, what both have is joined; %s', async (outcome, path, headers) => {
    stub.answerWith = ({ url }) =>
      url === '/_render/template' ? { status: 404, body: '{}' } : { body: '{}', headers: theirs };
    const answer = await proxy()
      .post(path)
      .set({ ...TRUSTED, ...sent, ...headers })
      .send(path.includes('_msearch') ? '{}\n{}\n' : '{}');
    expect(answer.headers['x-personalization']).toContain(outcome);
    expect(seen.at(-1)?.headers).toMatchObject(sent);
    expect(answer.headers).toMatchObject({
      'x-opaque-id': 'o1',
      warning: theirs.warning,
      'x-elastic-product': 'Elasticsearch',
      'cache-control': 'private',
      vary: expect.stringMatching(/^Authorization, .*X-User-Id.*, Origin$/),
      'server-timing': expect.stringMatching(/^kindred;dur=[\d.]+, engine;dur=[\d.]+, db;dur=1$/),
      'x-kindred-cache-key': expect.stringMatching(outcome === 'applied' ? /^[\w-]{22}$/ : /^plain$/),
    });
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test('OpenSearch gets plain media types for Elasticsearch’s own', async () => {
    const vendored = 'application/vnd.elasticsearch+json; compatible-with=9';
    const headers = { ...TRUSTED, 'content-type': vendored, accept: `${vendored},text/plain` };
    await proxy({ engine: 'opensearch' }).post('/products/_search').set(headers).send('{}');
    await proxy().post('/products/_search').set(headers).send('{}');
    const types = seen.map((one) => [one.headers['content-type'], one.headers.accept]);
    expect(types).toEqual([
      ['application/json', 'application/json,text/plain'],
      [vendored, `${vendored},text/plain`],
    ]);
  });
});
