// A user's first search on real engines: with slow profiles, with a busy engine, and with a Redis that is gone.
import { once } from 'node:events';
import { createServer, type Server, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { individualId } from '../../src/core/profile/profile.js';
import type { EngineClient } from '../../src/engine/client/client.js';
import { SHOPPER } from '../clients/support/catalog.js';
import { type ClientShop, openClientShop, SERVER_KEY } from '../clients/support/shop.js';
import { engines } from '../helpers/engines.js';
import { eventually, until } from '../helpers/eventually.js';
import { noRedis, startRedis, type TestRedis } from '../helpers/redis.js';

const JACKETS = { query: { match: { title: 'jacket' } } };
const APPLIED = /^applied; model=brands@1; profile=individual; boosts=\d+$/;

/** What the proxy of a shop is asked by a storefront's server. */
function storefront({ proxyUrl, index }: Pick<ClientShop, 'proxyUrl' | 'index'>) {
  async function ask(path: string, ids: Readonly<Record<string, string>>, body?: object) {
    const response = await fetch(proxyUrl + path, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json', 'x-kindred-key': SERVER_KEY, ...ids },
      ...(body && { body: JSON.stringify(body) }),
    });
    await response.text();
    if (response.status >= 300) throw new Error(`${path}: ${response.status}`);
    return response.headers.get('x-personalization') ?? '';
  }
  return {
    ask,
    search: (ids: Readonly<Record<string, string>>, body: object = JACKETS) =>
      ask(`/${index}/_search`, ids, body),
    click: (user_id: string, object_id = 'p100') =>
      ask(
        '/_kindred/events',
        {},
        {
          action_name: 'click',
          timestamp: new Date().toISOString(),
          user_id,
          event_attributes: { object: { object_id } },
        },
      ),
  };
}

/** Reads of profiles that take longer, and which documents they brought. */
function slowProfiles() {
  const state = { ms: 0, read: [] as string[] };
  const around = (engine: EngineClient): EngineClient => ({
    ...engine,
    async mget(index, ids, includes) {
      if (!index.startsWith('kindred-profiles')) return engine.mget(index, ids, includes);
      await wait(state.ms);
      const found = await engine.mget<never>(index, ids, includes);
      state.read.push(...ids);
      return found;
    },
  });
  return { state, around };
}

/** An engine that is busy: every search takes longer. */
async function busyEngine(engineUrl: string, state: { ms: number }): Promise<Server> {
  const server = createServer(async (incoming, outgoing) => {
    await wait(state.ms);
    const { method, headers, url = '' } = incoming;
    const forwarded = send(engineUrl + url, { method, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 500, response.headers);
      response.pipe(outgoing);
    });
    incoming.pipe(forwarded);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

describe.each(engines())('$kind', ({ kind }) => {
  const profiles = slowProfiles();
  const searches = { ms: 0 };
  let shop: ClientShop;
  let busy: Server;
  beforeAll(async () => {
    shop = await openClientShop(kind, {
      around: profiles.around,
      async searchUrl(engineUrl) {
        busy = await busyEngine(engineUrl, searches);
        return `http://127.0.0.1:${(busy.address() as AddressInfo).port}`;
      },
    });
  });
  afterAll(async () => {
    await shop.close();
    busy.closeAllConnections();
    busy.close();
  });
  const isRead = (user: string) => profiles.state.read.includes(individualId(user));

  describe('with profiles that take a second', () => {
    beforeAll(() => {
      profiles.state.ms = 1_000;
    });
    afterAll(() => {
      profiles.state.ms = 0;
    });

    test('a first search goes on without, and leaves its profile to the next one', async () => {
      const { search } = storefront(shop);
      expect(await search({ 'x-user-id': 'u1' })).toBe('skipped; reason=profile-timeout');
      await until(() => isRead('u1'));
      await eventually(async () => expect(await search({ 'x-user-id': 'u1' })).toMatch(APPLIED));
      expect(profiles.state.read.filter((id) => id === individualId('u1'))).toHaveLength(1);
    });

    const sort = [{ price: 'asc' }];
    test.each<[string, string, (front: ReturnType<typeof storefront>) => Promise<string>]>([
      ['an event', 'u2', ({ click }) => click('u2')],
      [
        'a log-in',
        'u3',
        ({ ask }) => ask('/_kindred/identify', {}, { user_id: 'u3', session_id: 'visit of u3' }),
      ],
      ['a product page', 'u4', ({ ask }) => ask(`/${shop.index}/_doc/p100`, { 'x-user-id': 'u4' })],
      ['a sorted list', 'u5', ({ search }) => search({ 'x-user-id': 'u5' }, { ...JACKETS, sort })],
      [
        'a sorted list, the id in its body',
        'u6',
        ({ search }) => search({}, { sort, ext: { kindred: { user_id: 'u6' } } }),
      ],
    ])('after %s, the first search is personal', async (_, user, contact) => {
      const front = storefront(shop);
      await contact(front);
      await until(() => isRead(user));
      // The second round of reads, of what goes with their products, takes another second.
      await wait(1_500);
      expect(await front.search({ 'x-user-id': user })).toMatch(/^applied; .*profile=individual/);
    });

    test('who is left alone is not read', async () => {
      const { search } = storefront(shop);
      expect(await search({ 'x-user-id': 'u7', 'x-kindred': 'off' })).toBe('skipped; reason=off');
      await wait(1_500);
      expect(isRead('u7')).toBe(false);
    });
  });

  test('the busier the engine, the longer a search waits: first searches stay personal', async () => {
    const { search } = storefront(shop);
    const plain = async (count: number) => {
      await Promise.all(Array.from({ length: count }, () => search({})));
    };
    profiles.state.ms = 80;
    await plain(100);
    searches.ms = 400;
    await plain(100);
    const users = ['u30', 'u31', 'u32', 'u33', 'u34'];
    const found = await Promise.all(users.map((user) => search({ 'x-user-id': user })));
    for (const outcome of found) expect(outcome).toMatch(/^applied; .*profile=individual/);
    searches.ms = 0;
    profiles.state.ms = 0;
  });
});

const suite = noRedis === null ? describe.each(engines()) : describe.skip.each(engines());
suite(`$kind without Redis${noRedis === null ? '' : ` (skipped: ${noRedis})`}`, ({ kind }) => {
  let redis: TestRedis;
  let shop: ClientShop;
  beforeAll(async () => {
    redis = await startRedis();
    shop = await openClientShop(kind, { redisUrl: redis.url });
  });
  afterAll(async () => {
    await shop.close();
    await redis.close();
  });
  const known = { 'x-user-id': SHOPPER.user, 'x-session-id': 'known' };
  const stranger = { 'x-session-id': 'stranger' };

  test.each([
    ['killed', 'profile-error', () => redis.kill(), () => redis.start()],
    ['frozen', 'profile-timeout', async () => redis.freeze(), async () => redis.thaw()],
  ])('%s: the history counts without the session', async (_, reason, stop, restart) => {
    const { search } = storefront(shop);
    await eventually(async () => expect(await search(known)).toMatch(APPLIED));
    await stop();
    try {
      const outcome = await search(known);
      expect(outcome).toMatch(/^applied; model=brands@1; profile=individual; boosts=\d+; partial=/);
      expect(outcome).toContain(reason);
      expect(await search(stranger)).toMatch(/^skipped; reason=profile-(timeout|error)$/);
      // A later page too.
      expect(await search(known, { ...JACKETS, from: 5 })).toContain('profile=individual');
    } finally {
      await restart();
    }
    await eventually(async () => expect(await search(known)).toMatch(APPLIED));
    await eventually(async () => expect(await search(stranger)).toBe('skipped; reason=no-profile'));
  });
});
