// A real Kindred with its console, on a real engine, over a simulated shop; every part of it can come and go.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { AlertName } from '../../../src/core/alert/alert-rules.js';
import { catalogSchema } from '../../../src/core/catalog.js';
import { loadDataset } from '../../../src/datasets/load/load-dataset.js';
import { simulateShop } from '../../../src/datasets/simulate/simulate-shop.js';
import { MODELS_INDEX } from '../../../src/models/store/index-names.js';
import type { ModelRecord } from '../../../src/models/store/model-record.js';
import { createServices, type Services } from '../../../src/server/create-services.js';
import { type RunningKindred, startKindred } from '../../../src/server/start-kindred.js';
import { admin, type Shop } from '../../demo/shop-client.js';
import { NO_ALERTS } from '../../helpers/alerts.js';
import { uniqueIndex } from '../../helpers/engines.js';
import { openNamespace } from '../../helpers/namespace.js';
import { WORSE } from '../../models/support/fake-trainer.js';
import { holdTrainings } from './hold-trainings.js';

export const KEYS = { admin: 'adm_browser', editor: 'edi_browser', viewer: 'vie_browser' } as const;
const SERVER_KEY = 'srv_browser';
/** Enough for tastes; too little for a verdict on a version, which takes time. */
const SMALL = { users: 150, products: 300, events: 6_000 };
/** As small as can be judged, and found better than nothing. */
export const JUDGED = { users: 400, products: 400, events: 16_000 };

export type Stack = Awaited<ReturnType<typeof openStack>>;

/**
 * @param alertsOff alerts that are not looked for; all of them unless a test is of them
 * @param beside names of further catalogs, each with the same products
 */
export async function openStack(
  size = SMALL,
  alertsOff: readonly AlertName[] = NO_ALERTS.off,
  beside: readonly string[] = [],
) {
  const { connection, engine, prefix, close } = await openNamespace('elasticsearch', 'browser');
  const index = uniqueIndex('shop');
  const folder = await mkdtemp(join(tmpdir(), 'kindred-browser-'));
  const log = pino({ level: 'error' }, pino.destination(2));
  const others = beside.map((name) => ({ name, index: uniqueIndex(name) }));
  const catalogs = [{ index }, ...others].map((each) =>
    catalogSchema.parse({ ...each, imageField: 'image' }),
  );
  const ports = { proxy: 0, admin: 0 };
  let services: Services;
  let kindred: RunningKindred | null = null;

  async function start(): Promise<void> {
    services = await createServices(engine, { catalogs, archiveDir: join(folder, 'archive') }, log);
    const held = { ...services, ...holdTrainings({ ...services, waiting: () => gate }) };
    services = held;
    kindred = await startKindred({
      services,
      searchAddress: { url: connection.url },
      settings: {
        serverKeys: [SERVER_KEY],
        adminKeys: [KEYS.admin],
        editorKeys: [KEYS.editor],
        viewerKeys: [KEYS.viewer],
        redisUrl: null,
        alerts: { off: alertsOff, webhook: null },
        proxy: { host: '127.0.0.1', port: ports.proxy },
        admin: { host: '127.0.0.1', port: ports.admin },
      },
      warnings: [],
      log,
    });
    ports.proxy = Number(new URL(kindred.proxyUrl).port);
    ports.admin = Number(new URL(kindred.adminUrl).port);
  }

  /** Ends it: its addresses refuse connections until it is started again. */
  async function stop(): Promise<void> {
    await kindred?.close();
    kindred = null;
  }

  async function train(id: string): Promise<void> {
    const { state, error } = await (await services.lifecycle.start(id, { actor: 'test' })).finished;
    if (state !== 'completed') throw new Error(error ?? state);
  }

  let gate = Promise.resolve();
  await start();
  const shop: Shop = {
    engine: connection.url,
    proxy: `http://127.0.0.1:${ports.proxy}`,
    admin: `http://127.0.0.1:${ports.admin}`,
    serverKey: SERVER_KEY,
    adminKey: KEYS.admin,
    index,
  };

  return {
    ...shop,
    index,
    /** sees the names without the namespace */
    client: engine,
    stop,
    start,
    /** Trainings wait at their start until the returned function is called. */
    holdTrainings(): () => void {
      let open = () => {};
      gate = new Promise((resolve) => {
        open = resolve;
      });
      return open;
    },
    /** @param what the catalog and its customers alone, or the events too */
    async load(what: 'catalog' | 'everything'): Promise<void> {
      const dataset = join(folder, 'shop');
      await simulateShop({ ...size, seed: 1, out: dataset }).catch(ignoreExisting);
      const events = what === 'everything' ? {} : { eventsIndex: 'events-of-later' };
      await loadDataset({ engine, dataset, index, shiftTo: Date.now(), ...events });
      for (const other of others)
        await loadDataset({ engine, dataset, index: other.index, eventsIndex: 'events-of-later' });
      // Storefronts know the catalog by its own name.
      await connection.swapAlias(index, prefix + index);
      await engine.refresh('*');
    },
    train,
    /** reads what serves, and judges alerts, now */
    refresh: async () => kindred?.refresh(),
    /** trains, saves and activates a model without the console */
    async activate(id: string): Promise<void> {
      await train(id);
      await services.lifecycle.save(id, 'test');
      await services.lifecycle.activate(id, 'test', { force: true });
      await kindred?.refresh();
    },
    /** Turns personalization on or off. */
    async turn(enabled: boolean): Promise<void> {
      const settings = (await admin<object>(shop, '/settings')).json();
      const body = { ...settings, personalization: { enabled } };
      const { status, text } = await admin(shop, '/settings', { method: 'PUT', body, ifMatch: '*' });
      if (status !== 200) throw new Error(text);
    },
    /** Has the versions of a model judged worse, which a shop as kind as this one never does. */
    async findWorse(id: string): Promise<void> {
      const found = await engine.get<{ record: ModelRecord }>(MODELS_INDEX, id);
      if (!found) throw new Error(`there is no model ${id}`);
      const { record } = found.source;
      const versions = record.versions.map((version) => ({ ...version, quality: WORSE }));
      await engine.put(
        MODELS_INDEX,
        id,
        { ...found.source, record: { ...record, versions } },
        { refresh: true },
      );
    },
    /** who did most */
    async busiest(): Promise<string> {
      const people = { terms: { field: 'user_id', size: 1 } };
      const { aggregations } = await engine.search('ubi_events', { size: 0, aggs: { people } });
      const counted = aggregations?.people as
        | { readonly buckets: readonly { readonly key: string }[] }
        | undefined;
      return String(counted?.buckets[0]?.key);
    },
    async close(): Promise<void> {
      await stop();
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A shop that is there is the same: it follows from its size. */
function ignoreExisting(error: { readonly code?: string }): void {
  if (error.code !== 'out-exists') throw error;
}
