// The hot path's upstream against scripted servers: exact bytes out, streamed bytes back, faults named.
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from '@jest/globals';
import { connectEngine } from '../../src/engine/client/connect-engine.js';
import { createUpstream, type ResponseHead } from '../../src/engine/upstream.js';
import { pause, until } from '../helpers/eventually.js';

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const echo: RequestListener = async (request, response) => {
  response.setHeader('x-elastic-product', 'Elasticsearch');
  response.end(
    JSON.stringify({
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: await text(request),
    }),
  );
};

describe('createUpstream', () => {
  test.each([
    '/products%2Cbrands/_search?q=a%20b&x=%2F..%2F',
    '/a/../b//_search',
    '/%3Clogs-%7Bnow%2Fd%7D%3E/_search',
    '//evil.example/_search',
  ])('sends the path %s byte for byte', async (path) => {
    const upstream = createUpstream({ url: await serve(echo) });
    const answer = await upstream.request({ method: 'GET', path });
    expect(JSON.parse(await text(answer.body))).toMatchObject({ url: path, method: 'GET' });
    await upstream.close();
  });

  test('keeps a base path, adds its own credential in place of any other, forwards headers and body', async () => {
    const url = `${(await serve(echo)).replace('http://', 'http://reader:p%40ss@')}/search/`;
    const upstream = createUpstream({ url });
    const answer = await upstream.request({
      method: 'POST',
      path: '/products/_search',
      headers: { authorization: 'Bearer user-token', 'content-type': 'application/json', 'x-opaque-id': '7' },
      body: Buffer.from('{"n":9007199254740993}'),
    });
    expect(answer.status).toBe(200);
    expect(answer.headers['x-elastic-product']).toBe('Elasticsearch');
    expect(JSON.parse(await text(answer.body))).toMatchObject({
      url: '/search/products/_search',
      body: '{"n":9007199254740993}',
      headers: {
        authorization: `Basic ${Buffer.from('reader:p@ss').toString('base64')}`,
        'content-type': 'application/json',
        'x-opaque-id': '7',
      },
    });
    await upstream.close();
  });

  test('streams: the first bytes are here before the last were sent', async () => {
    let finish = () => {};
    const url = await serve((_request, response) => {
      response.write('first ');
      finish = () => response.end('last');
    });
    const upstream = createUpstream({ url });
    const { body } = await upstream.request({ method: 'POST', path: '/', body: 'x' });
    const chunks: string[] = [];
    for await (const chunk of body) {
      chunks.push(String(chunk));
      if (chunks.length === 1) finish();
    }
    expect(chunks).toEqual(['first ', 'last']);
    await upstream.close();
  });

  test('a path that is none is refused before anything is sent', async () => {
    let asked = 0;
    const url = await serve(() => {
      asked += 1;
    });
    const upstream = createUpstream({ url });
    for (const path of ['http://evil.example/', 'products', '', '/a b', '/a\r\nx: y'])
      await expect(upstream.request({ method: 'GET', path })).rejects.toMatchObject({ code: 'invalid-path' });
    expect(asked).toBe(0);
    await upstream.close();
  });
});

describe('send', () => {
  const collect = () => {
    const taken = { head: {} as ResponseHead, bytes: '', ended: false };
    const onAnswer = (head: ResponseHead) => {
      taken.head = head;
      return {
        data: (chunk: Buffer) => {
          taken.bytes += chunk;
          return true;
        },
        end: () => {
          taken.ended = true;
        },
      };
    };
    return { taken, onAnswer };
  };

  test('sends what `request` sends, and hands the answer on as it comes', async () => {
    const upstream = createUpstream({ url: (await serve(echo)).replace('http://', 'http://reader:pass@') });
    const { taken, onAnswer } = collect();
    const headers = { authorization: 'Bearer user-token', 'x-opaque-id': '7' };
    const body = Buffer.from('{"n":9007199254740993}');
    await upstream.send({ method: 'POST', path: '/a/../b//_search', headers, body }, onAnswer).done;
    expect(taken.head).toMatchObject({ status: 200, headers: { 'x-elastic-product': 'Elasticsearch' } });
    expect([JSON.parse(taken.bytes), taken.ended]).toMatchObject([
      {
        url: '/a/../b//_search',
        body: '{"n":9007199254740993}',
        headers: {
          authorization: `Basic ${Buffer.from('reader:pass').toString('base64')}`,
          'x-opaque-id': '7',
        },
      },
      true,
    ]);
    await upstream.close();
  });

  test('waits where no more is taken, and skips what comes before the answer', async () => {
    const url = await serve((_request, response) => {
      response.writeProcessing();
      response.writeEarlyHints({ link: '</a>; rel=preload' });
      response.write('first ');
      setTimeout(() => response.end('last'), 50);
    });
    const upstream = createUpstream({ url });
    const seen: string[] = [];
    let resume = () => {};
    const call = upstream.send({ method: 'GET', path: '/' }, ({ status }) => {
      seen.push(`${status}`);
      return {
        data(chunk, go) {
          seen.push(String(chunk));
          resume = go;
          return false;
        },
        end: () => seen.push('end'),
      };
    });
    await until(() => seen.length >= 2);
    await pause(200);
    expect(seen).toEqual(['200', 'first ']);
    resume();
    await until(() => seen.length >= 3);
    await pause(50);
    expect(seen).toEqual(['200', 'first ', 'last']);
    resume();
    await call.done;
    expect(seen.at(-1)).toBe('end');
    await upstream.close();
  });

  test('rejects with what is wrong: a path that is none, nobody there, given up before it went out', async () => {
    const upstream = createUpstream({ url: 'http://127.0.0.1:9' });
    const { taken, onAnswer } = collect();
    for (const path of ['products', '/a b', '/a\r\nx: y'])
      await expect(upstream.send({ method: 'GET', path }, onAnswer).done).rejects.toMatchObject({
        code: 'invalid-path',
      });
    await expect(upstream.send({ method: 'GET', path: '/' }, onAnswer).done).rejects.toMatchObject({
      code: 'engine-unreachable',
    });
    await upstream.close();
    let asked = 0;
    const slow = createUpstream({
      url: await serve(() => {
        asked += 1;
      }),
    });
    const call = slow.send({ method: 'GET', path: '/' }, onAnswer);
    call.abort();
    await expect(call.done).rejects.toMatchObject({ code: 'engine-unreachable' });
    expect([asked, taken.head]).toEqual([0, {}]);
    await slow.close();
  });
});

describe('connectEngine', () => {
  test('names an engine that is not there, without the credential, and what to do', async () => {
    const url = await serve(echo);
    servers.splice(0).map((server) => server.close());
    const error = await connectEngine({ url: url.replace('http://', 'http://me:secret@') }).catch((e) => e);
    expect(error).toMatchObject({ code: 'engine-unreachable', status: 503 });
    expect(error.message).toBe(
      `The engine at ${url} cannot be reached (nothing listens there): start it, or correct ELASTICSEARCH_URL.`,
    );
  });

  test.each([
    ['a host nobody knows', 'http://no-such-host.invalid:9200', 'engine-unreachable'],
    ['no URL at all', 'localhost:9200', 'engine-url'],
    ['another protocol', 'file:///etc/passwd', 'engine-url'],
  ])('refuses %s', async (_name, url, code) => {
    await expect(connectEngine({ url })).rejects.toMatchObject({ code });
  });

  test.each([
    [401, '{}', 'engine-credentials', /refused the credentials \(401\): check ELASTICSEARCH_API_KEY/],
    [200, '<html>', 'engine-unknown', /neither Elasticsearch nor OpenSearch/],
    [200, '{"version":{"number":"7.17.9"}}', 'engine-version', /elasticsearch 7\.17\.9; 8 is the oldest/],
  ])('explains an answer of %i %s', async (status, body, code, message) => {
    const url = await serve((_request, response) => response.writeHead(status).end(body));
    const address = { url, username: 'me', password: 'secret' };
    const error = await connectEngine(address).catch((e) => e);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(error.message).not.toContain('secret');
  });

  test.each([
    ['8.19.0', 'application/vnd.elasticsearch+json; compatible-with=8'],
    ['9.2.0', 'application/vnd.elasticsearch+json; compatible-with=9'],
  ])('asks an Elasticsearch %s for %s, with the credential on every request', async (number, type) => {
    const seen: unknown[] = [];
    const url = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.setHeader('x-elastic-product', 'Elasticsearch').setHeader('content-type', 'application/json');
      response.end(
        request.url === '/' ? `{"version":{"number":"${number}"}}` : JSON.stringify(request.headers),
      );
    });
    const engine = await connectEngine({ url, apiKey: 'a2V5' });
    const { body } = await engine.request({ method: 'POST', path: '/_search', body: {} });
    expect(body).toMatchObject({ accept: type, 'content-type': type });
    expect(seen).toEqual(['ApiKey a2V5', 'ApiKey a2V5']);
    await engine.close();
  });

  test('a client survives an engine that was away', async () => {
    const listener: RequestListener = (request, response) => {
      response.setHeader('x-elastic-product', 'Elasticsearch').setHeader('content-type', 'application/json');
      response.end(request.url === '/' ? '{"version":{"number":"9.2.0"}}' : '{"count":3}');
    };
    const url = await serve(listener);
    const engine = await connectEngine({ url });
    const [server] = servers.splice(0);
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
    await expect(engine.count('products')).rejects.toMatchObject({ code: 'engine-unreachable' });
    const again = createServer(listener).listen(Number(new URL(url).port), '127.0.0.1');
    servers.push(again);
    await once(again, 'listening');
    expect(await engine.count('products')).toBe(3);
    await engine.close();
  });
});
