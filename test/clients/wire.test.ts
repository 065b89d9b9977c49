// Public reports of HTTP itself: line ends, slashes, HEAD on a kept connection, and bodies that wait to be asked for.
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openConnection } from '../engine/differential/raw-connection.js';
import { engines } from '../helpers/engines.js';
import { SHOPPER } from './support/catalog.js';
import { type ClientShop, openClientShop, SERVER_KEY } from './support/shop.js';

const JACKETS = '{"query":{"match":{"title":"jacket"}},"size":60}';
const BOOTS = '{"query":{"match":{"title":"boots"}},"size":60}';
const KEY = { 'x-kindred-key': SERVER_KEY };
const ON = { ...KEY, 'x-user-id': SHOPPER.user };
const OFF = { ...ON, 'x-kindred': 'off' };

interface Asked {
  readonly method?: string;
  /** `INDEX` stands for the shop's */
  readonly path: string;
  readonly body?: string;
  readonly type?: string;
}

async function ask(base: string, { method = 'POST', path, body, type }: Asked, headers: object = {}) {
  const answer = await fetch(base + path, {
    method,
    headers: { 'content-type': type ?? 'application/json', ...headers },
    body: body ?? null,
  });
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    text: (await answer.text()).replaceAll(/"took"\s*:\s*\d+/g, '"took":0'),
    said: answer.headers.get('x-personalization'),
  };
}

/** The hits of each search of an answer, in any order, and in theirs. */
function found(text: string) {
  const answer = JSON.parse(text);
  const searches: { hits: { total: object; hits: { _id: string }[] } }[] = answer.responses ?? [answer];
  const lists = searches.map(({ hits }) => hits.hits.map(({ _id }) => _id));
  return {
    totals: searches.map(({ hits }) => hits.total),
    sets: lists.map((ids) => ids.toSorted()),
    lists,
  };
}

describe.each(engines())('at $kind', ({ kind }) => {
  let shop: ClientShop;
  beforeAll(async () => {
    shop = await openClientShop(kind);
  });
  afterAll(() => shop.close());

  const inShop = (text: string) => text.replaceAll('INDEX', shop.index);
  const named = (asked: Asked): Asked => ({
    ...asked,
    path: inShop(asked.path),
    ...(asked.body && { body: inShop(asked.body) }),
  });
  const lines = (text: string, path = '/INDEX/_msearch'): Asked => ({
    path,
    body: text,
    type: 'application/x-ndjson',
  });

  test.each<[string, Asked]>([
    ['elastic/elasticsearch#43469', lines(`{}\r\n${JACKETS}\r\n{}\r\n${BOOTS}\r\n`)],
    ['elastic/elasticsearch#43469, without headers', lines(`\r\n${JACKETS}\r\n\r\n${BOOTS}\r\n`)],
    ['elastic/elasticsearch#43469, a file of Windows', { path: '/INDEX/_search', body: spread('\r\n') }],
    [
      'appbaseio/reactivesearch#279, without an index',
      lines(`{"index":"INDEX"}\n${JACKETS}\n`, '//_msearch'),
    ],
    ['appbaseio/reactivesearch#279, behind', { path: '/INDEX/_search//', body: JACKETS }],
    ['appbaseio/reactivesearch#279, many behind', lines(`{}\n${JACKETS}\n`, '/INDEX/_msearch///?typed_keys')],
  ])('%s: personalized as it is, and off byte for byte', async (_name, asked) => {
    const straight = await ask(shop.engineUrl, named(asked));
    expect(straight.status).toBe(200);
    const { said, ...off } = await ask(shop.proxyUrl, named(asked), OFF);
    expect(off).toEqual({ status: straight.status, type: straight.type, text: straight.text });
    expect(said).toBe('skipped; reason=off');
    const own = await untilRead(() => ask(shop.proxyUrl, named(asked), ON));
    expect(own.said).toMatch(/^applied/);
    const [plain, personal] = [found(straight.text), found(own.text)];
    expect([personal.totals, personal.sets]).toEqual([plain.totals, plain.sets]);
    expect(personal.lists).not.toEqual(plain.lists);
  });

  test.each<[string, Asked]>([
    ['clojurewerkz/elastisch#114', lines(`{}\n${JACKETS}\n{}\n${BOOTS}`)],
    ['appbaseio-apps/reactivesearch-proxy-server#4', lines(`{"index":"INDEX"}\n${JACKETS}`, '/_msearch')],
    ['elastic/elasticsearch#43469, cut off', lines(`{}\r\n${JACKETS}\r`)],
    ['searchbox-io/Jest#403', lines(`{}\n${spread('\n')}\n`)],
    ['searchbox-io/Jest#403, before another', lines(`{}\n${spread('\n')}\n{}\n${BOOTS}\n`)],
    ['searchbox-io/Jest#403, its header', lines(`{\n"index":"INDEX"\n}\n${JACKETS}\n`, '/_msearch')],
    ['a type in a header', lines(`{"index":"INDEX","type":"product"}\n${JACKETS}\n`, '/_msearch')],
    ['a body that goes on', { path: '/INDEX/_search', body: `${JACKETS} {}` }],
  ])('%s: refused in the words of the engine', async (_name, asked) => {
    const { said: _, ...straight } = await ask(shop.engineUrl, named(asked));
    expect(straight.status).toBe(400);
    for (const headers of [ON, OFF]) {
      const { said, ...answered } = await ask(shop.proxyUrl, named(asked), headers);
      expect(answered).toEqual(straight);
      expect(said).toMatch(/^skipped/);
    }
  });

  test.each<[string, Asked]>([
    ['//_count', { path: '//_count', body: '{"query":{"match":{"title":"jacket"}}}' }],
    ['//_search', { path: '//_search?filter_path=hits.total', body: JACKETS }],
    ['/INDEX//', { method: 'GET', path: '/INDEX//?filter_path=*.mappings' }],
    ['/INDEX/_doc/p100//', { method: 'GET', path: '/INDEX/_doc/p100//' }],
  ])('%s is read as the engine reads it', async (_name, asked) => {
    const straight = await ask(shop.engineUrl, named(asked));
    expect(straight.status).toBe(200);
    expect(await ask(shop.proxyUrl, named(asked), ON)).toEqual({
      ...straight,
      said: 'skipped; reason=unsupported',
    });
  });

  test.each<[string, Asked]>([
    ['cars10/elasticvue#69', { path: '//INDEX/_search', body: JACKETS }],
    ['a slash within', { path: '/INDEX//_search', body: JACKETS }],
    ['a type', { path: '/INDEX/product/_search', body: JACKETS }],
    ['a type of a document', { method: 'GET', path: '/INDEX/product/p100' }],
  ])('%s is refused, as by the engine', async (_name, asked) => {
    const answered = await ask(shop.proxyUrl, named(asked), ON);
    expect([(await ask(shop.engineUrl, named(asked))).status, answered.status]).toEqual([400, 404]);
    expect(JSON.parse(answered.text).error.type).toBe('not_served');
  });

  // elastic/elasticsearch#92032: what comes behind the answer to a HEAD is read as the beginning of the next one.
  test.each([
    '/INDEX',
    '/INDEX-none',
    '/INDEX?pretty',
    '/INDEX/_doc/p100',
    '/INDEX/_doc/none',
    '/INDEX/_search',
  ])('HEAD %s, then another request on the same connection', async (path) => {
    const head = await fetch(shop.engineUrl + inShop(path), { method: 'HEAD' });
    const url = new URL(shop.proxyUrl);
    const socket = connect(Number(url.port), url.hostname);
    const count = `GET ${inShop('/INDEX/_count')} HTTP/1.1\r\nHost: shop\r\nX-Kindred-Key: ${SERVER_KEY}\r\n`;
    socket.write(`${count.replace('GET', 'HEAD').replace(inShop('/INDEX/_count'), inShop(path))}\r\n`);
    socket.write(`${count}Connection: close\r\n\r\n`);
    let received = '';
    for await (const bytes of socket) received += bytes;
    const [first, second, ...others] = received.split('\r\n\r\nHTTP/1.1 ').map((one) => `${one}`);
    const [status, body] = [first?.split(' ')[1], second?.split('\r\n\r\n')[1]];
    expect(others).toEqual([]);
    // A HEAD of a search is nothing that is served: 404 there, 405 of the engine.
    expect(status).toBe(String(path.endsWith('_search') ? 404 : head.status));
    expect(second).toMatch(/^200 /);
    expect(JSON.parse(body ?? '')).toMatchObject({ count: 60 });
  });

  // elastic/elasticsearch#19834: curl and PHP send the body of a larger request when they were asked for it.
  test.each(['/INDEX/_search', '/INDEX/_msearch', '/INDEX/_count'])(
    'a body for %s that waits for "100 Continue" is asked for',
    async (path) => {
      const body = path.endsWith('_msearch')
        ? `{}\n${JACKETS}\n`
        : path.endsWith('_count')
          ? '{"query":{"match_all":{}}}'
          : JACKETS;
      const connection = await openConnection(shop.proxyUrl);
      const head = [
        `POST ${inShop(path)} HTTP/1.1`,
        `X-Kindred-Key: ${SERVER_KEY}`,
        `X-User-Id: ${SHOPPER.user}`,
        'Content-Type: application/json',
        'Expect: 100-continue',
        `Content-Length: ${body.length}`,
      ];
      expect((await connection.ask(head)).status).toBe(100);
      const answer = await connection.send(body);
      expect([answer.status, answer.body.length > 0]).toEqual([200, true]);
      // The connection lives on, also where the body came without being asked for.
      expect((await connection.ask(head.slice(0, 4).concat(head.slice(5)), body)).status).toBe(200);
      connection.end();
    },
  );
});

/** A search in lines of its own. */
function spread(lineEnd: string): string {
  return JSON.stringify(JSON.parse(JACKETS), null, 2).replaceAll('\n', lineEnd);
}

/** On a busy machine a profile may be read too late. */
async function untilRead<T extends { said: string | null }>(request: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const answered = await request();
    if (tries === 20 || !answered.said?.endsWith('profile-timeout')) return answered;
  }
}
