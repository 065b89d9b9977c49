// A running Kindred in front of a real engine, with a small shop, an active model and an ear at its door.
import { pino } from 'pino';
import { catalogSchema } from '../../../src/core/catalog.js';
import type { EngineKind } from '../../../src/core/engine-kind.js';
import type { EngineClient } from '../../../src/engine/client/client.js';
import { bootstrapIndices } from '../../../src/engine/indices/bootstrap.js';
import { createServices } from '../../../src/server/create-services.js';
import { startKindred } from '../../../src/server/start-kindred.js';
import { NO_ALERTS } from '../../helpers/alerts.js';
import { uniqueIndex } from '../../helpers/engines.js';
import { eventually } from '../../helpers/eventually.js';
import { indexDocuments } from '../../helpers/index-documents.js';
import { openNamespace } from '../../helpers/namespace.js';
import { MAPPINGS, PRODUCTS, purchases, SHOPPER } from './catalog.js';
import { openEar } from './ear.js';

export const SERVER_KEY = 'srv_client_tests';
export const ADMIN_KEY = 'adm_client_tests';
const MODEL = {
  id: 'brands',
  name: 'Brands',
  globalAffinityFields: [
    { field: 'brand', weight: 80 },
    { field: 'color', weight: 20 },
  ],
  eventWeights: [
    { event: 'purchase', weight: 70 },
    { event: 'view', weight: 30 },
  ],
};
const LOOPBACK = { host: '127.0.0.1', port: 0 };

export type ClientShop = Awaited<ReturnType<typeof openClientShop>>;

export interface ShopOptions {
  /** what a shop's own software keeps beside the catalog's fields */
  readonly dress?: Dress;
  /** of what is written to stderr: `fatal` where errors are what a test makes */
  readonly logLevel?: string;
  readonly redisUrl?: string | null;
  /** what Kindred takes for the engine, around the real one */
  readonly around?: (engine: EngineClient) => EngineClient;
  /** where searches go, given the engine's address */
  readonly searchUrl?: (engineUrl: string) => Promise<string>;
}

export async function openClientShop(
  kind: EngineKind,
  {
    dress = PLAIN,
    logLevel = 'error',
    redisUrl = null,
    around = (engine) => engine,
    searchUrl = async (engineUrl) => engineUrl,
  }: ShopOptions = {},
) {
  const { connection, engine: direct, prefix, close } = await openNamespace(kind, 'clients');
  const engine = around(direct);
  const index = uniqueIndex('shop');
  await fill(connection, index, prefix, dress);
  await bootstrapIndices(engine);
  await indexDocuments(engine, 'ubi_events', purchases(Date.now()));
  const log = pino({ level: logLevel }, pino.destination(2));
  const services = await createServices(
    engine,
    { catalogs: [catalogSchema.parse({ index })], archiveDir: null },
    log,
  );
  const kindred = await startKindred({
    services,
    searchAddress: { url: await searchUrl(connection.url) },
    settings: {
      serverKeys: [SERVER_KEY],
      adminKeys: [ADMIN_KEY],
      editorKeys: [],
      viewerKeys: [],
      redisUrl,
      alerts: NO_ALERTS,
      proxy: LOOPBACK,
      admin: LOOPBACK,
    },
    warnings: [],
    log,
  });
  await services.modelStore.create({ ...MODEL, catalog: index }, 'test');
  const { state, error } = await (await services.lifecycle.start(MODEL.id, { actor: 'test' })).finished;
  if (state !== 'completed') throw new Error(error ?? state);
  await services.lifecycle.save(MODEL.id, 'test');
  await services.lifecycle.activate(MODEL.id, 'test', { force: true });
  const ear = await openEar(kindred.proxyUrl);
  /** follows the settings at once */
  const switchTo = async (enabled: boolean) => {
    const { source } = await services.settingsStore.get(index);
    await services.settingsStore.put(index, { ...source, personalization: { enabled } }, 'test');
    await kindred.refresh();
  };
  await switchTo(true);
  await untilPersonal(kindred.proxyUrl, index);
  return {
    kind,
    index,
    engineUrl: connection.url,
    proxyUrl: kindred.proxyUrl,
    /** where clients go */
    url: ear.url,
    take: ear.take,
    switchTo,
    async close() {
      await ear.close();
      await kindred.close();
      await connection.deleteIndex(index);
      await close();
    },
  };
}

export interface Dress {
  readonly shards: number;
  /** of the mapping */
  readonly properties: object;
  /** @returns the members of the n-th product's document */
  fields(product: (typeof PRODUCTS)[number], n: number): object;
}

export const PLAIN: Dress = { shards: 1, properties: {}, fields: () => ({}) };

/** The catalog keeps its own name, as clients ask the engine for it by that; its alias is the name in the namespace. */
async function fill(connection: EngineClient, index: string, prefix: string, dress: Dress): Promise<void> {
  await connection.createIndex(index, {
    settings: { number_of_shards: dress.shards, number_of_replicas: 0 },
    mappings: { properties: { ...MAPPINGS.properties, ...dress.properties } },
  });
  await indexDocuments(
    connection,
    index,
    PRODUCTS.map((product, n) => [product.object_id, { ...product, ...dress.fields(product, n) }]),
  );
  await connection.swapAlias(prefix + index, index);
}

/** On a busy machine the first read of a profile may miss its deadline; later ones find it in memory. */
async function untilPersonal(url: string, index: string): Promise<void> {
  const headers = { 'x-kindred-key': SERVER_KEY, 'x-user-id': SHOPPER.user };
  await eventually(async () => {
    const said = (await fetch(`${url}/${index}/_search`, { headers })).headers.get('x-personalization');
    if (!said?.startsWith('applied')) throw new Error(`searches are not personalized: ${said}`);
  });
}
