// Requests gone wrong on one kept connection: an engine-shaped error each, and the next search is served.
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { EngineKind } from '../../src/core/engine-kind.js';
import { KEY, proxyOnStub, TRUSTED } from './support/proxy-on-stub.js';
import { rawRequest, rawSocket } from './support/raw-socket.js';

const stub = proxyOnStub();
const { listen, seen } = stub;
const LIMIT = 10 * 1024 * 1024;
const LARGE = Buffer.alloc(20_000_000, ' ');
const JSON_TYPE = { 'content-type': 'application/json' };

/** The same bytes without saying how many: in chunks. */
function chunked(target: string, headers: Record<string, string>, bytes: Buffer): Buffer {
  const head = rawRequest('POST', target, { ...headers, 'transfer-encoding': 'chunked' });
  const size = Buffer.from(`${bytes.length.toString(16)}\r\n`);
  return Buffer.concat([head, size, bytes, Buffer.from('\r\n0\r\n\r\n')]);
}

const post = (target: string, headers: Record<string, string>, body: string | Buffer) =>
  rawRequest('POST', target, headers, body);

const WRONG: readonly (readonly [what: string, status: number, type: string, sent: Buffer])[] = [
  ['an index that is not served', 404, 'index_not_served', post('/other/_search', JSON_TYPE, '{}')],
  ['a path that is not', 404, 'index_not_served', rawRequest('GET', '/products/_count')],
  ['20 MB', 413, 'body_too_large', post('/products/_search', TRUSTED, LARGE)],
  ['20 MB in chunks', 413, 'body_too_large', chunked('/products/_search', TRUSTED, LARGE)],
  [
    '20 MB of events’ worth under a wrong key',
    401,
    'wrong_key',
    post('/products/_search', { ...TRUSTED, 'x-kindred-key': 'wrong_key' }, LARGE),
  ],
  [
    '20 MB of zeros, compressed',
    413,
    'body_too_large',
    post('/products/_search', { ...TRUSTED, 'content-encoding': 'gzip' }, gzipSync(LARGE)),
  ],
  [
    'invalid gzip',
    400,
    'malformed_encoding',
    post('/products/_search', { ...TRUSTED, 'content-encoding': 'gzip' }, 'nothing'),
  ],
  [
    'cut off gzip',
    400,
    'malformed_encoding',
    post('/products/_search', { ...TRUSTED, 'content-encoding': 'gzip' }, gzipSync(LARGE).subarray(0, 500)),
  ],
  [
    'brotli',
    415,
    'unsupported_encoding',
    post('/products/_search', { ...TRUSTED, 'content-encoding': 'br' }, 'x'),
  ],
  [
    'YAML to the public',
    415,
    'unsupported_media_type',
    post('/products/_search', { 'content-type': 'application/yaml' }, 'a: 1'),
  ],
  [
    'a malformed wish',
    400,
    'invalid_directive',
    rawRequest('GET', '/products/_search?kindred_impact=lots', TRUSTED),
  ],
  [
    'a malformed wish in a body',
    400,
    'invalid_directive',
    post('/products/_search', TRUSTED, '{"ext":{"kindred":{"impact":"lots"}}}'),
  ],
  ['a public search in the URL', 400, 'body_in_url', rawRequest('GET', '/products/_search?source=%7B%7D')],
];

describe.each<[EngineKind, string | undefined]>([
  ['elasticsearch', 'Elasticsearch'],
  ['opensearch', undefined],
])('for clients of %s', (engine, product) => {
  test('every refusal is readable, and the connection lives on', async () => {
    const port = await listen({ engine, maxBodyBytes: LIMIT });
    const socket = await rawSocket(port);
    for (const [what, status, type, sent] of WRONG) {
      seen.length = 0;
      const writing = socket.write(sent);
      const answer = await socket.answer();
      await writing;
      expect([what, answer.status, answer.headers['content-type']]).toEqual([
        what,
        status,
        'application/json',
      ]);
      expect(answer.headers['x-elastic-product']).toBe(product);
      const { error, ...rest } = JSON.parse(answer.body);
      expect(error).toEqual({ type, reason: error.reason, root_cause: [{ type, reason: error.reason }] });
      expect(rest).toEqual({ status });
      expect(seen).toEqual([]);
      await socket.write(post('/products/_search', TRUSTED, '{"size":3}'));
      const next = await socket.answer();
      expect([what, next.status, next.headers['x-personalization']?.slice(0, 7)]).toEqual([
        what,
        200,
        'applied',
      ]);
    }
    socket.destroy();
  });
});

test('an engine that is not there, and one that says no, leave the connection of use too', async () => {
  const socket = await rawSocket(await listen());
  stub.answerWith = ({ url }, response) =>
    url.includes('dead') ? void response.destroy() : { status: 400, body: '{"error":"yours"}' };
  for (const [target, status] of [
    ['/products/_search?dead', 503],
    ['/products/_search', 400],
    ['/products/_search?dead', 503],
  ] as const) {
    await socket.write(post(target, TRUSTED, '{"size":3}'));
    expect((await socket.answer()).status).toBe(status);
  }
  stub.answerWith = () => ({ body: '{"fine":true}' });
  await socket.write(post('/products/_search', TRUSTED, '{"size":3}'));
  expect((await socket.answer()).body).toContain('{"fine":true}');
  socket.destroy();
});

describe('framing that two servers could read differently', () => {
  const smuggled = `GET /kindred-settings/_search HTTP/1.1\r\nhost: x\r\nx-kindred-key: ${KEY}\r\n\r\n`;
  const head = `POST /products/_search HTTP/1.1\r\nhost: x\r\nx-kindred-key: ${KEY}\r\ncontent-type: application/json\r\n`;
  test.each([
    ['a length and chunks', 'content-length: 4\r\ntransfer-encoding: chunked\r\n'],
    ['chunks and a length', 'transfer-encoding: chunked\r\ncontent-length: 4\r\n'],
    ['two lengths', 'content-length: 0\r\ncontent-length: 4\r\n'],
    ['the same length twice', 'content-length: 2\r\ncontent-length: 2\r\n'],
    ['an encoding nobody knows', 'transfer-encoding: xchunked\r\n'],
    ['chunked, then something else', 'transfer-encoding: chunked, identity\r\n'],
    ['a space before the colon', 'content-length : 2\r\n'],
    ['a sign', 'content-length: +2\r\n'],
    ['a folded line', 'content-length:\r\n 2\r\n'],
    ['a bare line feed', 'content-length: 2\n'],
    ['a bare carriage return', 'content-length: 2\rx: y\r\n'],
  ])('%s: 400, closed, and the engine sees nothing', async (_, framing) => {
    const socket = await rawSocket(await listen());
    await socket.write(`${head}${framing}\r\n{}\r\n0\r\n\r\n${smuggled}`);
    expect(await socket.closed()).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nconnection: close\r\n\r\n$/i);
    expect(seen).toEqual([]);
  });
});
