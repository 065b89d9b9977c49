// A small shop behind a whole proxy: events go in at any of its doors, and the session's next search feels them.
import { createServer } from 'node:http';
import request from 'supertest';
import type { EngineKind } from '../../../src/core/engine-kind.js';
import { createUpstream } from '../../../src/engine/upstream.js';
import { createEventIntake } from '../../../src/events/event-intake.js';
import { createProductLookup } from '../../../src/events/product-lookup.js';
import { createProxyApp } from '../../../src/http/proxy/proxy-app.js';
import { createProxyHandler } from '../../../src/http/proxy/proxy-handler.js';
import { productFields } from '../../../src/models/catalog/catalog-fields.js';
import { createProfileStore } from '../../../src/profiles/profile-store.js';
import { createMemorySessionStore } from '../../../src/sessions/memory-stores.js';
import { searchHandler } from '../../helpers/search-context.js';
import { NEWEST, openSmallShop, smallModel } from '../../training/small-shop.js';

export const KEY = 'srv_test_key';
/** what a proxy with a clock that stands still takes for now */
export const NOW = NEWEST;

export interface Sent {
  readonly method?: 'post' | 'put';
  readonly path?: string;
  readonly body: string | Buffer | object;
  readonly headers?: Record<string, string>;
}

/** What an answer may say: Kindred's own members, and an engine's. */
export interface Said {
  readonly accepted: number;
  readonly rejected: { readonly index: number; readonly errors: { path: string; message: string }[] }[];
  readonly status: number;
  readonly error: { readonly type: string; readonly reason: string };
  readonly items: Record<
    string,
    { readonly status: number; readonly error?: { type: string; reason: string } }
  >[];
}

export async function openShopWithEvents(kind: EngineKind) {
  const shop = await openSmallShop(kind);
  const { engine, catalog, eventsIndex } = shop;
  const model = smallModel(shop.modelId, { catalog: catalog.index });
  const trained = await shop.trainer()({ model, catalog, version: 1 });
  const active = { ...trained, model, version: 1 };
  const sessions = createMemorySessionStore({ maxBytes: 1_000_000 });
  const intake = createEventIntake({
    engine,
    sessions,
    products: createProductLookup(engine, catalog, () => productFields(engine, catalog)),
    now: () => NOW,
    onSessionError: (error) => {
      throw error;
    },
    eventsIndex,
  });
  const profiles = createProfileStore(engine, { maxBytes: 1e7, ttlMs: 60_000, negativeTtlMs: 60_000 });
  const upstream = createUpstream({ url: engine.url });
  const search = searchHandler({
    upstream,
    engine: kind,
    capabilities: () => ({ kind, painless: null, rescorerRetriever: false, maxWindow: 10_000 }),
    indicesOf: () => new Set(),
    catalogs: new Map([[catalog.index, catalog]]),
    serving: () => ({ enabled: true, active }),
    modelById: async () => null,
    readProfiles: profiles.read,
    readSession: sessions.read,
    deadlineMs: 10_000,
    maxBodyBytes: 10_000,
    now: () => NOW,
    onRewriteRejected: (reason) => {
      throw new Error(reason);
    },
  });
  const app = createProxyApp({
    intake,
    identify: async () => 0,
    engine: kind,
    serverKeys: [KEY],
    notReady: async () => [],
    log: console,
  });
  const server = createServer(
    createProxyHandler({ search, app, engine: kind, serverKeys: [KEY], log: console }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  const url = `http://127.0.0.1:${address.port}`;

  return {
    shop,
    model,
    url,
    async send({ method = 'post', path = '/_kindred/events', body, headers }: Sent) {
      const answer = await fetch(url + path, {
        method: method.toUpperCase(),
        headers: { 'Content-Type': 'application/json', 'X-Kindred-Key': KEY, ...headers },
        body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
      });
      const said: Said = JSON.parse(await answer.text());
      return { status: answer.status, headers: answer.headers, body: said };
    },
    /** `applied` or the reason for leaving the search alone */
    async outcome(who: Record<string, string>): Promise<string> {
      const answer = await request(server)
        .post(`/${catalog.index}/_search`)
        .set({ 'X-Kindred-Key': KEY, ...who })
        .send({ query: { match_all: {} } });
      return String(answer.headers['x-personalization']).split(';').slice(0, 2).join(';');
    },
    async stored(session: string): Promise<Record<string, unknown>[]> {
      await engine.refresh(eventsIndex);
      const found = await engine.search(eventsIndex, { query: { term: { session_id: session } }, size: 100 });
      return found.hits.hits.map(({ _source = {} }) => _source);
    },
    async close() {
      server.close();
      await upstream.close();
      await shop.close();
    },
  };
}

export type ShopWithEvents = Awaited<ReturnType<typeof openShopWithEvents>>;
