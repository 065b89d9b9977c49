// Categories that are paths: what is bought counts in the parents too, and a leaf of which little is known is ranked by them.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { populationId } from '../../src/core/profile/profile.js';
import { engines } from '../helpers/engines.js';
import { type CategoryShop, openCategoryShop } from './category-shop.js';

/** Shoes have 24 products, one of them (and 4 of 132 events) a clog; shirts have 12. */
function levelsOf(n: number): string[] {
  if (n === 0) return ['Men', 'Shoes', 'Clogs'];
  if (n < 24) return ['Men', 'Shoes', 'Running'];
  return ['Women', 'Shirts', n % 2 === 0 ? 'T' : 'Polo'];
}

describe.each(engines())('$kind', ({ kind }) => {
  describe.each<[string, string, (path: string[]) => unknown]>([
    ['paths with arrows', ' > ', (path) => path.join(' > ')],
    ['paths with slashes', '/', (path) => path.join('/')],
    ['all levels as a list', '|', (path) => path.map((_, depth) => path.slice(0, depth + 1).join('|'))],
    ['two paths', '>', (path) => [path.join('>'), `Sale>${path.join('>')}`]],
  ])('%s', (kindOfCategory, separator, categoryOf) => {
    let shop: CategoryShop;
    beforeAll(async () => {
      shop = await openCategoryShop(kind, {
        properties: { category: { type: 'keyword' } },
        categoryOf: (n) => ({ category: categoryOf(levelsOf(n)) }),
        overrides: [{ categories: [['Men', 'Shoes', 'Clogs'].join(separator)], field: 'color' }],
      });
    });
    afterAll(() => shop.close());

    const path = (...levels: string[]) => levels.join(separator);
    const filter = (category: string) => ({ query: { term: { category } } });
    const page = (category: string) => ({ ext: { kindred: { category } } });

    test('every level is a scope of what is below it', async () => {
      const products = async (category: string | null) =>
        (await shop.readProfile(populationId(category)))?.assortment?.products;
      expect(await products(path('Men', 'Shoes', 'Running'))).toBe(23);
      expect(await products(path('Men', 'Shoes'))).toBe(24);
      expect(await products('Men')).toBe(24);
      expect(await products('Women')).toBe(12);
      expect(await products(null)).toBe(36);
    });

    test.each([
      [['Men', 'Shoes', 'Running'], 3],
      [['Men', 'Shoes', 'Clogs'], 2],
      [['Men', 'Shoes', 'Sandals'], 2],
      [['Men', 'Shoes'], 2],
      [['Men', 'Trousers', 'Jeans'], 1],
      [['Men'], 1],
      // Of shirts and of women there are fewer than 50 events: the root speaks.
      [['Women', 'Shirts', 'Polo'], 1],
      [['Children'], 0],
    ])('a page of %j is ranked by its first %i levels', async (levels, known) => {
      const { plan } = await shop.ask(page(path(...levels)));
      expect(plan?.category).toBe(known === 0 ? null : path(...levels.slice(0, known)));
    });

    test('the filter says it as well: a leaf, a leaf within its parent, and all that is below a parent', async () => {
      const running = path('Men', 'Shoes', 'Running');
      const { plan, hits } = await shop.ask(filter(running));
      expect([plan?.category, hits]).toEqual([running, 23]);
      const both = {
        bool: { filter: [{ term: { category: running } }, { prefix: { category: path('Men', '') } }] },
      };
      expect((await shop.ask({ query: both })).plan).toEqual(plan);
      const below = await shop.ask({ query: { prefix: { category: path('Men', 'Shoes', '') } } });
      expect([below.plan?.category, below.hits]).toEqual([path('Men', 'Shoes'), 24]);
      expect(below.plan?.boosts).not.toEqual(plan?.boosts);
    });

    test('a click on a leaf counts on the page of its parent, and not beside it', async () => {
      await shop.click('p3', 'p4', 'p5');
      const profiles = async (category: string) => (await shop.ask(page(category))).plan?.profiles ?? [];
      const [below, beside] = [await profiles(path('Men', 'Shoes')), await profiles(path('Women'))];
      await shop.click();
      expect(below).toContain('session');
      expect(beside).not.toContain('session');
    });

    test('what was bought in a leaf is bought again on the page of its parent', async () => {
      const again = async (category: string) =>
        (await shop.ask(page(category))).plan?.boosts.flatMap(({ value, product }) =>
          product === 'buy_again' ? [value] : [],
        );
      expect(await again('Men')).toContain('p4');
      expect(await again(path('Men', 'Shoes', 'Running'))).toContain('p4');
      expect(await again('Women')).not.toContain('p4');
    });

    test('the override of a leaf holds where its parent speaks for it', async () => {
      const { plan } = await shop.ask(filter(path('Men', 'Shoes', 'Clogs')));
      expect(plan?.category).toBe(path('Men', 'Shoes'));
      const fields = new Set(plan?.boosts.flatMap(({ field, product }) => (product ? [] : [field])));
      expect([...fields]).toEqual(['color']);
      expect(kindOfCategory).toBeDefined();
    });
  });

  test('names with slashes in them are no paths', async () => {
    const shop = await openCategoryShop(kind, {
      properties: { category: { type: 'keyword' } },
      categoryOf: (n) => ({ category: ['Bread/Rolls', 'Milk/Cream', 'Bread'][n % 3] }),
    });
    expect(await shop.readProfile(populationId('Milk'))).toBeNull();
    const { plan } = await shop.ask({ ext: { kindred: { category: 'Bread/Buns' } } });
    expect(plan?.category).toBeNull();
    await shop.close();
  });
});
