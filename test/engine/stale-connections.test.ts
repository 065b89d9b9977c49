// A connection that was closed just when the next request went out on it: a load balancer's, or a restarted engine's.
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createUpstream, type Upstream, type UpstreamRequest } from '../../src/engine/upstream.js';
import { engines } from '../helpers/engines.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const EMPTY = '{"size":0}';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/**
 * An upstream behind what answers so many requests of a connection, and resets it at the next.
 * @returns `heard`: how many requests came, on all connections
 */
async function behindResets(engineUrl: string, answered: number) {
  const { hostname, port } = new URL(engineUrl);
  let heard = 0;
  const server = createServer((caller) => {
    const engine = connect(Number(port), hostname);
    let left = answered;
    caller.on('data', (bytes) => {
      heard += 1;
      if (left === 0) caller.resetAndDestroy();
      else engine.write(bytes);
      left -= 1;
    });
    engine.on('data', (bytes) => caller.write(bytes));
    caller.on('close', () => engine.destroy());
    engine.on('close', () => caller.destroy());
    for (const side of [caller, engine]) side.on('error', () => side.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => new Promise((resolve) => server.close(resolve)));
  const upstream = createUpstream({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  open.push(() => upstream.close());
  return { upstream, heard: () => heard };
}

/** @returns the status, or the code of what went wrong */
async function ask(upstream: Upstream, request: UpstreamRequest): Promise<number | string> {
  let status = 0;
  const call = upstream.send(request, (head) => {
    status = head.status;
    return { data: () => true, end() {} };
  });
  return call.done.then(
    () => status,
    ({ code }) => code,
  );
}

describe.each(engines())('stale connections to $kind', ({ url }) => {
  test.each<[UpstreamRequest['method'], string, string | null]>([
    ['POST', '/_search', EMPTY],
    ['POST', '/_search?size=0', '{}'],
    ['POST', '//_search//?size=0', '{}'],
    ['POST', '/_msearch', `{}\n${EMPTY}\n`],
    ['GET', '/_count', null],
    ['GET', '/_cluster/health', null],
  ])('%s %s is answered all the same', async (method, path, body) => {
    const { upstream, heard } = await behindResets(url, 1);
    const request = { method, path, body, headers: body ? JSON_TYPE : {} };
    // More at once than one connection takes: all that are kept are gone when the second ones come.
    for (const _ of [1, 2, 3]) {
      const statuses = await Promise.all([1, 2, 3].map(() => ask(upstream, request)));
      expect(statuses).toEqual([200, 200, 200]);
    }
    expect(heard()).toBeGreaterThan(9);
  });

  test.each<[UpstreamRequest['method'], string]>([
    ['POST', '/_bulk'],
    ['POST', '/absent/_doc'],
    ['POST', '/absent/_doc/_search'],
    ['DELETE', '/_search/scroll'],
    ['GET', '/_search/scroll?scroll_id=x'],
    ['POST', '/_search/scroll'],
    ['GET', '//_search/scroll?scroll_id=x'],
  ])('%s %s is sent once: a second might do it twice', async (method, path) => {
    const { upstream, heard } = await behindResets(url, 0);
    const body = method === 'GET' ? null : '{}';
    expect(await ask(upstream, { method, path, body, headers: JSON_TYPE })).toBe('engine-unreachable');
    expect(heard()).toBe(1);
  });

  test('an engine that closes every connection is not asked for ever', async () => {
    const { upstream, heard } = await behindResets(url, 0);
    const search = { method: 'POST', path: '/_search', body: EMPTY, headers: JSON_TYPE } as const;
    expect(await ask(upstream, search)).toBe('engine-unreachable');
    expect(heard()).toBe(2);
  });
});

// elastic/elasticsearch#92032: Elasticsearch 8.4 wrote the end of a body behind the head.
test('what an engine writes behind the answer to a HEAD is not read as the next answer', async () => {
  const server = createServer((caller) => {
    caller.on('error', () => caller.destroy());
    caller.on('data', (bytes) => {
      const head = bytes.toString().startsWith('HEAD');
      const [status, rest] = head ? [404, 'transfer-encoding: chunked'] : [200, 'content-length: 2'];
      caller.write(`HTTP/1.1 ${status} X\r\n${rest}\r\n\r\n${head ? '0\r\n\r\n' : '{}'}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => new Promise((resolve) => server.close(resolve)));
  const upstream = createUpstream({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  open.push(() => upstream.close());
  for (const _ of [1, 2, 3]) {
    expect(await ask(upstream, { method: 'HEAD', path: '/products' })).toBe(404);
    expect(await ask(upstream, { method: 'POST', path: '/products/_update/1', body: '{}' })).toBe(200);
  }
});
