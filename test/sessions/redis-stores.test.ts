// Sessions in Redis, on a real server: what every session store does, whatever happens to the server.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Redis } from 'ioredis';
import { closeRedis, connectRedis } from '../../src/sessions/redis-connection.js';
import { createRedisSessionStore } from '../../src/sessions/redis-stores.js';
import { isOverAtOnce, pause, until } from '../helpers/eventually.js';
import { noRedis, startRedis, type TestRedis } from '../helpers/redis.js';
import { event, sessionStoreContract, times } from './session-store.contract.js';

const suite = noRedis === null ? describe : describe.skip;
const reason = noRedis === null ? '' : ` (skipped: ${noRedis})`;
if (reason) process.stderr.write(`sessions in Redis${reason}\n`);

/** What is not waited for ends long before; what hangs never does. */
const ENDS_MS = 60_000;

let opened: Redis[] = [];
afterEach(async () => void (await Promise.all(opened.splice(0).map(closeRedis))));

/** A connection that is ready, and what it told; the test's end closes it. */
async function connect(url: string, ready = true) {
  const told: string[] = [];
  const redis = connectRedis(url, {
    onDown: (why) => told.push(`down: ${why}`),
    onUp: () => told.push('up'),
  });
  opened.push(redis);
  if (ready) await new Promise((resolve) => redis.once('ready', resolve));
  return { redis, told, store: createRedisSessionStore(redis) };
}

async function settled<T>(call: Promise<T>) {
  const begun = performance.now();
  const outcome = await call.then(
    (value) => ({ value }),
    (error: { code?: string }) => ({ code: error.code }),
  );
  return { ...outcome, ms: performance.now() - begun };
}

suite(`sessions in Redis${reason}`, () => {
  let server: TestRedis;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.close());

  describe('of two processes', () => {
    sessionStoreContract(async (ttlMs) => {
      const connections = await Promise.all([connect(server.url), connect(server.url)]);
      opened = [];
      const options = ttlMs === undefined ? {} : { ttlMs };
      const [first, second] = connections.map(({ redis }) => createRedisSessionStore(redis, options));
      return {
        stores: [first!, second!],
        close: async () => void (await Promise.all(connections.map(({ redis }) => closeRedis(redis)))),
      };
    });
  });

  test('its keys begin with kindred:, all expire, and no id can be read in them', async () => {
    const { redis, store } = await connect(server.url);
    const ids = ['x', '*', 'a\r\nFLUSHALL', '{tag}', ':owner', 'x'.repeat(5_000)];
    await redis.flushall();
    for (const id of ids) {
      await store.append({ sessionId: id, userId: id }, [event(1)]);
      await store.join(id, { clientId: id });
      expect(times(await store.read({ sessionId: id, userId: id }))).toEqual([1]);
    }
    const keys = await redis.keys('*');
    // the session's, the client's owner, the user's
    expect(keys.length).toBe(ids.length * 4);
    for (const key of keys) {
      expect(key).toMatch(/^kindred:session:1:[\w-]{22}:(events|owner)$/);
      expect(await redis.pttl(key)).toBeGreaterThan(29 * 60_000);
    }
  });

  test('a value that Kindred did not write is an error, not an empty session', async () => {
    const { redis, store } = await connect(server.url);
    const whose = { sessionId: 'garbled' };
    await redis.flushall();
    await store.append(whose, [event(1)]);
    const [list = ''] = (await redis.keys('*')).filter((key) => key.endsWith(':events'));
    for (const text of ['nonsense', '[1,2,"view"]', '[1,2,"view",3,"p",{},{}]']) {
      await redis.rpush(list, text);
      await expect(store.read(whose)).rejects.toThrow();
      await redis.rpop(list);
    }
    expect(times(await store.read(whose))).toEqual([1]);
  });
});

suite(`a Redis in trouble${reason}`, () => {
  let server: TestRedis;
  let redis: Redis;
  const ann = { sessionId: 'ann' };
  type Store = ReturnType<typeof createRedisSessionStore>;
  const calls = (store: Store): Promise<unknown>[] => [
    store.read(ann),
    store.append(ann, [event(1)]),
    store.join('ann', ann),
  ];
  const call = (store: Store) => Promise.all(calls(store).map((each) => settled(each)));
  /** Every call, of many a round, is refused before anything could be waited for. */
  async function expectRefusedAtOnce(store: Store, rounds: number, pauseMs = 0): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      for (const one of calls(store)) {
        expect(await isOverAtOnce(one)).toBe(true);
        await expect(one).rejects.toMatchObject({ code: 'sessions-unavailable' });
      }
      await pause(pauseMs);
    }
  }

  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.close());

  test('not there at the start: every call is refused at once, told once, and it comes into use when it is there', async () => {
    await server.kill();
    const connection = await connect(server.url, false);
    redis = connection.redis;
    await until(() => connection.told.length > 0);
    await expectRefusedAtOnce(connection.store, 20, 50);
    expect(connection.told).toEqual([expect.stringContaining('ECONNREFUSED')]);
    const ready = new Promise((resolve) => redis.once('ready', resolve));
    await server.start();
    const begun = performance.now();
    await ready;
    expect(performance.now() - begun).toBeLessThan(ENDS_MS);
    expect(connection.told.at(-1)).toBe('up');
    await connection.store.append(ann, [event(1)]);
    expect(times(await connection.store.read(ann))).toEqual([1]);
  });

  test('killed while it is asked: every call ends, none is sent twice, and the scripts are there again', async () => {
    const { redis, told, store } = await connect(server.url);
    await redis.flushall();
    const calls = Array.from({ length: 200 }, (_, at) => settled(store.append(ann, [event(at)])));
    await server.kill();
    for (const { ms } of await Promise.all(calls)) expect(ms).toBeLessThan(ENDS_MS);
    const ready = new Promise((resolve) => redis.once('ready', resolve));
    await server.start();
    await ready;
    expect(await store.read(ann)).toEqual([]);
    await store.append(ann, [event(5)]);
    expect(times(await store.read(ann))).toEqual([5]);
    expect(told.filter((text) => text.startsWith('down')).length).toBe(1);
  });

  test('frozen: calls end, later ones at once; nothing queues; it is back soon after it thaws', async () => {
    const { redis, told, store } = await connect(server.url);
    await store.append(ann, [event(1)]);
    server.freeze();
    try {
      for (const { ms, ...outcome } of await call(store)) {
        expect(outcome).toEqual({ code: 'sessions-unavailable' });
        expect(ms).toBeLessThan(ENDS_MS);
      }
      await until(() => told.length > 0);
      await expectRefusedAtOnce(store, 100);
      expect(told.length).toBe(1);
    } finally {
      server.thaw();
    }
    await until(() => redis.status === 'ready');
    expect(told.length).toBe(2);
    expect((await store.read(ann)).length).toBeGreaterThan(0);
  });

  test('loses its scripts: they are sent again', async () => {
    const { redis, store } = await connect(server.url);
    await store.append(ann, [event(1)]);
    await redis.script('FLUSH');
    await store.append(ann, [event(2)]);
    expect((await store.read(ann)).length).toBeGreaterThan(1);
  });
});

suite(`how Redis is reached${reason}`, () => {
  test('user and password in the URL, for a user who may use the keys of Kindred alone', async () => {
    const rules = ['on', '>s:e/c', '~kindred:*', '+@all', '-@dangerous', '+info'];
    const server = await startRedis(['--user', 'default', 'off', '--user', 'kin', ...rules]);
    try {
      const at = (who: string) => server.url.replace('//', `//${who}@`);
      const { store } = await connect(at(`kin:${encodeURIComponent('s:e/c')}`));
      await store.append({ sessionId: 's' }, [event(1)]);
      expect(times(await store.read({ sessionId: 's', userId: 'u' }))).toEqual([1]);
      const wrong = await connect(at('kin:wrong'), false);
      await until(() => wrong.told.length > 0);
      expect(wrong.told).toEqual([expect.stringContaining('WRONGPASS')]);
      expect(await settled(wrong.store.read({ sessionId: 's' }))).toMatchObject({
        code: 'sessions-unavailable',
      });
    } finally {
      await server.close();
    }
  });

  test('rediss:// is TLS, and a certificate nobody vouches for is refused', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kindred-tls-'));
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, ...subject],
      { stdio: 'ignore' },
    );
    const tls = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-auth-clients', 'no'];
    const server = await startRedis(tls, 'tls-port');
    try {
      const url = `rediss://localhost:${server.port}`;
      const { told } = await connect(url, false);
      await until(() => told.length > 0);
      expect(told).toEqual([expect.stringContaining('self-signed certificate')]);
      const script = `
        import { closeRedis, connectRedis } from './dist/sessions/redis-connection.js';
        import { createRedisSessionStore } from './dist/sessions/redis-stores.js';
        const redis = connectRedis(${JSON.stringify(url)}, { onDown: console.error, onUp() {} });
        await new Promise((resolve) => redis.once('ready', resolve));
        console.log(await createRedisSessionStore(redis).join('u', { sessionId: 's' }));
        await closeRedis(redis);`;
      const env = { ...process.env, NODE_EXTRA_CA_CERTS: certificate };
      const run = ['--input-type=module', '-e', script];
      expect(execFileSync(process.execPath, run, { env, timeout: 120_000 }).toString()).toBe('0\n');
    } finally {
      await server.close();
      rmSync(folder, { recursive: true });
    }
  });
});
