// The load of our own, against a server of the test: rates are kept, and a stall is felt by all who would have met it.
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { generateLoad, type Load } from '../../../src/bench/load/load-generator.js';

async function against<T>(handler: RequestListener, work: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function load(url: string, over: Partial<Load>): Load {
  return {
    url,
    target: '/products/_search?preference=bench',
    body: '{"size":1}',
    headers: { 'content-type': 'application/json' },
    user_ids: ['ann', 'bob'],
    connections: 2,
    requests: 10,
    warm_up: 0,
    rate: null,
    ...over,
  };
}

test('sends exactly so many, person after person, and looks at every answer', async () => {
  const seen: string[] = [];
  const result = await against(
    (request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers['x-user-id']}`);
      response.statusCode = seen.length === 10 ? 503 : 200;
      response.end('{}');
    },
    (url) => generateLoad(load(url, {})),
  );
  expect(seen.filter((line) => line.endsWith(' ann'))).toHaveLength(5);
  expect(seen).toHaveLength(10);
  expect(seen[0]).toMatch(/^POST \/products\/_search\?preference=bench /);
  expect(result).toMatchObject({ failed: 1 });
  expect(result.samples).toHaveLength(10);
});

test('nobody listening is a failure, not an end', async () => {
  expect(await generateLoad(load('http://127.0.0.1:9', { requests: 4 }))).toMatchObject({ failed: 4 });
});

describe('at a fixed rate', () => {
  test('takes as long as the timetable says, and does not count the first few', async () => {
    const { seconds, samples } = await against(
      (_request, response) => response.end('{}'),
      (url) => generateLoad(load(url, { requests: 20, warm_up: 5, rate: 50 })),
    );
    expect(samples).toHaveLength(15);
    expect(seconds).toBeGreaterThan(0.33);
    expect(seconds).toBeLessThan(60);
  });

  test('a stall counts for every request that was due in it', async () => {
    let asked = 0;
    const { samples } = await against(
      (_request, response) => {
        const first = asked++ === 0;
        setTimeout(() => response.end('{}'), first ? 400 : 0);
      },
      (url) => generateLoad(load(url, { requests: 10, connections: 1, rate: 20 })),
    );
    // Due every 50 ms behind an answer of 400 ms: the second waited 350 ms, the third 300 ms, …
    expect(samples[0]).toBeGreaterThanOrEqual(395);
    expect(samples[1]).toBeGreaterThanOrEqual(340);
    expect(samples[4]).toBeGreaterThanOrEqual(190);
  });
});
