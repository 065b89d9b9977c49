// Which fields of a mapping can carry an affinity.
import { describe, expect, test } from '@jest/globals';
import { affinityFieldsOf } from '../../../src/models/catalog/affinity-field.js';

const catalog = { idField: 'object_id', titleField: 'title', imageField: undefined };
const keyword = { type: 'keyword' };

describe('affinityFieldsOf', () => {
  test('offers keyword, boolean and number fields, inside objects too', () => {
    const properties = {
      brand: keyword,
      organic: { type: 'boolean' },
      price: { type: 'scaled_float' },
      details: { properties: { fit: keyword, deep: { type: 'object', properties: { cut: keyword } } } },
      added: { type: 'date' },
    };
    expect(affinityFieldsOf(properties, catalog)).toEqual([
      { field: 'brand', type: 'keyword' },
      { field: 'organic', type: 'boolean' },
      { field: 'price', type: 'number' },
      { field: 'details.fit', type: 'keyword' },
      { field: 'details.deep.cut', type: 'keyword' },
    ]);
  });

  test('offers the keyword sub-field of a text field, and no other', () => {
    const properties = {
      color: { type: 'text', fields: { keyword } },
      maker: { type: 'text', fields: { raw: keyword } },
      size: { type: 'keyword', fields: { keyword } },
    };
    expect(affinityFieldsOf(properties, catalog).map(({ field }) => field)).toEqual([
      'color.keyword',
      'size',
    ]);
  });

  test('leaves out id, title (with its sub-field) and nested objects', () => {
    const properties = {
      object_id: keyword,
      title: { type: 'text', fields: { keyword } },
      variants: { type: 'nested', properties: { size: keyword } },
    };
    expect(affinityFieldsOf(properties, catalog)).toEqual([]);
  });
});
