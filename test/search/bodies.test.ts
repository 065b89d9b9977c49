// However a body arrives, compressed, in the URL or under another name, it is judged and forwarded as plain JSON.
import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { proxyOnStub, TRUSTED } from './support/proxy-on-stub.js';

const stub = proxyOnStub();
const { agent, seen } = stub;

const SEARCH = '{"query":{"match":{"title":"é"}},"size":3}';

function send(bytes: Buffer, headers: Record<string, string>, path = '/products/_search') {
  return agent()
    .post(path)
    .set(headers)
    .serialize((body) => body)
    .send(bytes);
}

describe('compressed', () => {
  test.each([
    ['gzip', gzipSync(SEARCH)],
    ['X-Gzip', gzipSync(SEARCH)],
    ['deflate', deflateSync(SEARCH)],
    ['identity', Buffer.from(SEARCH)],
    ['', Buffer.from(SEARCH)],
  ])('%s is personalized and goes on uncompressed', async (encoding, bytes) => {
    const answer = await send(bytes, { ...TRUSTED, 'content-encoding': encoding });
    expect(answer.headers['x-personalization']).toMatch(/^applied/);
    expect(seen[0]?.body).toContain(SEARCH.slice(1));
    expect(seen[0]?.headers['content-encoding']).toBeUndefined();
    expect(seen[0]?.headers['content-length']).toBe(String(seen[0]?.bytes.length));
  });

  test('a public one is judged by what is in it', async () => {
    const json = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const answer = await send(gzipSync('{"ext":{"kindred":{"user_id":"u1"}}}'), json);
    expect(answer.headers['x-personalization']).toBe('skipped; reason=no-identity');
    expect(seen[0]?.body).toBe('{}');
    const other = await send(gzipSync('{"index":"kindred-settings"}\n{}\n'), json, '/products/_msearch');
    expect(other.status).toBe(404);
    expect(seen).toHaveLength(1);
  });

  test('as many searches as one request may hold, and one more', async () => {
    const lines = (count: number) => gzipSync('{}\n{}\n'.repeat(count));
    const headers = { ...TRUSTED, 'content-encoding': 'gzip' };
    const most = await send(lines(1_000), headers, '/products/_msearch');
    expect(most.headers['x-personalization']).toBe('applied; items=1000/1000');
    seen.length = 0;
    for (const path of ['/products/_msearch', '/products/_msearch/template']) {
      const answer = await send(lines(1_001), headers, path);
      expect([answer.status, answer.body.error.type]).toEqual([400, 'too_many_searches']);
    }
    expect(seen).toEqual([]);
  });

  test('multi-searches too', async () => {
    const lines = Buffer.from(`{"index":"products"}\n${SEARCH}\n`);
    const headers = { ...TRUSTED, 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' };
    const answer = await send(gzipSync(lines), headers, '/_msearch');
    expect(answer.headers['x-personalization']).toBe('applied; items=1/1');
  });

  const packed = gzipSync(SEARCH);
  test.each<[string, number, string, string, Buffer]>([
    ['cut off', 400, 'malformed_encoding', 'gzip', packed.subarray(0, 20)],
    ['no gzip', 400, 'malformed_encoding', 'gzip', Buffer.from(SEARCH)],
    ['followed by something else', 400, 'malformed_encoding', 'gzip', Buffer.concat([packed, Buffer.of(1)])],
    ['compressed twice', 415, 'unsupported_encoding', 'gzip, gzip', gzipSync(packed)],
    ['in brotli', 415, 'unsupported_encoding', 'br', packed],
    ['in zstd', 415, 'unsupported_encoding', 'zstd', packed],
  ])('%s: %i %s, and the engine is not asked', async (_, status, type, encoding, bytes) => {
    for (const headers of [TRUSTED, { 'content-type': 'application/json' }]) {
      const answer = await send(bytes, { ...headers, 'content-encoding': encoding });
      expect(answer.body).toMatchObject({ status, error: { type, root_cause: [{ type }] } });
      expect(answer.status).toBe(status);
    }
    expect(seen).toEqual([]);
  });

  test('a small body that is huge inside is refused without being inflated', async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000));
    const proxy = agent({ maxBodyBytes: 200_000 });
    const before = process.memoryUsage().rss;
    const answer = await proxy
      .post('/products/_search')
      .set({ ...TRUSTED, 'content-encoding': 'gzip' })
      .serialize((body) => body)
      .send(bomb);
    expect([bomb.length < 200_000, answer.status, answer.body.error.type]).toEqual([
      true,
      413,
      'body_too_large',
    ]);
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
    expect(seen).toEqual([]);
  });

  test('what is passed on is inflated too, so that it can be judged', async () => {
    const answer = await send(packed, { ...TRUSTED, 'content-encoding': 'gzip' }, '/products/_count');
    expect(answer.headers['x-personalization']).toBe('skipped; reason=unsupported');
    expect(seen[0]?.body).toBe(SEARCH);
    expect(seen[0]?.headers['content-encoding']).toBeUndefined();
  });

  test.each(['_search', '_count'])('what is not read here goes to %s as it came', async (end) => {
    const headers = { ...TRUSTED, 'content-type': 'application/cbor', 'content-encoding': 'gzip' };
    const answer = await send(packed, headers, `/products/${end}`);
    expect(answer.headers['x-personalization']).toBe('skipped; reason=unsupported');
    expect(seen[0]?.bytes).toEqual(packed);
    expect(seen[0]?.headers['content-encoding']).toBe('gzip');
  });
});

describe('in the URL', () => {
  const url = (parameters: Record<string, string>, more = '') =>
    `/products/_search?${new URLSearchParams(parameters)}${more}`;
  const inUrl = { source: SEARCH, source_content_type: 'application/json' };

  test('becomes the body and is personalized; the other parameters stay as they are', async () => {
    const { 'content-type': _, ...trusted } = TRUSTED;
    const answer = await agent().get(url(inUrl, '&pretty&routing=a%20b')).set(trusted);
    expect(answer.headers['x-personalization']).toMatch(/^applied/);
    expect(seen[0]).toMatchObject({ method: 'GET', url: '/products/_search?pretty&routing=a%20b' });
    expect(seen[0]?.body).toMatch(/^\{"rescore":/);
    expect(seen[0]?.body).toContain(SEARCH.slice(1));
    expect(seen[0]?.headers['content-type']).toBe('application/json');
  });

  test('it may stand between semicolons', async () => {
    await agent().get(url(inUrl, ';pretty').replace('&', ';')).set(TRUSTED);
    expect(seen[0]?.url).toBe('/products/_search?pretty');
    expect(seen[0]?.body).toContain(SEARCH.slice(1));
  });

  test('the lines of a multi-search too', async () => {
    const source = `{"index":"products"}\n${SEARCH}\n`;
    const parameters = new URLSearchParams({ source, source_content_type: 'application/x-ndjson' });
    const answer = await agent().get(`/_msearch?${parameters}`).set(TRUSTED);
    expect(answer.headers['x-personalization']).toBe('applied; items=1/1');
    expect(seen[0]?.url).toBe('/_msearch');
  });

  test.each([
    ['beside a body', url(inUrl), SEARCH],
    ['without its type', url({ source: SEARCH }), ''],
    ['in YAML', url({ source: SEARCH, source_content_type: 'application/yaml' }), ''],
    ['twice', url(inUrl, '&source=%7B%7D'), ''],
    ['badly encoded', url({ source_content_type: 'application/json' }, '&source=%7B%7'), ''],
  ])('%s it stays where it is, for the engine to judge', async (_, path, body) => {
    const answer = await agent().post(path).set(TRUSTED).send(body);
    expect(answer.headers['x-personalization']).toBe('skipped; reason=unsupported');
    expect([seen[0]?.url, seen[0]?.body]).toEqual([path, body]);
  });

  test.each(['source', 'sour%63e', 'a=b;source'])('%s is refused to the public', async (name) => {
    for (const path of ['/products/_search', '/products/_msearch', '/_msearch']) {
      const answer = await agent().get(`${path}?${name}=%7B%7D&source_content_type=application/json`);
      expect([answer.status, answer.body.error?.type]).toEqual([400, 'body_in_url']);
    }
    expect(seen).toEqual([]);
  });
});

describe('under other names', () => {
  test.each([
    ['application/vnd.elasticsearch+json; compatible-with=9', '/products/_search', SEARCH],
    ['application/vnd.elasticsearch+json;compatible-with=8', '/products/_search', SEARCH],
    ['application/json; charset=utf-8', '/products/_search', SEARCH],
    ['application/vnd.elasticsearch+x-ndjson; compatible-with=9', '/products/_msearch', `{}\n${SEARCH}\n`],
    ['application/x-ndjson', '/products/_msearch', `{}\n${SEARCH}\n`],
    ['application/json', '/products/_msearch', `{}\n${SEARCH}\n`],
  ])('%s at %s is JSON, or lines of it', async (type, path, body) => {
    const answer = await send(Buffer.from(body), { ...TRUSTED, 'content-type': type }, path);
    expect(answer.headers['x-personalization']).toMatch(/^applied/);
    expect(seen[0]?.headers['content-type']).toBe(type);
    const open = await send(Buffer.from(body), { 'content-type': type }, path);
    expect(open.status).toBe(200);
  });

  test.each([
    'application/cbor',
    'application/smile',
    'application/yaml',
    'application/vnd.elasticsearch+cbor',
  ])('%s goes through for trusted callers alone', async (type) => {
    for (const [path, body] of [
      ['/products/_search', SEARCH],
      ['/_msearch', `{"index":"products"}\n${SEARCH}\n`],
    ] as const) {
      seen.length = 0;
      const answer = await send(Buffer.from(body), { ...TRUSTED, 'content-type': type }, path);
      expect(answer.headers['x-personalization']).toBe('skipped; reason=unsupported');
      expect(seen.map((each) => each.body)).toEqual([body]);
      const refused = await send(Buffer.from(body), { 'content-type': type }, '/products/_search');
      expect([refused.status, refused.body.error.type]).toEqual([415, 'unsupported_media_type']);
      expect(seen).toHaveLength(1);
    }
  });
});
