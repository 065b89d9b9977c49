// Paging on real engines while the shopper clicks: every product once, in the order of the first page.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EngineClient } from '../../src/engine/client/client.js';
import { createUpstream, type Upstream } from '../../src/engine/upstream.js';
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
            product: { objectId: brand, category: null, values: new Map([['brand', [brand]]]) },
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
