// A shop whose models are really trained, with the admin API and the proxy over the very same search.
import { createServer } from 'node:http';
import supertest from 'supertest';
import { type Catalog, catalogSchema } from '../../src/core/catalog.js';
import type { EngineKind } from '../../src/core/engine-kind.js';
import { storeBoostScript } from '../../src/engine/capabilities/stored-script.js';
import type { EngineClient } from '../../src/engine/client/client.js';
import { bootstrapIndices } from '../../src/engine/indices/bootstrap.js';
import { createQualityGate } from '../../src/evaluation/quality-gate/quality-gate.js';
import { createEventFeed } from '../../src/events/event-feed.js';
import { createEventIntake } from '../../src/events/event-intake.js';
import { createIdentify } from '../../src/events/identify.js';
import { createAdminApp } from '../../src/http/admin/admin-app.js';
import { createMetrics } from '../../src/http/metrics/metrics.js';
import { createProxyHandler } from '../../src/http/proxy/proxy-handler.js';
import { readBoostFields } from '../../src/models/serving/boost-fields.js';
import { createErasureGuard } from '../../src/privacy/erasure-guard.js';
import { createProfileStore } from '../../src/profiles/profile-store.js';
import { createAdminRoutes } from '../../src/server/create-admin-routes.js';
import { createMemorySessionStore } from '../../src/sessions/memory-stores.js';
import { createTrainer } from '../../src/training/trainer.js';
import { exampleAlerts } from '../helpers/alerts.js';
import { indexDocuments } from '../helpers/index-documents.js';
import { createModelStores } from '../helpers/model-stores.js';
import { openNamespace } from '../helpers/namespace.js';
import { searchContext, searchHandler } from '../helpers/search-context.js';
import { searchInNamespace } from './search-in-namespace.js';

export const CATALOG = catalogSchema.parse({ index: 'products', imageField: 'image' });
const SERVER_KEY = 'srv_test_key';
const KEYS = { admin: ['adm_test_key'], editor: ['edi_test_key'], viewer: ['vie_test_key'] };

const BRANDS = ['Arlo', 'Velda', 'Nordin', 'Quill'];
const COLORS = ['red', 'blue', 'green'];

export const MODEL = {
  id: 'tastes',
  name: 'Tastes',
  globalAffinityFields: [
    { field: 'brand', weight: 60 },
    { field: 'color', weight: 40 },
  ],
  eventWeights: [
    { event: 'purchase', weight: 60 },
    { event: 'view', weight: 30 },
    { event: 'search', weight: 10 },
  ],
  group: { by: 'demographic', attributes: ['age'] },
  timeDecay: 'all',
  impact: 60,
};

/** Of 48: every other one is a shoe, brands and colours go round at different paces. */
const products = Array.from({ length: 48 }, (_, n) => {
  const category = n % 2 === 0 ? 'shoes' : 'shirts';
  return {
    object_id: `p${n}`,
    title: `Summer ${category === 'shoes' ? 'shoe' : 'shirt'} ${n}`,
    image: `/p${n}.png`,
    category,
    brand: BRANDS[Math.floor(n / 2) % 4] ?? '',
    color: COLORS[Math.floor(n / 8) % 3] ?? '',
    sizes: [`${36 + (n % 5)}`, '40'],
    material: n % 3 === 0 ? 'wool' : 'cotton',
    popularity: 1 + ((n * 7) % 20) / 10,
  };
});

const at = (day: number) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString();
const event = (user_id: string, action_name: string, object_id: string, day: number) => ({
  user_id,
  session_id: `${user_id}-${day}`,
  action_name,
  timestamp: at(day),
  event_attributes: { object: { object_id } },
});

/** Sixty people who buy anything; Ann, who buys Velda, and Bob, who looks at what is blue. */
function shopEvents() {
  const everybody = Array.from({ length: 240 }, (_, n) =>
    event(`u${n % 60}`, n % 3 === 0 ? 'purchase' : 'view', `p${(n * 5) % 48}`, n % 50),
  );
  const of = (who: string, action: string, wanted: typeof products) =>
    wanted.map(({ object_id }, n) => event(who, action, object_id, n));
  return [
    ...everybody,
    ...of(
      'ann',
      'purchase',
      products.filter(({ brand }) => brand === 'Velda'),
    ),
    ...of(
      'bob',
      'view',
      products.filter(({ color }) => color === 'blue'),
    ),
  ];
}

/** What a shop sells, and who did what in it. */
export interface ShopData {
  readonly catalog: Catalog;
  readonly fill: (engine: EngineClient) => Promise<void>;
  /** the script form, where the engine has it */
  readonly painless?: boolean;
}

export async function openTrainedShop(
  kind: EngineKind,
  { catalog, fill: fillShop, painless = false }: ShopData = { catalog: CATALOG, fill },
) {
  const { engine, prefix, close } = await openNamespace(kind, 'preview');
  await bootstrapIndices(engine);
  await fillShop(engine);
  const train = createTrainer({ engine, judge: createQualityGate() });
  const stores = createModelStores(engine, catalog, train);
  const { lifecycle, settingsStore } = stores;
  let serving: Parameters<typeof searchInNamespace>[0]['serving'] = () => ({ enabled: true, active: null });
  const sessions = createMemorySessionStore({ maxBytes: 1e6 });
  const profiles = createProfileStore(engine, { maxBytes: 1e7, ttlMs: 60_000, negativeTtlMs: 1 });
  const feed = createEventFeed(Date.now);
  const metrics = createMetrics({ cache: profiles.counts, now: Date.now });
  const guard = createErasureGuard({ engine, store: profiles, now: Date.now });
  const { search, products: lookUp } = searchInNamespace({
    engine,
    prefix,
    catalog,
    boostFields: new Map([[catalog.name, await readBoostFields(engine, catalog.index)]]),
    painless: painless ? (await storeBoostScript(engine, [catalog.index])).id : null,
    serving: () => serving('products'),
    readProfiles: guard.profiles(profiles.read),
    readSession: guard.sessions(sessions.read),
  });
  const onSessionError = (error: unknown) => {
    throw error;
  };
  const intake = createEventIntake({
    engine,
    sessions,
    products: lookUp,
    now: Date.now,
    onSessionError,
    onReceived: (heard, bytes) => {
      feed.add(heard, bytes);
      metrics.events(heard);
    },
  });
  const log = { error: (details: object) => void process.stderr.write(`${JSON.stringify(details)}\n`) };
  const routes = createAdminRoutes({
    services: stores,
    proxy: { search: searchContext(search), products: lookUp, intake, erasureGuard: guard },
    proxyUrl: 'http://127.0.0.1:9280',
    reporting: { metrics, feed },
    alerts: exampleAlerts,
    warnings: [],
  });
  const app = createAdminApp({ routes, keys: KEYS, metrics, log });
  const proxy = createServer(
    createProxyHandler({
      search: searchHandler({ ...search, onOutcome: metrics.search }),
      app: (_request, response) => void response.writeHead(404).end(),
      engine: kind,
      serverKeys: [SERVER_KEY],
      log,
    }),
  );
  return {
    ...stores,
    sessions,
    app,
    agent: (role: keyof typeof KEYS = 'viewer') =>
      supertest.agent(app).set('X-Kindred-Key', KEYS[role][0] ?? ''),
    /** trains, saves and activates, and lets the proxy know */
    async activate(id: string) {
      const status = await (await lifecycle.start(id, { actor: 'test' })).finished;
      if (status.state !== 'completed') throw new Error(String(status.error));
      await lifecycle.save(id, 'test');
      await lifecycle.activate(id, 'test', { force: true });
      const active = await settingsStore.active(catalog.name);
      serving = () => ({ enabled: true, active });
      if (!active) throw new Error(`${id} is not active`);
      return active;
    },
    /** lets the proxy know what is active, and whether personalization is on */
    async follow() {
      const [active, { source }] = await Promise.all([
        settingsStore.active(catalog.name),
        settingsStore.get(catalog.name),
      ]);
      serving = () => ({ enabled: source.personalization.enabled, active });
    },
    /** records what somebody does just now */
    async send(...events: readonly object[]) {
      const timestamp = new Date().toISOString();
      const sent = events.map((each) => ({ timestamp, ...each }));
      const body = Buffer.from(JSON.stringify(sent));
      const { rejected } = await intake.record(body, { trusted: true, identity: {} });
      if (rejected.length > 0) throw new Error(JSON.stringify(rejected));
      await engine.refresh('ubi_events');
    },
    intake,
    identify: createIdentify({ engine, sessions, now: Date.now, onSessionError }),
    /** a trusted search with explain, as a storefront would send it */
    ask: (body: object, headers: Record<string, string>) =>
      supertest(proxy)
        .post('/products/_search')
        .set({ 'x-kindred-key': SERVER_KEY, 'x-kindred': 'explain', ...headers })
        .send(body),
    async close() {
      await lifecycle.close();
      guard.stop();
      await search.upstream.close();
      await close();
    },
  };
}

export type TrainedShop = Awaited<ReturnType<typeof openTrainedShop>>;

async function fill(engine: EngineClient): Promise<void> {
  const keyword = { type: 'keyword' };
  await engine.createIndex('products', {
    settings: { number_of_shards: 1 },
    mappings: {
      properties: {
        object_id: keyword,
        title: { type: 'text' },
        image: keyword,
        category: keyword,
        brand: keyword,
        color: keyword,
        sizes: keyword,
        material: keyword,
        popularity: { type: 'double' },
      },
    },
  });
  const customers = ['ann', 'cleo', ...Array.from({ length: 60 }, (_, n) => `u${n}`)].map((user_id, n) => ({
    user_id,
    age: n < 2 ? '45-54' : '25-34',
  }));
  const all: Record<string, readonly (readonly [string, object])[]> = {
    products: products.map((product) => [product.object_id, product]),
    'products-customers': customers.map((customer) => [customer.user_id, customer]),
    ubi_events: shopEvents().map((each, n) => [`e${n}`, each]),
  };
  for (const [index, documents] of Object.entries(all)) await indexDocuments(engine, index, documents);
}
