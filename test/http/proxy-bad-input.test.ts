// What no client should send, over real connections to the whole proxy: one clear answer each, and the next is served.
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openConnection, type RawAnswer } from '../engine/differential/raw-connection.js';
import { RICH } from '../engine/differential/shopper.js';
import { createWorld, KEY, type World } from '../engine/differential/world.js';
import { engines } from '../helpers/engines.js';

const MIB = 1024 * 1024;
const JSON_TYPE = 'Content-Type: application/json';
const NDJSON_TYPE = 'Content-Type: application/x-ndjson';
const GZIP = 'Content-Encoding: gzip';
const GOOD = '{"query":{"match":{"title":"fresh"}},"size":1}';
const nested = (depth: number) => `{"query":${'{"bool":{"must":['.repeat(depth)}{}${']}}'.repeat(depth)}}`;
const terms = (count: number) =>
  `{"query":{"terms":{"brand":[${Array.from({ length: count }, (_, i) => `"b${i}"`)}]}}}`;
const spaces = (bytes: number) => `{"query":{"match_all":{}}${' '.repeat(bytes)}}`;
const oneChunk = (body: string) => `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

interface Bad {
  readonly path?: string;
  readonly head?: readonly string[];
  readonly body?: string | Uint8Array;
  readonly status: number | readonly number[];
  /** answered by the proxy itself: the engine is not asked, or would say it otherwise */
  readonly own?: string;
}

const SEARCH = '/@index@/_search';
const MULTI = '/@index@/_msearch';
const header = '{"index":"@index@"}';

const BAD: Readonly<Record<string, Bad>> = {
  'an unknown index': { path: '/missing-@index@/_search', body: GOOD, status: 404 },
  'half a body': { body: GOOD.slice(0, 20), status: 400 },
  'a body that is no object': { body: '[1,2]', status: 400 },
  'plain text': { body: 'fresh milk', status: 400 },
  'two bodies': { body: GOOD + GOOD, status: [200, 400] },
  'a key twice': { body: '{"size":1,"size":2}', status: 400 },
  'a key twice, further inside': { body: '{"query":{"match":{"title":"a","title":"b"}}}', status: 400 },
  'an unknown query': { body: '{"query":{"matches":{}}}', status: 400 },
  'invalid UTF-8': {
    body: Buffer.from([
      ...Buffer.from('{"query":{"match":{"title":"'),
      0xff,
      0xc3,
      0x28,
      ...Buffer.from('"}}}'),
    ]),
    status: [200, 400],
  },
  'null bytes': { body: '{"query":\0{"match_all":{}}}', status: 400 },
  'a null byte in the path': { path: '/a%00b/_search', body: GOOD, status: [400, 404] },
  'a path that cannot be decoded': { path: '/%E0%A4%A/_search', body: GOOD, status: [400, 405] },
  'queries 50 deep': { body: nested(50), status: 400, own: 'body_too_deep' },
  'queries 20,000 deep': { body: nested(20_000), status: 400, own: 'body_too_deep' },
  'arrays 100,000 deep': { body: `{"query":${'['.repeat(100_000)}`, status: 400, own: 'body_too_deep' },
  'queries 990 deep behind a comment': {
    body: nested(495).replace('{', '{/*"*/'),
    status: 400,
    own: 'body_too_deep',
  },
  'queries 990 deep in UTF-16, behind what has a quote in it': {
    body: Buffer.from(nested(495).replace('{', '{"∀":1,'), 'utf16le'),
    status: 400,
    own: 'body_too_deep',
  },
  'a count of what is 990 deep, compressed': {
    path: '/@index@/_count',
    head: [GZIP],
    body: gzipSync(nested(495)),
    status: 400,
    own: 'body_too_deep',
  },
  'a comment': { body: `/* " */ ${GOOD}`, status: 200 },
  'more terms than the engine takes': { body: terms(65_537), status: 400 },
  'a negative size': { body: '{"size":-1}', status: 400 },
  'an unknown parameter': { path: `${SEARCH}?unheard_of=1`, body: GOOD, status: 400 },
  'a body over the limit': { body: spaces(20 * MIB), status: 413, own: 'body_too_large' },
  'a body over the limit, in chunks': {
    head: ['Transfer-Encoding: chunked'],
    body: oneChunk(spaces(20 * MIB)),
    status: 413,
    own: 'body_too_large',
  },
  'what is no gzip': { head: [GZIP], body: GOOD, status: 400, own: 'malformed_encoding' },
  'noise as gzip': { head: [GZIP], body: randomBytes(500), status: 400, own: 'malformed_encoding' },
  'half a gzip': {
    head: [GZIP],
    body: gzipSync(spaces(5_000)).subarray(0, 30),
    status: 400,
    own: 'malformed_encoding',
  },
  'a small gzip of a large body': {
    head: [GZIP],
    body: gzipSync(spaces(20 * MIB)),
    status: 413,
    own: 'body_too_large',
  },
  'an encoding no engine has': {
    head: ['Content-Encoding: br'],
    body: GOOD,
    status: 415,
    own: 'unsupported_encoding',
  },
  'a wrong key': { head: ['X-Kindred-Key: guessed'], body: GOOD, status: 401, own: 'wrong_key' },
  'a wish that is none': { head: ['X-Kindred: louder'], body: GOOD, status: 400, own: 'invalid_directive' },
  'half an NDJSON': { path: MULTI, head: [NDJSON_TYPE], body: `${header}\n{"query":{"mat`, status: 400 },
  'an NDJSON without its last line feed': {
    path: MULTI,
    head: [NDJSON_TYPE],
    body: `${header}\n${GOOD}`,
    status: 400,
  },
  'a small gzip of many searches': {
    path: MULTI,
    head: [GZIP],
    body: gzipSync('{}\n{}\n'.repeat(1_700_000)),
    status: 400,
    own: 'too_many_searches',
  },
  'an NDJSON of empty lines': { path: MULTI, head: [NDJSON_TYPE], body: '\n\n\n', status: [200, 400] },
  'an NDJSON of no lines': { path: MULTI, head: [NDJSON_TYPE], body: '', status: 400 },
  'an NDJSON with a header that is none': {
    path: MULTI,
    head: [NDJSON_TYPE],
    body: `[]\n${GOOD}\n`,
    status: [200, 400],
  },
};

describe.each(engines())('$kind', (engine) => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld(engine);
  });
  afterAll(() => world.close());

  const named = (text: string) => text.replaceAll('@index@', world.index);

  /** Head and body of a request; `extra` headers come last, and of a key sent twice the last one stays. */
  function request(bad: Pick<Bad, 'path' | 'head' | 'body'>): [string[], string | Uint8Array] {
    const body = typeof bad.body === 'string' ? named(bad.body) : (bad.body ?? '');
    const given = bad.head ?? [];
    const has = (name: string) => given.some((line) => line.toLowerCase().startsWith(`${name}:`));
    return [
      [
        `POST ${named(bad.path ?? SEARCH)} HTTP/1.1`,
        ...given,
        ...(has('content-type') ? [] : [JSON_TYPE]),
        ...(has('transfer-encoding') ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]),
        ...(has('x-kindred-key') ? [] : [`X-Kindred-Key: ${KEY}`]),
        `X-User-Id: ${RICH}`,
      ],
      body,
    ];
  }

  /** Several requests, one after another on one connection. */
  async function ask(
    url: string,
    ...requests: readonly Pick<Bad, 'path' | 'head' | 'body'>[]
  ): Promise<RawAnswer[]> {
    const connection = await openConnection(url);
    try {
      const answers: RawAnswer[] = [];
      for (const each of requests) answers.push(await connection.ask(...request(each)));
      return answers;
    } finally {
      connection.end();
    }
  }

  test.each(Object.entries(BAD))('%s', async (_what, bad) => {
    world.complaints.length = 0;
    const [answer, next] = await ask(world.proxyUrl, bad, { body: GOOD });
    if (!answer || !next) throw new Error('no answer');
    expect([bad.status].flat()).toContain(answer.status);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.headers['x-elastic-product']).toBe(
      engine.kind === 'elasticsearch' ? 'Elasticsearch' : undefined,
    );
    if (answer.status !== 200) {
      const { error, status } = JSON.parse(answer.body);
      expect(status).toBe(answer.status);
      // OpenSearch says in a word what is wrong with a method.
      if (bad.own !== undefined || typeof error !== 'string')
        expect(error).toMatchObject({
          type: expect.any(String),
          reason: expect.any(String),
          root_cause: expect.any(Array),
        });
      if (bad.own !== undefined) expect(error.type).toBe(bad.own);
    }
    expect(next.status).toBe(200);
    expect(next.headers['x-personalization']).toMatch(/^applied/);
    if (bad.own === undefined) {
      const [direct] = await ask(engine.url, bad);
      const shown = (one: RawAnswer | undefined) => [
        one?.status,
        one?.body.replace(/"took":\d+/g, '"took":…'),
      ];
      expect(shown(answer)).toEqual(shown(direct));
    }
    expect(world.complaints).toEqual([]);
  });

  test('a body that ends before its length leaves nothing behind', async () => {
    world.complaints.length = 0;
    const connection = await openConnection(world.proxyUrl);
    const [head, body] = request({ body: GOOD });
    const longer = head.map((line) => line.replace(/^(Content-Length: )\d+$/, '$1500'));
    const cut = connection.ask(longer, body);
    setTimeout(() => connection.end(), 100);
    await expect(cut).rejects.toThrow('the connection ended, after 0 bytes');
    const [next] = await ask(world.proxyUrl, { body: GOOD });
    expect(next?.status).toBe(200);
    expect(world.complaints).toEqual([]);
  });

  test('as many terms as the engine takes are personalized', async () => {
    const [answer] = await ask(world.proxyUrl, { body: terms(60_000) });
    expect(answer?.status).toBe(200);
    expect(answer?.headers['x-personalization']).toMatch(/^applied/);
  });
});
