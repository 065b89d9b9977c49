// From the words of a search to values of the catalog: whole words, the longest first, whatever their spelling.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createQueryReader } from '../../../src/core/affinity/query-values.js';

const read = createQueryReader(
  [
    ['brand', ['Nike', "Levi's", 'H&M', 'Blue Moon', 'Müller', 'True Religion', 'Red']],
    ['color', ['red', 'blue', 'dark blue']],
    ['size', ['42', 'M', 'XL', '10-20', '3.5']],
    ['on_sale', ['true', 'false']],
    ['style', ['denim shirt']],
    ['style', ['dress', 'hats', 'glas']],
  ],
  ['Running Shoes', 'shoes', 'shirts', 'dresses'],
);
const named = (query: string) => {
  const { values, categories } = read(query);
  return { ...Object.fromEntries(values), ...(categories.length > 0 && { categories }) };
};

test.each([
  ['nike red', { brand: ['Nike', 'Red'], color: ['red'] }],
  ['NIKE', { brand: ['Nike'] }],
  ['nikelab', {}],
  ['muller', { brand: ['Müller'] }],
  ['MÜLLER', { brand: ['Müller'] }],
  ['levis 501', { brand: ["Levi's"] }],
  ['levi’s', { brand: ["Levi's"] }],
  ['h&m, xl', { brand: ['H&M'], size: ['XL'] }],
  ['dark-blue shoe', { color: ['dark blue'], categories: ['shoes'] }],
  ['blue moon blue', { brand: ['Blue Moon'], color: ['blue'] }],
  ['running shoes', { categories: ['Running Shoes'] }],
  ['denim shirt', { style: ['denim shirt'] }],
  ['shirt, denim', { categories: ['shirts'] }],
  ['dress', { style: ['dress'], categories: ['dresses'] }],
  ['blues hat, glass', { color: ['blue'], style: ['hats'] }],
  ['true m 42 10-20', {}],
  ['true religion', { brand: ['True Religion'] }],
  ['', {}],
])('%s', (query, expected) => {
  expect(named(query)).toEqual(expected);
});

test('a path is named by its last level, and its parents with it', () => {
  const paths = ['Men', 'Men > Shoes', 'Men > Shoes > Running', 'Women > Shoes'];
  const read = createQueryReader([['brand', ['Nike']]], paths, ' > ');
  expect(read('nike running').categories).toEqual(['Men > Shoes > Running', 'Men > Shoes', 'Men']);
  expect(read('shoe').categories).toEqual(['Men > Shoes', 'Men', 'Women > Shoes', 'Women']);
  expect(read('men').categories).toEqual(['Men']);
  expect(read('nike').categories).toEqual([]);
});

test('a query is read up to its bounds', () => {
  expect(named(`${'word '.repeat(19)}nike`)).toEqual({ brand: ['Nike'] });
  expect(named(`${'word '.repeat(20)}nike`)).toEqual({});
  expect(named(`${' '.repeat(1_020)}nike`)).toEqual({ brand: ['Nike'] });
  expect(named(`${' '.repeat(1_021)}nike`)).toEqual({});
});

test('every value with two letters is named by its own text, and each once', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }), fc.nat(4), (texts, place) => {
      const reader = createQueryReader([['f', texts]], texts);
      const text = texts[place] ?? '';
      const { values, categories } = reader(`${text} ${text}`);
      const found = values.get('f') ?? [];
      expect(new Set(found).size).toBe(new Set(categories).size);
      if (/^[a-z]{2,}$/.test(text) && !['no', 'yes'].includes(text)) expect(found).toContain(text);
    }),
  );
});
