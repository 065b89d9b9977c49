// A product of several categories counts in each of them: in training, in the session, and in what its scopes send.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { individualId, ownProducts, populationId } from '../../src/core/profile/profile.js';
import { engines } from '../helpers/engines.js';
import { type CategoryShop, openCategoryShop } from './category-shop.js';

/** Category 2 is the root, 101 to 103 have 12 products each, 7 is what is on sale: every third product. */
const idsOf = (n: number) => [2, 101 + Math.floor(n / 12), ...(n % 3 === 0 ? [7] : [])];
const SIZES: Record<string, number> = { 2: 36, 101: 12, 102: 12, 103: 12, 7: 12 };

describe.each(engines())('$kind', ({ kind }) => {
  describe.each<[string, Parameters<typeof openCategoryShop>[1]]>([
    [
      'a list of numbers',
      { properties: { category: { type: 'long' } }, categoryOf: (n) => ({ category: idsOf(n) }) },
    ],
    [
      'a list of text',
      {
        properties: { category: { type: 'keyword' } },
        categoryOf: (n) => ({ category: idsOf(n).map(String) }),
      },
    ],
    [
      'a list of objects',
      {
        categoryField: 'groups.id',
        properties: { groups: { properties: { id: { type: 'integer' } } } },
        categoryOf: (n) => ({ groups: idsOf(n).map((id) => ({ id })) }),
      },
    ],
    [
      'nested documents',
      {
        categoryField: 'groups.id',
        properties: { groups: { type: 'nested', properties: { id: { type: 'keyword' } } } },
        categoryOf: (n) => ({ groups: idsOf(n).map((id) => ({ id: String(id), position: n })) }),
      },
    ],
  ])('%s', (mapping, options) => {
    let shop: CategoryShop;
    beforeAll(async () => {
      shop = await openCategoryShop(kind, options);
    });
    afterAll(() => shop.close());

    const field = options.categoryField ?? 'category';
    const filter = (id: number) => {
      const term = { term: { [field]: id } };
      return mapping.startsWith('nested') ? { nested: { path: 'groups', query: term } } : term;
    };

    test.each([2, 101, 103, 7])('%s is a scope of all its products', async (id) => {
      const population = await shop.readProfile(populationId(String(id)));
      expect(population?.assortment?.products).toBe(SIZES[id]);
      const { outcome, hits, plan } = await shop.ask({ query: filter(id) });
      expect(outcome).toMatchObject({ applied: true });
      expect([plan?.category, hits]).toEqual([String(id), SIZES[id]]);
    });

    test('a product that was bought is bought again in each of its categories, and in no other', async () => {
      const ann = await shop.readProfile(individualId('ann'));
      const own = ann ? ownProducts(ann) : [];
      const first = own.find(({ objectId }) => objectId === 'p0');
      expect([...(first?.categories ?? [])].sort()).toEqual(['101', '2', '7']);
      for (const [id, again] of [
        [101, true],
        [7, true],
        [2, true],
        [102, false],
      ] as const) {
        const { plan } = await shop.ask({ query: filter(id) });
        expect(plan?.boosts.some(({ value, product }) => value === 'p0' && product === 'buy_again')).toBe(
          again,
        );
      }
    });

    test('a click counts in each of its categories, and in no other', async () => {
      const categories = (await shop.lookUp(['p0'])).get('p0')?.categories;
      expect(categories).toEqual(['2', '101', '7']);
      const bySession = async (id: number) => {
        const { plan } = await shop.ask({ query: filter(id) });
        return plan?.boosts.some(({ profile }) => profile === 'session');
      };
      await shop.click('p0', 'p3', 'p0', 'p3', 'p0', 'p3', 'p0', 'p3', 'p0', 'p3');
      const counted = [await bySession(2), await bySession(101), await bySession(7), await bySession(103)];
      await shop.click();
      expect(counted).toEqual([true, true, true, false]);
    });
  });

  test('a product follows the override of any of its categories', async () => {
    const shop = await openCategoryShop(kind, {
      properties: { category: { type: 'keyword' } },
      categoryOf: (n) => ({ category: idsOf(n) }),
      overrides: [{ categories: ['7'], field: 'color' }],
    });
    const { plan } = await shop.ask({});
    const fields = new Set(plan?.boosts.map(({ field, categories }) => `${field} ${categories ?? ''}`));
    expect(fields).toContain('color 7');
    expect(fields).toContain('brand ');
    expect(fields).not.toContain('brand 7');
    await shop.close();
  });
});
