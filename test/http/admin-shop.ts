// The admin application over a small shop on a real Elasticsearch, with requests that carry the key.
import { expect } from '@jest/globals';
import supertest from 'supertest';
import type { ProfileDocument } from '../../src/core/profile/profile.js';
import { createEventFeed } from '../../src/events/event-feed.js';
import { createEventIntake } from '../../src/events/event-intake.js';
import { type AdminAppOptions, createAdminApp } from '../../src/http/admin/admin-app.js';
import { createMetrics } from '../../src/http/metrics/metrics.js';
import { createAdminRoutes } from '../../src/server/create-admin-routes.js';
import type { Services } from '../../src/server/create-services.js';
import { exampleAlerts } from '../helpers/alerts.js';
import { searchContext } from '../helpers/search-context.js';
import { CATALOG, openShop } from '../models/support/shop.js';
import { searchInNamespace } from './search-in-namespace.js';

/** one of each role; the last admin key is what requests carry */
export const KEYS = {
  admin: ['adm_other_key', 'adm_test_key'],
  editor: ['edi_test_key'],
  viewer: ['vie_test_key'],
};
const [, KEY = ''] = KEYS.admin;

export async function openAdmin() {
  const shop = await openShop('elasticsearch');
  const logged: object[] = [];
  const log = { error: (details: object) => void logged.push(details) };
  const { search, products } = searchInNamespace({
    ...shop,
    catalog: CATALOG,
    serving: () => ({ enabled: true, active: null }),
    readProfiles: async (index, ids) =>
      (await shop.engine.mget<ProfileDocument>(index, ids)).map((found) => found?.source ?? null),
    readSession: async () => [],
  });
  const feed = createEventFeed(Date.now);
  const intake = createEventIntake({
    engine: shop.engine,
    sessions: { append: async () => {} },
    products,
    now: Date.now,
    onSessionError: () => {},
    onReceived: feed.add,
  });
  const metrics = createMetrics({ cache: () => ({ reads: 0, misses: 0 }), now: Date.now });
  const routesOf = (services: Services) =>
    createAdminRoutes({
      services,
      proxy: { search: searchContext(search), products, intake, erasureGuard: { refresh: async () => {} } },
      proxyUrl: 'http://127.0.0.1:9281',
      reporting: { metrics, feed },
      alerts: exampleAlerts,
      warnings: ['beware'],
    });
  const routes = routesOf(shop);
  const appOf = (options: Partial<AdminAppOptions>) =>
    createAdminApp({ routes, keys: KEYS, metrics, log, ...options });
  const app = appOf({});
  const agent = supertest.agent(app).set('X-Kindred-Key', KEY);
  const close = async () => {
    await search.upstream.close();
    await shop.close();
  };
  return { shop, routes, routesOf, app, appOf, agent, logged, close };
}

export type Admin = Awaited<ReturnType<typeof openAdmin>>;

/** What a problem answer must look like. */
export function problem(status: number, code: string) {
  return expect.objectContaining({
    status,
    type: 'application/problem+json',
    body: expect.objectContaining({
      type: 'about:blank',
      title: expect.any(String),
      status,
      code,
      detail: expect.stringMatching(/^[^\n]+$/),
      errors: expect.any(Array),
    }),
  });
}
