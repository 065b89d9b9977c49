// Templates, asynchronous searches and points in time against an upstream that records what it gets.
import { describe, expect, test } from '@jest/globals';
import type { SearchOptions } from '../helpers/search-context.js';
import { type ProxyOnStub, proxyOnStub, type Seen, TRUSTED } from './support/proxy-on-stub.js';

const stub = proxyOnStub();
const { agent, seen } = stub;
const TEMPLATE = '{"id":"t","params":{"q":"shoe"}}';
const RENDERED = '{ "query" : {"match":{"t":"shoe"}},\n "n": 9007199254740993 }';

/** An engine that renders every template as this text. */
const rendersAs =
  (text: string, status = 200) =>
  ({ url }: Seen) =>
    url === '/_render/template'
      ? { status, body: `{"template_output":${text}}` }
      : { body: '{"hits":{"hits":[]}}' };
const rendering = rendersAs(RENDERED);
const post = (path: string, body: string, headers = {}) =>
  agent()
    .post(path)
    .set({ ...TRUSTED, ...headers })
    .send(body);

describe('a search template', () => {
  test('is rendered by the engine, then personalized like the search it is', async () => {
    stub.answerWith = rendering;
    const answer = await post('/products/_search/template?typed_keys&preference=p', TEMPLATE);
    expect(answer.headers['x-personalization']).toMatch(/^applied; model=m@3/);
    expect(seen.map(({ url }) => url)).toEqual([
      '/_render/template',
      '/products/_search?typed_keys&preference=p',
    ]);
    expect(seen[0]?.body).toBe(TEMPLATE);
    expect(seen[1]?.body).toMatch(/^\{"rescore":.*\}, "query" : /s);
    expect(seen[1]?.body).toContain(RENDERED.slice(1));
  });

  const off = { 'x-kindred': 'off' };
  test.each<
    [string, Partial<SearchOptions>, string, ProxyOnStub['answerWith'], string, Record<string, string>?]
  >([
    ['the visitor is not known', {}, TEMPLATE, rendering, 'no-profile', { 'x-user-id': 'stranger' }],
    ['the engine has no templates', {}, TEMPLATE, rendersAs('{}', 400), 'unsupported'],
    ['the template is not there', {}, TEMPLATE, rendersAs('{}', 404), 'unsupported'],
    ['what is rendered is no search', {}, TEMPLATE, rendersAs('{"a":}'), 'unsupported'],
    ['it is no JSON', {}, '{"id":', rendering, 'unsupported'],
    ['it is switched off', {}, TEMPLATE, rendering, 'off', off],
    [
      'no model is active',
      { serving: () => ({ enabled: true, active: null }) },
      TEMPLATE,
      rendering,
      'no-model',
    ],
  ])('goes as it came where %s', async (_, change, body, answerWith, reason, headers = {}) => {
    stub.answerWith = answerWith;
    const answer = await agent(change)
      .post('/products/_search/template')
      .set({ ...TRUSTED, ...headers })
      .send(body);
    expect(answer.headers['x-personalization']).toBe(`skipped; reason=${reason}`);
    expect(answer.headers.vary).toContain('X-User-Id');
    expect(seen.at(-1)).toMatchObject({ url: '/products/_search/template', body });
    expect(seen.length).toBe(['off', 'no-model'].includes(reason) ? 1 : 2);
  });

  test.each(['size=1', 'q=a', 'explain=true', 'siz%65=1', 'typed_keys;from=3'])(
    'goes as it came with ?%s, which means nothing to a template and much to a search',
    async (parameters) => {
      stub.answerWith = rendering;
      const answer = await post(`/products/_search/template?${parameters}`, TEMPLATE);
      expect(answer.headers['x-personalization']).toBe('skipped; reason=unsupported');
      expect(seen.map(({ url }) => url)).toEqual([`/products/_search/template?${parameters}`]);
    },
  );

  test('of no index, another or several goes as it came', async () => {
    for (const path of ['/_search/template', '/other/_search/template', '/products,other/_search/template'])
      await post(path, TEMPLATE);
    expect(seen.map(({ url }) => url)).toEqual([
      '/_search/template',
      '/other/_search/template',
      '/products,other/_search/template',
    ]);
  });

  test('goes as it came after all when the engine refuses the rewrite', async () => {
    stub.answerWith = (one) =>
      one.body.includes('rescore') ? { status: 400, body: '{"error":"no"}' } : rendering(one);
    const answer = await post('/products/_search/template', TEMPLATE);
    expect(answer.headers['x-personalization']).toBe('skipped; reason=rewrite-rejected');
    expect(seen.at(-1)).toMatchObject({ url: '/products/_search/template', body: TEMPLATE });
  });

  test('whose text speaks to Kindred goes as the search without it', async () => {
    stub.answerWith = rendersAs('{"size":1,"ext":{"kindred":{"off":true}}}');
    const answer = await post('/products/_search/template', TEMPLATE);
    expect(answer.headers['x-personalization']).toBe('skipped; reason=off');
    expect(seen.at(-1)).toMatchObject({ url: '/products/_search', body: '{"size":1}' });
  });
});

describe('templates in a multi-search', () => {
  const lines = `{"index":"products"}\n${TEMPLATE}\n{"index":"other"}\n${TEMPLATE}\n`;
  const ndjson = { 'content-type': 'application/x-ndjson' };

  test('are rendered each, one line each', async () => {
    stub.answerWith = rendering;
    const answer = await post('/_msearch/template?max_concurrent_searches=2', lines, ndjson);
    expect(answer.headers['x-personalization']).toBe('applied; items=1/2');
    expect(seen.map(({ url }) => url)).toEqual([
      '/_render/template',
      '/_render/template',
      '/_msearch?max_concurrent_searches=2',
    ]);
    const [first, body, second, other] = seen[2]?.body.split('\n') ?? [];
    expect([first, second, other]).toEqual([
      '{"index":"products"}',
      '{"index":"other"}',
      RENDERED.replace('\n', ' '),
    ]);
    expect(JSON.parse(body ?? '')).toHaveProperty('rescore');
  });

  test('go as they came when one cannot be rendered, none is for the catalog, or a line feed is missing', async () => {
    let rendered = 0;
    stub.answerWith = (one) =>
      one.url === '/_render/template' && ++rendered === 2 ? { status: 404, body: '{}' } : rendering(one);
    await post('/_msearch/template', lines, ndjson);
    expect(seen.at(-1)).toMatchObject({ url: '/_msearch/template', body: lines });
    seen.length = 0;
    for (const body of [lines.replaceAll('products', 'other'), lines.slice(0, -1), ''])
      await post('/_msearch/template', body, ndjson);
    expect(seen.map(({ url }) => url)).toEqual(Array(3).fill('/_msearch/template'));
  });
});

test('public requests have no templates, asynchronous searches or points in time', async () => {
  for (const path of [
    '/products/_search/template',
    '/products/_msearch/template',
    '/_msearch/template',
    '/products/_async_search',
    '/_search',
  ]) {
    const answer = await agent().post(path).set('content-type', 'application/json').send(TEMPLATE);
    expect([path, answer.status]).toEqual([path, 404]);
  }
  expect(seen).toEqual([]);
});

describe('an asynchronous search', () => {
  test('is personalized like any other', async () => {
    const answer = await post('/products/_async_search?keep_alive=1m', '{"size":3}', {
      'x-kindred': 'explain',
    });
    expect(answer.headers['x-personalization']).toMatch(/^applied/);
    expect(seen.map(({ url }) => url)).toEqual(['/products/_async_search?keep_alive=1m']);
    expect(seen[0]?.body).toMatch(/^\{"rescore":.*,"size":3\}$/);
    expect(seen[0]?.body).not.toContain('_name');
  });

  test('without an index, and its later answers, go through', async () => {
    await post('/_async_search', '{"size":3}');
    await agent().get('/_async_search/abc').set(TRUSTED);
    await agent().delete('/_async_search/abc').set(TRUSTED);
    expect(seen.map(({ body }) => body)).toEqual(['{"size":3}', '', '']);
  });
});

describe('a point in time', () => {
  /** as OpenSearch 3.4.0 gave it */
  const pit = (name: string) =>
    Buffer.from(
      `\u00e3\u00c6\u00b9A\x01${String.fromCharCode(name.length)}${name}\x16l4FGf3diRoyKZCGfAoaiYw\0\x16oA4BY3PlRay_p1YCkF1Hdg\0`,
      'latin1',
    ).toString('base64url');

  test.each([
    ['of the catalog', 'products', /^applied/],
    ['of another index', 'other', /^skipped; reason=unsupported$/],
  ])('%s', async (_, name, outcome) => {
    const answer = await post('/_search', JSON.stringify({ pit: { id: pit(name) }, size: 3 }));
    expect(answer.headers['x-personalization']).toMatch(outcome);
    expect(seen[0]?.url).toBe('/_search');
  });

  test.each(['{"size":3}', '{"pit":"x"}', '{"pit":{"id":7}}', '{"pit":{"id":""}}'])('%s', async (body) => {
    const answer = await post('/_search', body);
    expect(answer.headers['x-personalization']).toBe('skipped; reason=unsupported');
    expect(seen[0]?.body).toBe(body);
  });

  test('in a multi-search', async () => {
    const item = JSON.stringify({ pit: { id: pit('products') } });
    const answer = await post('/_msearch', `{}\n${item}\n{}\n{}\n{"index":"products"}\n{}\n`);
    expect(answer.headers['x-personalization']).toBe('applied; items=2/3');
  });

  test('beside an index in the path is the engine’s to refuse', async () => {
    const answer = await post('/products,other/_search', JSON.stringify({ pit: { id: pit('products') } }));
    expect(answer.headers['x-personalization']).toBe('skipped; reason=unsupported');
  });
});
