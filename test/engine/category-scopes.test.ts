// The scope of a search is the category it names, whatever the mapping, the JSON type, and the form of the query.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engines } from '../helpers/engines.js';
import { type CategoryShop, openCategoryShop } from './category-shop.js';

/** Categories 101 to 103, 12 products each. */
const number = (n: number) => 101 + Math.floor(n / 12);
/** As numbers, as text and as numbers with a fraction, which a number field takes for one. */
const anyType = (n: number) => [number(n), String(number(n)), `${number(n)}.0`][n % 3];

describe.each(engines())('$kind', ({ kind }) => {
  describe.each<[string, Parameters<typeof openCategoryShop>[1]]>([
    ['long', { properties: { category: { type: 'long' } }, categoryOf: (n) => ({ category: anyType(n) }) }],
    [
      'integer',
      { properties: { category: { type: 'integer' } }, categoryOf: (n) => ({ category: number(n) }) },
    ],
    [
      'keyword',
      { properties: { category: { type: 'keyword' } }, categoryOf: (n) => ({ category: number(n) }) },
    ],
    [
      'text with a sub-field',
      {
        categoryField: 'category.keyword',
        properties: {
          category: {
            type: 'text',
            fields: { keyword: { type: 'keyword' }, exact: { type: 'keyword' }, id: { type: 'integer' } },
          },
        },
        categoryOf: (n) => ({ category: String(number(n)) }),
      },
    ],
    [
      'nested',
      {
        categoryField: 'groups.id',
        properties: { groups: { type: 'nested', properties: { id: { type: 'long' } } } },
        categoryOf: (n) => ({ groups: [{ id: number(n), name: 'x' }] }),
      },
    ],
  ])('%s', (mapping, options) => {
    let shop: CategoryShop;
    beforeAll(async () => {
      shop = await openCategoryShop(kind, options);
    });
    afterAll(() => shop.close());

    const field = options.categoryField ?? 'category';
    const query = (clause: object) =>
      mapping === 'nested' ? { nested: { path: 'groups', query: clause } } : clause;
    const forms: Record<string, object> = {
      'term, text': { term: { [field]: '103' } },
      'term, number': { term: { [field]: 103 } },
      'term, value': { term: { [field]: { value: 103 } } },
      'terms, number': { terms: { [field]: [103] } },
      'terms, both': { terms: { [field]: [103, '103'] } },
      'match, text': { match: { [field]: '103' } },
      'match, number': { match: { [field]: { query: 103 } } },
      bool: { bool: { must: [{ bool: { should: [{ match: { [field]: 103 } }] } }] } },
    };
    if (mapping.startsWith('text'))
      Object.assign(forms, {
        'another sub-field': { term: { 'category.exact': '103' } },
        'a sub-field of another type': { match: { 'category.id': 103 } },
      });

    test.each(Object.keys(forms))('%s', async (form) => {
      const all = await shop.ask({});
      const named = await shop.ask({ ext: { kindred: { category: 103 } } });
      expect(named.plan?.category).toBe('103');
      expect(named.plan?.boosts).not.toEqual(all.plan?.boosts);

      const { outcome, hits, plan } = await shop.ask({
        query: { bool: { filter: [query(forms[form] ?? {})] } },
      });
      expect(outcome).toMatchObject({ applied: true });
      expect(hits).toBe(12);
      expect(plan).toEqual(named.plan);
    });

    test('products that are clicked are in the scope', async () => {
      const { plan: before } = await shop.ask({ ext: { kindred: { category: '103' } } });
      await shop.click('p24', 'p25', 'p26');
      const { plan } = await shop.ask({ ext: { kindred: { category: '103' } } });
      await shop.click();
      expect(plan?.profiles).toContain('session');
      expect(before?.profiles).not.toContain('session');
    });
  });

  test('an analyzed field names no category: a match on it may find several', async () => {
    const shop = await openCategoryShop(kind, {
      categoryField: 'category.keyword',
      properties: { category: { type: 'text', fields: { keyword: { type: 'keyword' } } } },
      categoryOf: (n) => ({ category: ['Oat milk', 'Milk', 'Bread'][Math.floor(n / 12)] }),
    });
    const scopeOf = async (query: object) => (await shop.ask({ query })).plan?.category;
    expect(await scopeOf({ match: { category: 'Milk' } })).toBeNull();
    expect(await scopeOf({ match: { 'category.keyword': 'Milk' } })).toBe('Milk');
    expect(await scopeOf({ match_phrase: { 'category.keyword': 'Oat milk' } })).toBe('Oat milk');
    await shop.close();
  });

  test('a boolean that parts the catalog is a category', async () => {
    const shop = await openCategoryShop(kind, {
      properties: { category: { type: 'boolean' } },
      categoryOf: (n) => ({ category: n % 2 === 0 ? true : 'false' }),
    });
    for (const query of [
      { term: { category: true } },
      { terms: { category: ['true'] } },
      { match: { category: true } },
    ])
      expect((await shop.ask({ query })).plan?.category).toBe('true');
    expect((await shop.ask({ query: { term: { category: false } } })).plan?.category).toBe('false');
    await shop.close();
  });
});
