// A catalog's name, its target in the engine, and what it is configured with.
import { expect, test } from '@jest/globals';
import { catalogSchema, isConfiguredIndex } from '../../src/core/catalog.js';

test.each([
  [{ index: 'products' }, 'products', 'products'],
  [{ index: ['shop_de', 'shop_fr', 'shop_de'] }, 'shop_de', 'shop_de,shop_fr'],
  // Customers, of this catalog or another, are no products.
  [{ index: 'shop_de_*' }, 'shop_de', 'shop_de_*,-*-customers'],
  [{ name: 'toys', index: ['toys*', 'games'] }, 'toys', 'toys*,games,-*-customers'],
])('%j is called %s and searched as %s', (input, name, index) => {
  expect(catalogSchema.parse(input)).toMatchObject({ name, index });
});

test.each([
  { index: '*' },
  { index: 'k*' },
  { index: 'kindred-profiles-*' },
  { index: ['toys', 'ubi_*'] },
  { index: '-products' },
  { index: 'a,b' },
  { index: [] },
  { name: 'a b', index: 'a' },
  {},
])('%j is refused', (input) => {
  expect(catalogSchema.safeParse(input).success).toBe(false);
});

test('an index is configured by name or by pattern, to the letter', () => {
  const catalog = catalogSchema.parse({ index: ['toys', 'shop_*_v1'] });
  const known = ['toys', 'shop_de_v1', 'shop_*_v1', 'toys2', 'shop_de_v2', 'shopXde_v1', ''];
  expect(known.filter((index) => isConfiguredIndex(catalog, index))).toEqual([
    'toys',
    'shop_de_v1',
    'shop_*_v1',
  ]);
});
