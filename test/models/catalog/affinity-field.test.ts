// Which fields of a mapping can carry an affinity, and why others cannot.
import { describe, expect, test } from '@jest/globals';
import type { MappingProperty } from '../../../src/engine/client/client.js';
import { attributeOf, attributesOf } from '../../../src/models/catalog/affinity-field.js';

const catalog = { idField: 'object_id', titleField: 'title', imageField: undefined };
const keyword = { type: 'keyword' };
const text = (fields: Record<string, MappingProperty>) => ({ type: 'text', fields });
const offered = (properties: Record<string, MappingProperty>, settings = catalog) =>
  attributesOf({ properties }, settings).offered.map(({ field }) => field);

describe('attributesOf', () => {
  test('offers keyword, boolean and number fields, inside objects too', () => {
    const properties = {
      brand: keyword,
      organic: { type: 'boolean' },
      price: { type: 'scaled_float' },
      details: { properties: { fit: keyword, deep: { type: 'object', properties: { cut: keyword } } } },
      added: { type: 'date' },
    };
    expect(attributesOf({ properties }, catalog)).toEqual({
      offered: [
        { field: 'brand', type: 'keyword', location: { source: 'brand' } },
        { field: 'organic', type: 'boolean', location: { source: 'organic' } },
        { field: 'price', type: 'number', location: { source: 'price' } },
        { field: 'details.fit', type: 'keyword', location: { source: 'details.fit' } },
        { field: 'details.deep.cut', type: 'keyword', location: { source: 'details.deep.cut' } },
      ],
      refused: [{ field: 'added', reason: expect.stringContaining('date') }],
    });
  });

  test.each(['keyword', 'raw', 'untouched', 'exact', 'sort', 'verbatim_de'])(
    'of a text field, its sub-field of type keyword: %s',
    (name) => {
      const maker = text({ words: { type: 'text' }, [name]: keyword, length: { type: 'token_count' } });
      const properties = { maker, details: { properties: { maker } } };
      expect(attributesOf({ properties }, catalog)).toEqual({
        offered: [
          { field: `maker.${name}`, type: 'keyword', location: { source: 'maker' } },
          { field: `details.maker.${name}`, type: 'keyword', location: { source: 'details.maker' } },
        ],
        refused: [],
      });
      expect(attributeOf({ properties }, catalog, 'maker')).toEqual({
        reason: `is of type text; use "maker.${name}"`,
      });
    },
  );

  test('of several sub-fields one: what is called keyword, else what is indexed as it is stored', () => {
    const sort = { type: 'keyword', normalizer: 'lowercase' };
    const properties = {
      maker: text({ sort, raw: keyword }),
      color: text({ raw: keyword, keyword }),
      fit: text({ sort }),
      size: { type: 'keyword', fields: { keyword } },
    };
    expect(offered(properties)).toEqual(['maker.raw', 'color.keyword', 'fit.sort', 'size']);
    // Who names another in a model gets it.
    expect(attributeOf({ properties }, catalog, 'color.raw')).toMatchObject({
      location: { source: 'color' },
    });
    expect(attributeOf({ properties }, catalog, 'maker.sort')).toMatchObject({ type: 'keyword' });
  });

  test.each(['object_id', 'object_id.keyword', 'object_id.raw', 'code'])(
    'the id is no taste under any of its names, whichever the settings use: %s',
    (idField) => {
      const properties = {
        object_id: text({ keyword, raw: keyword }),
        code: { type: 'alias', path: 'object_id.raw' },
        title: text({ keyword }),
        picture: keyword,
        color: keyword,
      };
      const settings = { idField, titleField: 'title.keyword', imageField: 'picture' };
      const found = attributesOf({ properties }, { ...catalog, ...settings });
      expect(found.offered.map(({ field }) => field)).toEqual(['color']);
      expect(found.refused).toEqual([
        { field: 'object_id', reason: expect.stringContaining('id') },
        { field: 'code', reason: expect.stringContaining('id') },
        { field: 'title', reason: expect.stringContaining('title') },
        { field: 'picture', reason: expect.stringContaining('image') },
      ]);
    },
  );

  test('an alias has the type and the values of the field it stands for', () => {
    const properties = {
      maker: text({ raw: keyword }),
      brand: { type: 'alias', path: 'maker.raw' },
      cost: { type: 'alias', path: 'details.price' },
      words: { type: 'alias', path: 'maker' },
      nothing: { type: 'alias', path: 'gone' },
      details: { properties: { price: { type: 'float' } } },
    };
    const { offered: found, refused } = attributesOf({ properties }, catalog);
    expect(found).toContainEqual({ field: 'brand', type: 'keyword', location: { source: 'maker' } });
    expect(found).toContainEqual({ field: 'cost', type: 'number', location: { source: 'details.price' } });
    expect(refused.map(({ field }) => field)).toEqual(['words']);
  });

  test.each([
    [{ type: 'text' }, 'sub-field of type keyword'],
    [{ type: 'match_only_text' }, 'sub-field of type keyword'],
    [{ type: 'date_nanos' }, 'date'],
    [{ type: 'geo_point' }, 'geo_point'],
    [{ type: 'constant_keyword' }, 'same value'],
    [{ type: 'keyword', doc_values: false }, 'doc values'],
  ])('%j says why it cannot', (property, words) => {
    const found = attributesOf({ properties: { it: property, brand: keyword } }, catalog);
    expect(found.offered.map(({ field }) => field)).toEqual(['brand']);
    expect(found.refused).toEqual([{ field: 'it', reason: expect.stringContaining(words) }]);
    expect(attributeOf({ properties: { it: property } }, catalog, 'it')).toEqual({
      reason: expect.stringContaining(words),
    });
  });
});
