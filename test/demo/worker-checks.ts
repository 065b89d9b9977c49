// `serve --workers 2`, and two Kindreds with one Redis, as processes on a demo's engine: what one knows all know, and
// what happens to searches when processes die, stop or freeze.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../helpers/eventually.js';
import { noRedis, startRedis, type TestRedis } from '../helpers/redis.js';
import { childrenOf, type KeptConnection, keepConnection } from './kept-connection.js';
import { type RunningCommand, startCommand } from './run-command.js';
import type { RunningDemo } from './run-demo.js';
import { ask, ids, plain, type SearchAnswer, storefront } from './shop-client.js';

const KEY = 'srv_workers';
const BODY = storefront('shirt', { size: 20 });
const SEARCH = '/products/_search';
/** Of each connection, while there is no Redis. */
const SEARCHES_WITHOUT = 15;
const START_MS = 300_000;
const redisReason = noRedis === null ? '' : ` (skipped: ${noRedis})`;

interface Serving {
  readonly command: RunningCommand;
  readonly proxy: string;
  readonly admin: string;
  workers(): number[];
}

export function workerChecks(demo: RunningDemo): void {
  const running: RunningCommand[] = [];
  const connections: KeptConnection[] = [];
  const headers = (session: string) => ({ 'x-kindred-key': KEY, 'x-session-id': session });
  const personalized = expect.stringMatching(/^applied; .*; profile=session;/);
  let clicked = '';

  async function serve(args: readonly string[], settings: NodeJS.ProcessEnv = {}): Promise<Serving> {
    const ports = { KINDRED_PROXY_HOST: '127.0.0.1', KINDRED_PROXY_PORT: '0', KINDRED_ADMIN_PORT: '0' };
    const keys = { KINDRED_SERVER_KEYS: KEY, KINDRED_ADMIN_KEYS: 'adm_workers' };
    const command = startCommand(['serve', ...args], {
      ELASTICSEARCH_URL: demo.engine,
      ...ports,
      ...keys,
      ...settings,
    });
    running.push(command);
    const [, proxy = '', admin = ''] = await command.printed(/proxy (http:\S+), admin (http:\S+),/, START_MS);
    return { command, proxy, admin, workers: () => childrenOf(command.pid) };
  }

  function connect(url: string): KeptConnection {
    const connection = keepConnection(url);
    connections.push(connection);
    return connection;
  }

  /** One connection to each worker. */
  async function connectAll({ proxy, workers }: Serving): Promise<KeptConnection[]> {
    const byWorker = new Map<number, KeptConnection>();
    return eventually(async () => {
      const connection = connect(proxy);
      await connection.ask('/healthz');
      byWorker.set(connection.owner(workers()) ?? 0, connection);
      const found = workers().map((pid) => byWorker.get(pid));
      return found.map((each) => each ?? fail('a worker has no connection yet'));
    });
  }

  const search = (connection: KeptConnection, session: string, page: object = {}) =>
    connection.ask<SearchAnswer>(SEARCH, { body: { ...BODY, ...page }, headers: headers(session) });

  /** On a busy machine a read may miss its deadline; then the search is sent again, as `search` of the demo does. */
  const inTime = (connection: KeptConnection, session: string, page?: object) =>
    eventually(async () => {
      const answer = await search(connection, session, page);
      const late = answer.header('x-personalization').endsWith('=profile-timeout');
      return late ? fail('too late') : answer;
    });

  const outcome = async (connection: KeptConnection, session: string) =>
    (await inTime(connection, session)).header('x-personalization');

  async function click(connection: KeptConnection, session: string, id = clicked): Promise<void> {
    const object = { object_id: id };
    const event = { action_name: 'click', timestamp: new Date().toISOString(), event_attributes: { object } };
    const sent = await connection.ask('/_kindred/events', { body: event, headers: headers(session) });
    expect([sent.status, sent.json()]).toEqual([202, { accepted: 1, rejected: [] }]);
  }

  /** A click through any connection is in the very next search through any other. */
  async function expectShared(all: readonly KeptConnection[], rounds: number): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      const session = `shared ${all.length} ${round} ${Math.random()}`;
      const [here, there] = [all[round % all.length]!, all[(round + 1) % all.length]!];
      expect(await outcome(there, session)).toBe('skipped; reason=no-profile');
      await click(here, session);
      expect(await outcome(there, session)).toEqual(personalized);
    }
  }

  /** Pages of one list, each through another process, with a click after every page. */
  async function expectPages(all: readonly KeptConnection[], session: string): Promise<void> {
    const via = (at: number) => all[at % all.length]!;
    await click(via(0), session);
    const list = ids(await inTime(via(1), session));
    for (let at = 0; at < 4; at += 1) {
      const page = await inTime(via(at), session, { from: 5 * at, size: 5 });
      expect(ids(page)).toEqual(list.slice(5 * at, 5 * at + 5));
      await click(via(at), session, list[at]);
    }
    const back = await inTime(via(1), session, { size: 5 });
    expect(ids(back)).toEqual(list.slice(0, 5));
    expect(back.header('x-personalization')).toEqual(personalized);
  }

  /** Searches one after the other until told to stop; what went wrong. */
  function load(connection: KeptConnection, session: string) {
    const failures: string[] = [];
    let stopped = false;
    let leaving = false;
    let searches = 0;
    const done = (async () => {
      while (!stopped) {
        try {
          const answer = await search(connection, session);
          searches += 1;
          if (answer.status !== 200) failures.push(`${answer.status}`);
          if (leaving && answer.header('connection') === 'close') return;
        } catch (error) {
          failures.push(String((error as NodeJS.ErrnoException).code));
        }
      }
    })();
    return {
      failures,
      searches: () => searches,
      /** goes on until it is told that its connection ends */
      leave() {
        leaving = true;
        return done;
      },
      stop() {
        stopped = true;
        return done;
      },
    };
  }

  beforeAll(async () => {
    clicked = ids(await plain(demo, BODY)).at(-1) ?? '';
  });
  afterEach(async () => {
    for (const connection of connections.splice(0)) connection.close();
    await Promise.all(running.splice(0).map((command) => command.stop()));
  });

  test('a click through one worker moves the very next search through the other, and SIGTERM ends all', async () => {
    const serving = await serve(['--workers', '2']);
    const all = await connectAll(serving);
    expect(all.length).toBe(2);
    await expectShared(all, 40);
    await expectPages(all, 'paging');
    const pids = serving.workers();
    const loads = Array.from({ length: 10 }, () => load(connect(serving.proxy), 'ending'));
    await eventually(async () => loads.every(({ searches }) => searches() > 5) || fail('no load yet'));
    const left = loads.map(({ leave }) => leave());
    const { code, stderr } = await serving.command.stop();
    await Promise.all(left);
    expect([code, stderr]).toEqual([0, '']);
    expect(loads.flatMap(({ failures }) => failures)).toEqual([]);
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow();
  });

  test('the primary shows what its workers do, and previews on the sessions that they share', async () => {
    const serving = await serve(['--workers', '2']);
    const all = await connectAll(serving);
    const api = async <T>(path: string, body?: object): Promise<T> => {
      const method = body ? 'POST' : 'GET';
      const key = { 'x-kindred-key': 'adm_workers' };
      const answer = await ask(`${serving.admin}/api${path}`, {
        method,
        headers: key,
        ...(body && { body }),
      });
      expect(answer.status).toBe(200);
      return answer.json() as T;
    };
    for (const connection of all) await click(connection, 'watched');
    for (const connection of all) expect(await outcome(connection, 'watched')).toEqual(personalized);
    await eventually(async () => {
      const { minutes, events, cache } = await api<{
        readonly minutes: readonly { readonly searches: number; readonly applied: number }[];
        readonly events: object;
        readonly cache: { readonly misses: number };
      }>('/overview');
      expect(minutes.reduce((sum, { applied }) => sum + applied, 0)).toBeGreaterThanOrEqual(2);
      expect(events).toEqual({ accepted: 2, rejected: 0 });
      expect(cache.misses).toBeGreaterThan(0);
    });
    const { events } = await api<{ readonly events: readonly { readonly event: object }[] }>('/events/feed');
    expect(events.map(({ event }) => event)).toEqual([
      expect.objectContaining({ session_id: 'watched', action_name: 'click' }),
      expect.objectContaining({ session_id: 'watched' }),
    ]);
    const session = [{ action: 'click', object_id: clicked }];
    const { variants } = await api<{ readonly variants: readonly object[] }>('/preview', {
      query: 'shirt',
      session,
      variants: [{ model: 'default' }],
    });
    expect(variants).toEqual([expect.objectContaining({ outcome: 'applied', profiles: ['session'] })]);
  });

  test('a worker that is killed takes its own connections with it and no other search, and is replaced', async () => {
    const serving = await serve(['--workers', '2']);
    // More connections go to whichever worker is quicker to take them: these make sure that each has one.
    const one = await connectAll(serving);
    const more = Array.from({ length: 14 }, () => connect(serving.proxy));
    const loads = [...one, ...more].map((connection) => ({ connection, ...load(connection, 'killing') }));
    await eventually(async () => loads.every(({ searches }) => searches() > 5) || fail('no load yet'));
    const [victim = 0, other = 0] = serving.workers();
    const theirs = loads.filter(({ connection }) => connection.owner([victim]) === victim);
    expect(theirs.length).toBeGreaterThan(0);
    expect(theirs.length).toBeLessThan(loads.length);
    process.kill(victim, 'SIGKILL');
    await eventually(async () => {
      const now = serving.workers();
      if (now.length !== 2 || now.includes(victim)) fail('not replaced yet');
      if (!serving.command.stdout().includes('the new worker is ready')) fail('not ready yet');
    });
    await Promise.all(loads.map(({ stop }) => stop()));
    for (const { failures, connection } of loads)
      expect(failures.length).toBeLessThanOrEqual(
        theirs.some((each) => each.connection === connection) ? 1 : 0,
      );
    expect(serving.workers()).toContain(other);
    expect(serving.command.stdout()).toMatch(
      new RegExp(`"worker":${victim},.*a worker ended by SIGKILL; another`),
    );
    await expectShared(await connectAll(serving), 10);
  });

  test('a primary that is frozen costs the session, never a search or an event; one that is killed ends its workers', async () => {
    const serving = await serve(['--workers', '2']);
    const [first, second] = await connectAll(serving);
    await expectShared([first!, second!], 2);
    process.kill(serving.command.pid, 'SIGSTOP');
    try {
      for (let round = 0; round < 10; round += 1) {
        const answer = await search([first!, second!, connect(serving.proxy)][round % 3]!, 'frozen');
        expect(answer.status).toBe(200);
        expect(answer.header('x-personalization')).toBe('skipped; reason=profile-timeout');
      }
      await click(first!, 'frozen');
      await click(second!, 'frozen');
    } finally {
      process.kill(serving.command.pid, 'SIGCONT');
    }
    await eventually(async () => expect(await outcome(first!, 'thawed')).toBe('skipped; reason=no-profile'));
    await click(second!, 'thawed');
    expect(await outcome(first!, 'thawed')).toEqual(personalized);
    const told = serving.command.stdout().match(/the primary process (does not answer|answers again)/g);
    expect(told?.sort()).toEqual(
      ['does not answer', 'does not answer', 'answers again', 'answers again']
        .map((t) => `the primary process ${t}`)
        .sort(),
    );
    const pids = serving.workers();
    await serving.command.kill();
    await eventually(async () => {
      for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow();
    });
  });

  test(
    'a port in use is told in one line, and no worker stays',
    async () => {
      const { port } = new URL(demo.proxy);
      const command = startCommand(['serve', '--workers', '2'], {
        ELASTICSEARCH_URL: demo.engine,
        KINDRED_PROXY_HOST: '127.0.0.1',
        KINDRED_PROXY_PORT: port,
        KINDRED_ADMIN_PORT: '0',
      });
      const { code, stderr } = await command.ended;
      expect(stderr).toMatch(new RegExp(`^kindred: port ${port} .*KINDRED_PROXY_PORT\n$`));
      expect(code).toBe(1);
    },
    START_MS,
  );

  const suite = noRedis === null ? describe : describe.skip;
  suite(`with Redis${redisReason}`, () => {
    let redis: TestRedis;
    beforeAll(async () => {
      redis = await startRedis();
    });
    afterAll(() => redis.close());

    test('two Kindreds know each other’s clicks, workers too; a Redis that dies costs the session alone', async () => {
      const settings = { REDIS_URL: redis.url };
      const [one, many] = await Promise.all([serve([], settings), serve(['--workers', '2'], settings)]);
      const all = [connect(one.proxy), ...(await connectAll(many))];
      await expectShared(all, 30);
      await expectPages(all, 'paging with Redis');
      await redis.kill();
      for (const connection of all) {
        for (let round = 0; round < SEARCHES_WITHOUT; round += 1) {
          const answer = await inTime(connection, 'gone');
          expect(answer.status).toBe(200);
          expect(answer.header('x-personalization')).toBe('skipped; reason=profile-error');
        }
        await click(connection, 'gone');
      }
      await redis.start();
      await eventually(async () => {
        for (const connection of all)
          expect(await outcome(connection, 'back')).toBe('skipped; reason=no-profile');
      });
      await expectShared(all, 6);
      for (const { command } of [one, many]) {
        const told = (words: string) => command.stdout().split(words).length - 1;
        const processes = command === one.command ? 1 : 2;
        // Once by each process and not at each search; a busy machine can make Redis silent for some more times.
        expect(told('Redis does not answer')).toBeGreaterThanOrEqual(processes);
        expect(told('Redis does not answer')).toBeLessThan(SEARCHES_WITHOUT);
        expect(told('Redis answers again')).toBe(told('Redis does not answer'));
      }
      expect((await ask(`${one.proxy}/readyz`)).status).toBe(200);
    });
  });
}

function fail(why: string): never {
  throw new Error(why);
}
