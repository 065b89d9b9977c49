// Whether a catalog's categories are paths, and what is above them.
import { describe, expect, test } from '@jest/globals';
import {
  ancestors,
  categorySeparator,
  lastLevel,
  pathBefore,
  possibleAncestors,
} from '../../src/core/category-paths.js';

describe('what is between the levels', () => {
  test.each<[string | null, string[]]>([
    [' > ', ['Men > Shoes > Running', 'Men > Shoes > Trail', 'Women > Shirts']],
    [' > ', ['Men', 'Men > Shoes', 'Gift cards', 'Women > Shirts/Blouses']],
    [' / ', ['Men / Shoes', 'Men / Shirts', 'Women / Shoes']],
    [' | ', ['Men | Shoes', 'Women | Shoes']],
    ['>', ['Men>Shoes', 'Women>Shoes']],
    ['|', ['Men|Shoes', 'Women|Shoes']],
    ['/', ['men/shoes/running', 'men/shoes/trail', 'men/shirts', 'women/shoes', 'women/shirts', 'sale']],
    ['/', ['/men/shoes', '/men/shirts', '/men']],
    [null, []],
    [null, ['shoes', 'shirts']],
    [null, ['103', '104']],
    [null, ['Bread/Rolls', 'Milk/Cream', 'Tea/Coffee']],
    [null, ['Bread/Buns', 'Bread/Rolls', 'Milk', 'Tea', 'Coffee']],
    [null, ['Shoes > 40', 'Shirts', 'Socks']],
    [null, ['Shoes', '/', ' > ']],
  ])('%j: %j', (separator, categories) => {
    expect(categorySeparator(categories)).toBe(separator);
  });
});

test('the nearest parent is first', () => {
  expect(ancestors('Men > Shoes > Running', ' > ')).toEqual(['Men > Shoes', 'Men']);
  expect(ancestors('/men/shoes', '/')).toEqual(['/men']);
  expect(ancestors('Men', ' > ')).toEqual([]);
  expect(ancestors('Men > Shoes', null)).toEqual([]);
  expect(possibleAncestors('Men > Shoes/Boots')).toEqual(['Men', 'Men ', 'Men > Shoes']);
  expect(possibleAncestors('shoes')).toEqual([]);
});

test('the last level is its name; a prefix leads into a path where its last separator ends it', () => {
  expect(lastLevel('Men > Shoes', ' > ')).toBe('Shoes');
  expect(lastLevel('Men > Shoes', null)).toBe('Men > Shoes');
  expect(pathBefore('Men > Shoes > ')).toBe('Men > Shoes');
  expect(pathBefore('men/shoes/')).toBe('men/shoes');
  expect(pathBefore('Men > Shoes')).toBeUndefined();
});
