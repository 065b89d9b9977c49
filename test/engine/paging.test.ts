// Paging on real engines while the shopper clicks: every product once, in the order of the first page.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EngineClient } from '../../src/engine/client/client.js';
import { createUpstream, type Upstream } from '../../src/engine/upstream.js';
import type { ReadProfiles } from '../../src/profiles/profile-store.js';
import { createMemoryPageOrderStore, createMemorySessionStore } from '../../src/sessions/memory-stores.js';
import { brandProfile } from '../helpers/brand-shop.js';
import { connectTest, engines, uniqueIndex } from '../helpers/engines.js';
import { onEngine } from '../helpers/on-engine.js';
import { active, proxyOnStub, TRUSTED } from '../search/support/proxy-on-stub.js';

const stub = proxyOnStub();
const BRANDS = ['acme', 'bolt', 'crux'];
const COUNT = 30;
const population = brandProfile(
  'population',
  'all',
  BRANDS.map((brand) => [brand, 30] as const),
);

describe.each(engines())('$kind', ({ kind, url }) => {
  let engine: EngineClient;
  let upstream: Upstream;
  const index = uniqueIndex('paging');
  const sessions = createMemorySessionStore({ maxBytes: 1e7 });
  const pageOrders = createMemoryPageOrderStore();

  beforeAll(async () => {
    engine = await connectTest(kind);
    upstream = createUpstream({ url });
    const properties = { title: { type: 'text' }, brand: { type: 'keyword' }, rank: { type: 'integer' } };
    await engine.createIndex(index, {
      settings: { number_of_shards: 1, number_of_replicas: 0 },
      mappings: { properties },
    });
    const items = Array.from({ length: COUNT }, (_, i) => ({
      action: 'index' as const,
      id: `${i}`,
      document: { title: 'shoe', brand: BRANDS[i % 3], rank: i },
    }));
    await engine.bulk(index, items, { refresh: true });
  });
  afterAll(async () => {
    await engine.deleteIndex(index);
    await upstream.close();
    await engine.close();
  });

  const visitor = (name: string) => {
    const session = `${name}-${kind}`;
    return {
      click: (brand: string) =>
        sessions.append({ sessionId: session }, [
          {
            action: 'view',
            timestamp: Date.now(),
            product: { objectId: brand, categories: [], values: new Map([['brand', [brand]]]) },
          },
        ]),
      async search(body: object) {
        const proxy = stub.agent({
          ...onEngine(kind, upstream, index, active),
          readProfiles: async (_index, ids) =>
            ids.map((id) => (id.startsWith('population') ? population : null)),
          readSession: sessions.read,
          pageOrders,
        });
        const { 'x-user-id': _user, ...headers } = TRUSTED;
        const answer = await proxy
          .post(`/${index}/_search`)
          .set({ ...headers, 'x-session-id': session })
          .send({ query: { match: { title: 'shoe' } }, ...body });
        expect(answer.headers['x-personalization']).toMatch(/^applied/);
        const hits = answer.body.hits.hits as { _id: string; sort?: unknown[]; _source: { brand: string } }[];
        return {
          ids: hits.map(({ _id }) => _id),
          brands: hits.map(({ _source }) => _source.brand),
          sort: hits.at(-1)?.sort,
        };
      },
    };
  };
  const all = Array.from({ length: COUNT }, (_, i) => `${i}`).sort();

  test('by from and size, a click between any two pages', async () => {
    const { click, search } = visitor('from');
    await click('bolt');
    const first = await search({ size: 10 });
    expect(first.brands.every((brand) => brand === 'bolt')).toBe(true);
    const seen = [...first.ids];
    for (const from of [10, 20]) {
      for (let i = 0; i < 5; i++) await click('crux');
      seen.push(...(await search({ size: 10, from })).ids);
    }
    expect([...seen].sort()).toEqual(all);
    // Back to the first page, then the same search anew: crux was clicked ten times.
    expect((await search({ size: 10 })).ids).toEqual(first.ids);
    expect((await search({ size: 10 })).brands.every((brand) => brand === 'crux')).toBe(true);
  });

  describe.each([1, 3, 5])('a long list on %i shards', (shards) => {
    const long = uniqueIndex(`paging-${shards}`);
    const matching = 1_207;
    // Cohorts that buy little of a brand lower it: hits behind the window would move into it, if they were not lowered too.
    const profiles: ReadProfiles = async (_index, ids) =>
      ids.map((id) => {
        if (id.startsWith('population')) return population;
        if (id.startsWith('group'))
          return brandProfile('group', 'c', [
            ['bolt', 900],
            ['acme', 90],
            ['crux', 9],
          ]);
        return id.startsWith('individual')
          ? { ...brandProfile('individual', 'u', [['bolt', 2]]), cohort: 'c' }
          : null;
      });

    beforeAll(async () => {
      await engine.createIndex(long, {
        settings: { number_of_shards: shards, number_of_replicas: 0 },
        mappings: {
          properties: { title: { type: 'text' }, brand: { type: 'keyword' }, rank: { type: 'integer' } },
        },
      });
      const items = Array.from({ length: matching }, (_, i) => ({
        action: 'index' as const,
        id: `${i}`,
        document: { title: 'shoe '.repeat(1 + (i % 7 === 0 ? i % 4 : 0)), brand: BRANDS[i % 3], rank: i },
      }));
      await engine.bulk(long, items, { refresh: true });
    });
    afterAll(() => engine.deleteIndex(long));

    const reader = (name: string) => {
      const identity = { userId: `u-${name}-${shards}-${kind}`, sessionId: `${name}-${shards}-${kind}` };
      const proxy = stub.agent({
        ...onEngine(kind, upstream, long, active),
        readProfiles: profiles,
        readSession: sessions.read,
        pageOrders,
        deadlineMs: 10_000,
      });
      const headers = { ...TRUSTED, 'x-user-id': identity.userId, 'x-session-id': identity.sessionId };
      return {
        click: () =>
          sessions.append(identity, [
            {
              action: 'view',
              timestamp: Date.now(),
              product: { objectId: '1', categories: [], values: new Map([['brand', ['crux']]]) },
            },
          ]),
        async search(body: object, path = `/${long}/_search`) {
          const answer = await proxy.post(path).set(headers).send(body);
          expect(answer.headers['x-personalization']).toMatch(/^applied/);
          return answer.body as {
            _scroll_id?: string;
            pit_id?: string;
            hits: { hits: { _id: string; sort?: unknown[] }[] };
          };
        },
        async next(scroll_id: string) {
          const answer = await proxy.post('/_search/scroll').set(headers).send({ scroll: '1m', scroll_id });
          return answer.body as { _scroll_id: string; hits: { hits: { _id: string }[] } };
        },
        async openPit() {
          const path = kind === 'elasticsearch' ? `/${long}/_pit` : `/${long}/_search/point_in_time`;
          const { body } = await proxy.post(`${path}?keep_alive=1m`).set(headers).send();
          return (body.id ?? body.pit_id) as string;
        },
      };
    };
    const everyOnce = (seen: readonly string[]) => {
      expect(seen).toHaveLength(matching);
      expect(new Set(seen).size).toBe(matching);
    };
    const QUERIES = {
      words: { match: { title: 'shoe' } },
      'equal scores': { constant_score: { filter: { match: { title: 'shoe' } } } },
      filters: { bool: { filter: [{ match: { title: 'shoe' } }] } },
    };

    test.each(Object.entries(QUERIES))('%s, by from, a click in the middle', async (name, query) => {
      const { click, search } = reader(name);
      const seen: string[] = [];
      for (let from = 0; from < matching; from += 100) {
        if (from === 300) await click();
        const { hits } = await search({ query, size: 100, from, _source: false });
        seen.push(...hits.hits.map(({ _id }) => _id));
      }
      everyOnce(seen);
      // One list: pages of another size are cut from the same order.
      const { hits } = await search({ query, size: 700, from: 100, _source: false });
      expect(hits.hits.map(({ _id }) => _id)).toEqual(seen.slice(100, 800));
    });

    test('by search_after, in a point in time and without one', async () => {
      for (const pit of [false, true]) {
        const { click, search, openPit } = reader(`after-${pit}`);
        const at = pit ? { pit: { id: await openPit(), keep_alive: '1m' } } : {};
        const body = { query: QUERIES.words, size: 200, sort: [{ _score: 'desc' }, { rank: 'asc' }], ...at };
        const path = pit ? '/_search' : undefined;
        const seen: string[] = [];
        let after: unknown[] | undefined;
        do {
          if (seen.length === 400) await click();
          const { hits } = await search({ ...body, search_after: after, _source: false }, path);
          seen.push(...hits.hits.map(({ _id }) => _id));
          after = hits.hits.at(-1)?.sort;
        } while (after);
        everyOnce(seen);
      }
    });

    test('by scroll', async () => {
      const { click, search, next } = reader('scroll');
      const first = await search(
        { query: QUERIES.words, size: 200, _source: false },
        `/${long}/_search?scroll=1m`,
      );
      const seen = first.hits.hits.map(({ _id }) => _id);
      let page = await next(first._scroll_id ?? '');
      while (page.hits.hits.length > 0) {
        await click();
        seen.push(...page.hits.hits.map(({ _id }) => _id));
        page = await next(page._scroll_id);
      }
      everyOnce(seen);
    });
  });

  test('by search_after, a click between any two pages', async () => {
    const { click, search } = visitor('after');
    await click('bolt');
    const sort = [{ _score: 'desc' }, { rank: 'asc' }];
    let page = await search({ size: 10, sort });
    const seen = [...page.ids];
    while (page.ids.length === 10) {
      for (let i = 0; i < 5; i++) await click('crux');
      page = await search({ size: 10, sort, search_after: page.sort });
      seen.push(...page.ids);
    }
    expect([...seen].sort()).toEqual(all);
  });
});
