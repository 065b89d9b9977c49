// Page orders in this process, in another one, and in Redis.
import { once } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Redis } from 'ioredis';
import { type Channel, createCaller, handleCalls } from '../../src/sessions/ipc-calls.js';
import { createMemoryPageOrderStore } from '../../src/sessions/memory-stores.js';
import { closeRedis, connectRedis } from '../../src/sessions/redis-connection.js';
import { createRedisPageOrderStore } from '../../src/sessions/redis-stores.js';
import { createPageOrderHandlers, createRemotePageOrderStore } from '../../src/sessions/remote-stores.js';
import { noRedis, startRedis, type TestRedis } from '../helpers/redis.js';
import { pageOrderStoreContract } from './page-order-store.contract.js';

describe('in memory', () => {
  pageOrderStoreContract((ttlMs) => createMemoryPageOrderStore({ ttlMs }));

  test('as many as there is room for', async () => {
    const store = createMemoryPageOrderStore({ max: 2 });
    const order = { asOf: 0, upTo: 0, model: 'm', version: 1, paged: false };
    for (const key of ['a', 'b', 'c']) await store.write(key, order);
    expect([await store.read('a'), await store.read('c')]).toEqual([null, order]);
  });
});

describe('in another process', () => {
  const ports: MessagePort[] = [];
  afterAll(() => {
    for (const port of ports) port.close();
  });
  const channel = (port: MessagePort): Channel => ({
    send: (message) => port.postMessage(message),
    receive: (listener) => void port.on('message', listener),
  });

  pageOrderStoreContract((ttlMs) => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1);
    handleCalls(channel(port2), createPageOrderHandlers({ ttlMs }));
    return createRemotePageOrderStore(createCaller(channel(port1), { onDown: () => {}, onUp: () => {} }));
  });
});

(noRedis === null ? describe : describe.skip)(
  `in Redis${noRedis === null ? '' : `: skipped, ${noRedis}`}`,
  () => {
    let server: TestRedis;
    let redis: Redis;
    beforeAll(async () => {
      server = await startRedis();
      redis = connectRedis(server.url, { onDown: () => {}, onUp: () => {} });
      if (redis.status !== 'ready') await once(redis, 'ready');
    });
    afterAll(async () => {
      await closeRedis(redis);
      await server.close();
    });

    pageOrderStoreContract(async (ttlMs) => {
      await redis.flushall();
      return createRedisPageOrderStore(redis, { ttlMs });
    });

    test.each(['{"asOf":1}', 'null', '"x"'])('what is written in another form (%s) is none', async (text) => {
      await redis.set('kindred:page-order:1:odd', text);
      expect(await createRedisPageOrderStore(redis).read('odd')).toBeNull();
    });
  },
);
