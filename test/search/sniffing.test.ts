// A client that looks for the cluster's nodes finds none, and stays with us.
import { Client } from '@elastic/elasticsearch';
import { expect, test } from '@jest/globals';
import { KEY, proxyOnStub } from './support/proxy-on-stub.js';

const stub = proxyOnStub();

test('Elasticsearch’s client sniffs and keeps our address', async () => {
  const node = `http://127.0.0.1:${await stub.listen()}`;
  const client = new Client({
    node,
    sniffOnStart: true,
    sniffOnConnectionFault: true,
    headers: { 'x-kindred-key': KEY, 'x-user-id': 'u1' },
  });
  const sniffed: unknown[] = [];
  client.diagnostic.on('sniff', (error) => sniffed.push(error?.name));
  // Sniffing at the start is under way beside the first search.
  for (let i = 0; i < 3; i++) {
    const { headers } = await client.search({ index: 'products', size: 3 }, { meta: true });
    expect(headers['x-personalization']).toMatch(/^applied/);
    await client.transport.sniff({ reason: 'test', requestId: i, context: null });
  }
  expect(sniffed.length).toBeGreaterThanOrEqual(3);
  expect(client.connectionPool.connections.map(({ url }) => url.origin)).toEqual([node]);
  expect(stub.seen.map(({ url }) => url)).toEqual(Array(3).fill('/products/_search'));
  await client.close();
});
