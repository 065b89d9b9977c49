// Searches that name what the catalog has, felt by the next search: of a session at once, of a person after training.
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { DAY_MS } from '../../src/core/affinity/affinity.js';
import { individualId, populationId } from '../../src/core/profile/profile.js';
import { createUpstream, type Upstream } from '../../src/engine/upstream.js';
import { createEventIntake } from '../../src/events/event-intake.js';
import { createProxyHandler } from '../../src/http/proxy/proxy-handler.js';
import { createProfileStore } from '../../src/profiles/profile-store.js';
import { createMemorySessionStore } from '../../src/sessions/memory-stores.js';
import { engines } from '../helpers/engines.js';
import { searchHandler } from '../helpers/search-context.js';
import { NEWEST, openSmallShop, type SmallShop, smallModel } from './small-shop.js';

const KEY = 'srv_test_key';
const PRODUCTS = ['p1', 'p2', 'p3', 'p4'];

const search = (user_query: string, who: object, days = 0) => ({
  action_name: 'view_search_results',
  timestamp: new Date(NEWEST - days * DAY_MS).toISOString(),
  user_query,
  ...who,
});

describe.each(engines())('$kind', ({ kind }) => {
  let shop: SmallShop;
  let upstream: Upstream;
  let server: ReturnType<typeof createServer>;
  let record: (event: object) => Promise<unknown>;
  let trained: Awaited<ReturnType<ReturnType<SmallShop['trainer']>>>;
  let profiles: ReturnType<typeof createProfileStore>;

  beforeAll(async () => {
    shop = await openSmallShop(kind);
    const sessions = createMemorySessionStore({ maxBytes: 1_000_000 });
    const eventsIndex = `${shop.catalog.index}-events`;
    const intake = createEventIntake({
      engine: shop.engine,
      sessions,
      products: async () => new Map(),
      now: () => NEWEST,
      onSessionError: (error) => {
        throw error;
      },
      eventsIndex,
    });
    record = (event) => intake.record(Buffer.from(JSON.stringify(event)), { trusted: true, identity: {} });
    await record([
      search('Zeta blue', { user_id: 'sara' }, 1),
      search('ZETA shoe', { user_id: 'sara' }, 1),
      search('zeta shirts', { user_id: 'tom' }, 1),
      search('something else', { user_id: 'uma' }, 1),
    ]);
    await shop.engine.refresh(eventsIndex);
    const model = smallModel(shop.modelId, {
      catalog: shop.catalog.index,
      eventWeights: [
        { event: 'purchase', weight: 50 },
        { event: 'view', weight: 30 },
        { event: 'search', weight: 20 },
      ],
    });
    trained = await shop.trainer()({ model, catalog: shop.catalog, version: 1 });
    const { profileIndex, multiValuedFields } = trained;
    const active = { model, version: 1, profileIndex, multiValuedFields };
    profiles = createProfileStore(shop.engine, { maxBytes: 1e7, ttlMs: 60_000, negativeTtlMs: 60_000 });
    upstream = createUpstream({ url: shop.engine.url });
    const handler = searchHandler({
      upstream,
      engine: kind,
      capabilities: () => ({ kind, painless: null, rescorerRetriever: false, maxWindow: 10_000 }),
      indicesOf: () => new Set(),
      catalogs: new Map([[shop.catalog.index, shop.catalog]]),
      serving: () => ({ enabled: true, active }),
      modelById: async () => null,
      readProfiles: profiles.read,
      readSession: sessions.read,
      deadlineMs: 10_000,
      maxBodyBytes: 10_000,
      now: () => NEWEST,
      onRewriteRejected: (reason) => {
        throw new Error(reason);
      },
    });
    const app = () => {};
    server = createServer(
      createProxyHandler({ search: handler, app, engine: kind, serverKeys: [KEY], log: console }),
    );
  });
  afterAll(async () => {
    await upstream.close();
    await shop.close();
  });

  async function ask(who: Record<string, string>, category?: string) {
    const answer = await request(server)
      .post(`/${shop.catalog.index}/_search`)
      .set({ 'x-kindred-key': KEY, ...who })
      .send({ sort: ['_score'], query: { match_all: {} }, ext: { kindred: { category } } });
    const ids: string[] = answer.body.hits.hits.map(({ _id }: { _id: string }) => _id);
    expect([...ids].sort()).toEqual(PRODUCTS);
    return { first: ids[0], outcome: String(answer.headers['x-personalization']) };
  }

  test('people with searches only count, and have a profile that says where each search counts', async () => {
    // Five people and seven events of weight without searches: carts are not weighed here.
    expect(trained).toMatchObject({ people: 7, events: 10 });
    const [sara, tom, uma, everyone] = await profiles.read(trained.profileIndex, [
      ...['sara', 'tom', 'uma'].map(individualId),
      populationId(null),
    ]);
    expect(sara).toMatchObject({ people: 1, events: 2, products: [] });
    expect(sara?.searched?.map(([field, value]) => [field, value])).toEqual([
      ['brand.keyword', 'Zeta'],
      ['colors', 'blue'],
    ]);
    const scopes = sara?.scopes.map(({ category, fields }) => [category, fields.map(({ field }) => field)]);
    expect(scopes).toEqual([
      [null, ['brand.keyword', 'colors']],
      ['shoes', ['brand.keyword']],
    ]);
    // No shirt is Zeta's.
    expect(tom?.scopes.map(({ category }) => category)).toEqual([null]);
    expect(uma).toBeNull();
    expect(everyone?.categories).toEqual(['shirts', 'shoes']);
  });

  test('past searches raise what they named, with and without a category', async () => {
    for (const category of [undefined, 'shoes'])
      expect(await ask({ 'x-user-id': 'sara' }, category)).toEqual({
        first: 'p2',
        outcome: expect.stringContaining('profile=individual;'),
      });
    expect((await ask({ 'x-user-id': 'uma' })).outcome).toBe('skipped; reason=no-profile');
  });

  test('a search changes the next one of its session, and of no other', async () => {
    const session = { 'x-session-id': 's-new' };
    expect((await ask(session)).outcome).toBe('skipped; reason=no-profile');
    await record(search('zeta', { session_id: 's-new' }));
    for (const category of [undefined, 'shoes'])
      expect(await ask(session, category)).toEqual({
        first: 'p2',
        outcome: expect.stringContaining('profile=session;'),
      });
    expect((await ask({ 'x-session-id': 's-other' })).outcome).toBe('skipped; reason=no-profile');
    await record(search('zeta shirts', { session_id: 's-shirts' }));
    expect((await ask({ 'x-session-id': 's-shirts' }, 'shoes')).outcome).toBe('skipped; reason=no-profile');
  });
});
