// A small shop on a real engine: catalog, customers, events, and the stores and life cycle over them.
import { catalogSchema } from '../../../src/core/catalog.js';
import type { EngineKind } from '../../../src/core/engine-kind.js';
import type { EngineClient } from '../../../src/engine/client/client.js';
import { bootstrapIndices } from '../../../src/engine/indices/bootstrap.js';
import { indexDocuments } from '../../helpers/index-documents.js';
import { createModelStores } from '../../helpers/model-stores.js';
import { openNamespace } from '../../helpers/namespace.js';
import { createFakeTrainer } from './fake-trainer.js';

export const CATALOG = catalogSchema.parse({ index: 'products', imageField: 'image' });

const keyword = { type: 'keyword' };
const CATALOG_PROPERTIES = {
  object_id: keyword,
  title: { type: 'text', fields: { keyword } },
  image: keyword,
  category: keyword,
  brand: { type: 'text', fields: { keyword } },
  color: keyword,
  material: keyword,
  rare: keyword,
  same: keyword,
  organic: { type: 'boolean' },
  price: { type: 'double' },
  blurb: { type: 'text' },
  details: { properties: { fit: keyword } },
  variants: { type: 'nested', properties: { size: keyword } },
};

/** 40 products in two categories: brands differ most inside a category, materials not at all. */
function products() {
  const colors = ['red', 'green', 'blue'];
  return Array.from({ length: 40 }, (_, n) => {
    const shoes = n % 2 === 0;
    return {
      object_id: `p${n}`,
      title: `product ${n}`,
      image: `https://shop.test/${n}.png`,
      category: shoes ? 'shoes' : 'shirts',
      brand: `Brand ${n % 8}`,
      color: colors[n % 3],
      material: shoes ? 'leather' : 'cotton',
      ...(n < 10 ? { rare: `r${n % 4}` } : {}),
      same: 'x',
      organic: n % 10 === 0,
      price: n + 0.5,
      blurb: 'words',
      details: { fit: n % 4 === 0 ? 'slim' : 'wide' },
    };
  });
}

/** What every model test starts from; 33.33 + 33.33 + 33.34 would be as good. */
export const SUMMER = {
  name: 'Summer',
  globalAffinityFields: [
    { field: 'brand.keyword', weight: 60 },
    { field: 'color', weight: 40 },
  ],
  eventWeights: [
    { event: 'purchase', weight: 70 },
    { event: 'view', weight: 30 },
  ],
};

export interface ShopOptions {
  /** leave the catalog out */
  readonly bare?: boolean;
  readonly now?: () => number;
}

export async function openShop(kind: EngineKind, { bare = false, now = Date.now }: ShopOptions = {}) {
  const { engine, prefix, close } = await openNamespace(kind, 'models');
  await bootstrapIndices(engine);
  if (!bare) await fill(engine);
  const trainer = createFakeTrainer(engine);
  const stores = createModelStores(engine, CATALOG, trainer.train, now);
  const { lifecycle, settingsStore } = stores;
  return {
    ...stores,
    prefix,
    trainer,
    /** trains, saves and activates */
    async activate(id: string) {
      await (await lifecycle.start(id, { actor: 'test' })).finished;
      await lifecycle.save(id, 'test');
      await lifecycle.activate(id, 'test');
    },
    /** no models, no trainings, nothing active; the catalog and the audit trail stay */
    async reset() {
      await lifecycle.close();
      await settingsStore.setActive('products', null);
      for await (const batch of engine.scan('kindred-models'))
        for (const { id } of batch) await engine.delete('kindred-models', id, { refresh: true });
      for (const index of await engine.listIndices('kindred-profiles-*')) await engine.deleteIndex(index);
      trainer.reset();
    },
    async close() {
      await lifecycle.close();
      await close();
    },
  };
}

export type Shop = Awaited<ReturnType<typeof openShop>>;

async function fill(engine: EngineClient): Promise<void> {
  await engine.createIndex('products', { mappings: { dynamic: false, properties: CATALOG_PROPERTIES } });
  await engine.createIndex('products-customers', {
    mappings: {
      properties: {
        user_id: keyword,
        age: keyword,
        income: keyword,
        household: keyword,
        since: { type: 'date' },
      },
    },
  });
  const customers = Array.from({ length: 6 }, (_, n) => ({
    user_id: `u${n}`,
    age: `a${n % 3}`,
    income: `i${n % 4}`,
    household: `h${n % 2}`,
  }));
  const actions = ['purchase', 'purchase', 'wishlist', 'click', 'remove_from_cart', 'rented'];
  const events = actions.map((action_name, n) => ({
    action_name,
    timestamp: `2026-01-0${n + 1}T12:00:00Z`,
    user_id: 'u1',
    event_attributes: { object: { object_id: `p${n}` } },
  }));
  const numbered = (documents: readonly object[]) =>
    documents.map((document, n) => [`d${n}`, document] as const);
  await indexDocuments(
    engine,
    'products',
    products().map((product) => [product.object_id, product]),
  );
  await indexDocuments(engine, 'products-customers', numbered(customers));
  await indexDocuments(engine, 'ubi_events', numbered(events));
}
