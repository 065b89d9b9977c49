// What the catalog tells on real engines: fields, values, the default model, readiness.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { catalogAttributes } from '../../../src/models/catalog/catalog-fields.js';
import { fieldStatistics } from '../../../src/models/catalog/field-statistics.js';
import { fieldValues } from '../../../src/models/catalog/field-values.js';
import { ensureDefaultModel } from '../../../src/models/lifecycle/ensure-default-model.js';
import { checkReadiness } from '../../../src/models/readiness/readiness.js';
import { engines } from '../../helpers/engines.js';
import { CATALOG, openShop, type Shop } from '../support/shop.js';

describe.each(engines())('a catalog on $kind', ({ kind }) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop(kind);
  });
  afterAll(() => shop.close());

  test('its fields come with coverage and distinct values', async () => {
    const { offered: fields } = await catalogAttributes(shop.engine, CATALOG);
    const statistics = await fieldStatistics(shop.engine, 'products', fields);
    expect(statistics).toEqual([
      { field: 'brand.keyword', type: 'keyword', coverage: 1, distinct: 8 },
      { field: 'category', type: 'keyword', coverage: 1, distinct: 2 },
      { field: 'color', type: 'keyword', coverage: 1, distinct: 3 },
      { field: 'details.fit', type: 'keyword', coverage: 1, distinct: 2 },
      { field: 'material', type: 'keyword', coverage: 1, distinct: 2 },
      { field: 'organic', type: 'boolean', coverage: 1, distinct: 2 },
      { field: 'price', type: 'number', coverage: 1, distinct: 40 },
      { field: 'rare', type: 'keyword', coverage: 0.25, distinct: 4 },
      { field: 'same', type: 'keyword', coverage: 1, distinct: 1 },
      { field: 'variants.size', type: 'keyword', coverage: 0, distinct: 0 },
    ]);
    const named = await catalogAttributes(shop.engine, { ...CATALOG, fields: ['price', 'nope', 'color'] });
    expect(named.offered.map(({ field }) => field)).toEqual(['price', 'color']);
    expect(named.refused).toEqual([{ field: 'nope', reason: 'is not a field of the catalog' }]);
  });

  test('values are the most frequent ones that contain the text, special characters included', async () => {
    const values = (field: string, type: 'keyword' | 'boolean' | 'number', q?: string) =>
      fieldValues(shop.engine, 'products', { field, type }, q);
    expect(await values('category', 'keyword')).toEqual({
      values: [
        { value: 'shirts', count: 20 },
        { value: 'shoes', count: 20 },
      ],
      more: false,
    });
    expect((await values('brand.keyword', 'keyword', 'AND 3')).values).toEqual([
      { value: 'Brand 3', count: 5 },
    ]);
    expect((await values('brand.keyword', 'keyword', '.*"[a](b)|\\{}')).values).toEqual([]);
    expect((await values('organic', 'boolean')).values).toContainEqual({ value: 'true', count: 4 });
    expect((await values('price', 'number', '39')).values).toEqual([{ value: '39.5', count: 1 }]);
  });

  test('the default model takes fitting attributes, telling ones first, and events as seen', async () => {
    const { engine, modelStore } = shop;
    expect(await ensureDefaultModel({ engine, modelStore, catalog: CATALOG })).toEqual({
      created: true,
      reason: null,
    });
    const [record] = await modelStore.list();
    const model = record?.model;
    expect(model).toMatchObject({
      id: 'default',
      kind: 'default',
      group: { by: 'demographic', attributes: ['age', 'income'] },
      profiles: { group: true },
    });
    const names = model?.globalAffinityFields.map(({ field }) => field) ?? [];
    // Material and category tell nothing apart within a category.
    expect(names).toEqual(['brand.keyword', 'color', 'details.fit', 'organic']);
    expect(model?.globalAffinityFields.map(({ weight }) => weight)).toEqual([25, 25, 25, 25]);
    expect(model).toMatchObject({ products: { buyAgain: 40, related: 25 }, timeDecay: '365d' });
    expect(model?.eventWeights).toEqual([
      { event: 'purchase', weight: 45.45 },
      { event: 'add_to_cart', weight: 27.27 },
      { event: 'view', weight: 13.64 },
      { event: 'search', weight: 4.55 },
      { event: 'rented', weight: 4.55 },
      { event: 'wishlist', weight: 4.54 },
    ]);
    const again = await ensureDefaultModel({ engine, modelStore, catalog: CATALOG });
    expect(again).toEqual({ created: false, reason: 'there is a default model already' });
  });

  test('readiness counts what a training would use', async () => {
    const [record] = await shop.modelStore.list();
    const ready = await checkReadiness(shop.engine, [CATALOG], record?.model ?? null);
    expect(ready.ready).toBe(true);
    expect(ready.checks.slice(0, 3).map(({ name, count }) => [name, count])).toEqual([
      ['catalog', 40],
      ['model', null],
      ['events', 5],
    ]);
  });
});

test.each(engines())(
  'an empty shop gets no default model and says what is missing ($kind)',
  async ({ kind }) => {
    const shop = await openShop(kind, { bare: true });
    try {
      const { engine, modelStore } = shop;
      const ensure = () => ensureDefaultModel({ engine, modelStore, catalog: CATALOG });
      expect((await ensure()).reason).toBe('catalog "products" does not exist yet');
      await engine.createIndex('products', { mappings: { properties: { color: { type: 'keyword' } } } });
      expect((await ensure()).reason).toBe('catalog "products" is empty');
      await engine.put('products', '1', { color: 'red' }, { refresh: true });
      expect((await ensure()).reason).toContain('no attribute');
      const { ready, checks } = await checkReadiness(engine, [CATALOG], null);
      expect(ready).toBe(false);
      expect(checks.map(({ ok }) => ok)).toEqual([true, false, false]);
      expect(checks[2]?.message).toContain('kindred load');
      expect(await modelStore.list()).toEqual([]);
    } finally {
      await shop.close();
    }
  },
);
