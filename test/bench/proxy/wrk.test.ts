// The script that wrk runs, and what it says: quoting, failures, and one real run where wrk is installed.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { parseSummary, runWrk, wrkScript } from '../../../src/bench/proxy/wrk.js';
import { findCommand } from '../../../src/engine/embedded/environment.js';

const load = {
  target: '/products/_search',
  body: '{"query":{"match":{"title":"a \\"b\\" \\\\ c"}}}',
  headers: { 'content-type': 'application/json', 'x-kindred-key': 'key-of-bench' },
  user_ids: ['ann', 'bob'],
  connections: 2,
};

test('the last line is the summary, whatever wrk prints before it', () => {
  const stdout =
    'Running 1s test\n  2 threads\nRequests/sec: 12.3\n{"requests":10,"microseconds":2000,"failed":1}\n';
  expect(parseSummary(stdout)).toEqual({ requests: 10, microseconds: 2000, failed: 1 });
  expect(() => parseSummary('unable to connect')).toThrow();
});

test('bodies and headers are Lua strings', () => {
  const script = wrkScript({ ...load, url: '', seconds: 1, core: undefined });
  expect(script).toContain('["x-kindred-key"] = "key-of-bench"');
  expect(script).toContain(String.raw`"{\"query\":{\"match\":{\"title\":\"a \\\"b\\\" \\\\ c\"}}}"`);
});

const wrk = await findCommand('wrk', process.env);
const withWrk = wrk === null ? test.skip : test;
const where = wrk === null ? ' (skipped: wrk is not installed)' : '';

withWrk(`wrk sends the very bytes, for one person after the other${where}`, async () => {
  const users = new Set<string>();
  const bodies = new Set<string>();
  let status = 200;
  const server = createServer(async (request, response) => {
    users.add(String(request.headers['x-user-id']));
    bodies.add(await text(request));
    response.statusCode = status;
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const signal = new AbortController().signal;
    const options = { ...load, wrk: wrk ?? '', url, seconds: 1, core: undefined, signal };
    expect(await runWrk(options)).toBeGreaterThan(0);
    expect([...users].sort()).toEqual(['ann', 'bob']);
    expect([...bodies]).toEqual([load.body]);
    status = 500;
    await expect(runWrk(options)).rejects.toThrow(/requests to http:\/\/127\.0\.0\.1:\d+ failed$/);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
