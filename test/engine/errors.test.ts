// What is wrong with a search, in the engine's own words: the same answer as asked directly, on one kept connection.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EngineClient } from '../../src/engine/client/client.js';
import { createUpstream, type Upstream } from '../../src/engine/upstream.js';
import { connectTest, engines, uniqueIndex } from '../helpers/engines.js';
import { onEngine } from '../helpers/on-engine.js';
import { active, proxyOnStub, TRUSTED } from '../search/support/proxy-on-stub.js';
import { type RawSocket, rawRequest, rawSocket } from '../search/support/raw-socket.js';

const stub = proxyOnStub();

describe.each(engines())('$kind', ({ kind, url }) => {
  const index = uniqueIndex('errors');
  let engine: EngineClient;
  let upstream: Upstream;
  let socket: RawSocket;

  beforeAll(async () => {
    engine = await connectTest(kind);
    const properties = { brand: { type: 'keyword' } };
    const settings = { number_of_shards: 1, number_of_replicas: 0 };
    await engine.createIndex(index, { settings, mappings: { properties } });
    await engine.bulk(index, [{ action: 'index', id: '1', document: { brand: 'bolt' } }], { refresh: true });
    upstream = createUpstream({ url });
    socket = await rawSocket(await stub.listen(onEngine(kind, upstream, index, active)));
  });
  afterAll(async () => {
    socket.destroy();
    await engine.deleteIndex(index);
    await upstream.close();
    await engine.close();
  });

  /** Without what differs from one answer to the next. */
  const comparable = (body: string) => body.replaceAll(/"took":\d+/g, '');

  test.each([
    ['an unknown index', 'POST', '/INDEX-none/_search', '{}'],
    ['malformed', 'POST', '/INDEX/_search', '{"query":{"match_all":{}},}'],
    ['truncated', 'POST', '/INDEX/_search', '{"query":{"match'],
    ['a key twice', 'POST', '/INDEX/_search', '{"size":1,"size":2}'],
    ['no JSON', 'POST', '/INDEX/_search', 'query'],
    ['not UTF-8', 'POST', '/INDEX/_search', Buffer.from('{"query":{"term":{"brand":"\xff"}}}', 'latin1')],
    ['an unknown query', 'POST', '/INDEX/_search', '{"query":{"nothing":{}}}'],
    ['an unknown member', 'POST', '/INDEX/_search', '{"nothing":1}'],
    ['an unknown parameter', 'POST', '/INDEX/_search?nothing=1', '{}'],
    ['too deep a page', 'POST', '/INDEX/_search', '{"from":10000}'],
    ['a script that fails', 'POST', '/INDEX/_search', '{"sort":{"_script":{"type":"number","script":"x"}}}'],
    ['half an NDJSON', 'POST', '/INDEX/_msearch', '{}\n{"size":1}\n{}\n{"si'],
    ['no last line feed', 'POST', '/INDEX/_msearch', '{}\n{"size":1}'],
    ['a header alone', 'POST', '/INDEX/_msearch', '{}\n'],
    ['a malformed header', 'POST', '/_msearch', '{"index":\n{}\n'],
    ['an unknown key in a header', 'POST', '/_msearch', '{"index":"INDEX","nothing":1}\n{}\n'],
    ['one search of two malformed', 'POST', '/INDEX/_msearch', '{}\n{"size":1}\n{}\n{"size":}\n'],
    ['nothing to search', 'POST', '/_msearch', ''],
    ['a scroll that is gone', 'POST', '/_search/scroll', '{"scroll_id":"gone"}'],
    ['a document that is not there', 'GET', '/INDEX/_doc/none', undefined],
    ['the same, by its head', 'HEAD', '/INDEX/_doc/none', undefined],
    ['filtered', 'POST', '/INDEX/_search?filter_path=error.type', '{"query":{"nothing":{}}}'],
    ['with its trace', 'POST', '/INDEX/_search?error_trace=true&filter_path=error.type', '{"nothing":1}'],
  ])('%s', async (_, method, path, body) => {
    const named = (text: string) => text.replaceAll('INDEX', index);
    const bytes = typeof body === 'string' ? named(body) : body;
    const headers = { 'content-type': 'application/json' };
    const direct = await fetch(url + named(path), {
      method,
      headers,
      ...(bytes !== undefined && { body: bytes }),
    });
    await socket.write(rawRequest(method, named(path), TRUSTED, bytes));
    const answer = await socket.answer(method);
    expect([answer.status, comparable(answer.body)]).toEqual([
      direct.status,
      comparable(await direct.text()),
    ]);
    expect(answer.headers['x-elastic-product']).toBe(direct.headers.get('x-elastic-product') ?? undefined);
    expect(answer.headers['content-type']).toBe(direct.headers.get('content-type'));
    await socket.write(rawRequest('POST', `/${index}/_search`, TRUSTED, '{"size":1}'));
    const next = await socket.answer();
    expect([next.status, next.headers['x-personalization']?.slice(0, 7)]).toEqual([200, 'applied']);
  });
});
