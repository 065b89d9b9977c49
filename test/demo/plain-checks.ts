// A search without identity comes back byte for byte as the engine answers it.
import { expect, test } from '@jest/globals';
import type { RunningDemo } from './run-demo.js';
import { type Answer, ask, bytes, plain, type Request, search, storefront } from './shop-client.js';

const NDJSON = { 'content-type': 'application/x-ndjson' };
const line = (value: object) => `${JSON.stringify(value)}\n`;

const SEARCHES: Record<string, Request & { path?: string }> = {
  'text and popularity': { body: storefront('shirt') },
  aggregations: {
    body: storefront('shirt', {
      size: 3,
      aggs: { brands: { terms: { field: 'brand' } }, price: { histogram: { field: 'price', interval: 25 } } },
    }),
  },
  sort: { body: storefront('shirt', { sort: [{ price: 'desc' }, '_score'], track_scores: true }) },
  'highlight and source filtering': {
    body: storefront('jacket', { highlight: { fields: { title: {} } }, _source: ['title', 'br*'] }),
  },
  'its own spelling of JSON': {
    body: '{ "size" : 2,\n\t"query":{"bool":{"filter":[{"term":{"brand":"\\u004bestrel"}},{"range":{"price":{"lt":9007199254740993}}}]}}}',
  },
  'no body': { path: '/products/_search?q=title:boots&size=2&pretty' },
  'malformed JSON': { body: '{"query":{"match_all":{}}' },
  'an unknown field': { body: { query: { match_all: {} }, sized: 3 } },
  'an unknown query': { body: { query: { matches: { title: 'shirt' } } } },
  'msearch, one item refused': {
    path: '/products/_msearch',
    headers: NDJSON,
    body: line({}) + line(storefront('shirt')) + line({}) + line({ query: { matches: {} } }),
  },
  'msearch without a path': {
    path: '/_msearch',
    headers: NDJSON,
    body: line({ index: 'products' }) + line({ size: 1 }),
  },
  'msearch without its final newline': {
    path: '/products/_msearch',
    headers: NDJSON,
    body: (line({}) + line(storefront('shirt'))).trimEnd(),
  },
};

export function plainChecks(demo: RunningDemo): void {
  test.each(Object.entries(SEARCHES))('%s: the bytes of the engine', async (_name, request) => {
    const { path = '/products/_search', ...rest } = request;
    const expected = await ask(demo.engine + path, rest);
    const answer = await ask(demo.proxy + path, rest);
    expectSame(answer, expected);
    expect(answer.header('x-personalization')).toMatch(/^skipped; reason=(no-identity|unsupported)$/);
    const { headers } = rest;
    const trusted = { ...rest, headers: { ...headers, 'x-kindred-key': demo.serverKey } };
    expectSame(await ask(demo.proxy + path, trusted), expected);
  });

  test('the engine says what is wrong with a multi-search that lacks its final newline', async () => {
    const { path = '', ...request } = SEARCHES['msearch without its final newline'] ?? {};
    const answer = await ask(demo.proxy + path, {
      ...request,
      headers: { ...NDJSON, 'x-kindred-key': demo.serverKey, 'x-user-id': demo.shoppers[0] },
    });
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(/must be terminated by a newline/);
  });

  test('a user nobody knows, and somebody who opts out: the bytes of the engine', async () => {
    const body = storefront('shirt', { size: 20 });
    const expected = await plain(demo, body);
    const unknown = await search(demo, body, { user: 'nobody-knows-me' });
    expectSame(unknown, expected);
    expect(unknown.header('x-personalization')).toBe('skipped; reason=no-profile');
    const off = await search(demo, body, { user: demo.shoppers[0], kindred: 'off' });
    expectSame(off, expected);
    expect(off.header('x-personalization')).toBe('skipped; reason=off');
  });

  test('ids without a server key are ignored, and other indices are not served', async () => {
    const body = storefront('shirt');
    const headers = { 'x-user-id': demo.shoppers[0] };
    const answer = await ask(`${demo.proxy}/products/_search`, { body, headers });
    expectSame(answer, await plain(demo, body));
    expect(answer.header('x-personalization')).toBe('skipped; reason=no-identity');
    expect((await ask(`${demo.proxy}/kindred-models/_search`)).status).toBe(404);
    expect((await ask(`${demo.proxy}/products/_doc/p1`)).status).toBe(404);
  });
}

export function expectSame(answer: Answer, expected: Answer): void {
  expect(bytes(answer)).toBe(bytes(expected));
  expect(answer.status).toBe(expected.status);
  expect(answer.header('content-type')).toBe(expected.header('content-type'));
}
