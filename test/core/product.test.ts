// Values of product documents as text: what the session, and training from the engine, both see.
import { expect, test } from '@jest/globals';
import { valuesAt } from '../../src/core/product.js';

test.each([
  [{ brand: 'Acme' }, 'brand', ['Acme']],
  [{ color: ['red', 'blue', 'red'] }, 'color', ['red', 'blue']],
  [{ attributes: { color: 'red' } }, 'attributes.color', ['red']],
  [{ 'attributes.color': 'red' }, 'attributes.color', ['red']],
  [{ variants: [{ size: 38 }, { size: 39 }, {}] }, 'variants.size', ['38', '39']],
  [{ n: 5.0 }, 'n', ['5']],
  [{ n: 2.5 }, 'n', ['2.5']],
  [{ n: 0 }, 'n', ['0']],
  [{ organic: false }, 'organic', ['false']],
  [{ brand: null }, 'brand', []],
  [{ brand: '' }, 'brand', []],
  [{ brand: { name: 'x' } }, 'brand', []],
  [{ brand: 'x' }, 'brand.name', []],
  [null, 'brand', []],
])('%j at %s is %j', (source, path, values) => {
  expect(valuesAt(source, path)).toEqual(values);
});
