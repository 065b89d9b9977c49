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
      open: [],
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
        open: [],
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
    [{ type: 'keyword', doc_values: false, index: false }, 'no filter'],
  ])('%j says why it cannot', (property, words) => {
    const found = attributesOf({ properties: { it: property, brand: keyword } }, catalog);
    expect(found.offered.map(({ field }) => field)).toEqual(['brand']);
    expect(found.refused).toEqual([{ field: 'it', reason: expect.stringContaining(words) }]);
    expect(attributeOf({ properties: { it: property } }, catalog, 'it')).toEqual({
      reason: expect.stringContaining(words),
    });
  });

  test('nested objects with a name and a value are a field for each name; others keep their paths', () => {
    const value = text({ raw: keyword });
    const nested = (properties: Record<string, MappingProperty>) => ({ type: 'nested', properties });
    const properties = {
      attributes: nested({ name: keyword, value, position: { type: 'integer' } }),
      'string-facet': nested({ 'facet-name': keyword, 'facet-value': keyword }),
      filters: nested({ id: keyword, attributeCode: value, optionValues: { type: 'float' } }),
      variants: nested({ size: keyword, sku: keyword, offers: nested({ shop: keyword }) }),
      bare: nested({}),
    };
    const found = attributesOf({ properties }, catalog);
    expect(found.open.map(({ path, entries, type }) => [path, entries?.key, entries?.value, type])).toEqual([
      ['attributes', 'name', 'value.raw', 'keyword'],
      ['string-facet', 'facet-name', 'facet-value', 'keyword'],
      ['filters', 'attributeCode.raw', 'optionValues', 'number'],
    ]);
    expect(found.offered.map(({ field, sampled }) => [field, sampled])).toEqual([
      ['attributes.position', true],
      ['filters.id', true],
      ['variants.size', true],
      ['variants.sku', true],
      ['variants.offers.shop', true],
    ]);
    expect(attributeOf({ properties }, catalog, 'filters[attributeCode.raw=A [1].b].optionValues')).toEqual({
      field: 'filters[attributeCode.raw=A [1].b].optionValues',
      type: 'number',
      location: {
        source: 'filters',
        entry: { key: 'attributeCode', name: 'A [1].b', value: 'optionValues' },
      },
      sampled: true,
    });
    for (const wrong of ['variants[size=M].nope', 'nope[name=a].value', 'attributes[position=1].value.raw'])
      expect(attributeOf({ properties }, catalog, wrong)).toEqual({
        reason: expect.stringContaining('not a field'),
      });
  });

  test.each(['flattened', 'flat_object'])('the keys of a %s object are fields', (type) => {
    const properties = { specs: { type }, details: { properties: { specs: { type } } } };
    const found = attributesOf({ properties }, catalog);
    expect(found.open.map(({ path }) => path)).toEqual(['specs', 'details.specs']);
    expect([found.offered, found.refused]).toEqual([[], []]);
    expect(attributeOf({ properties }, catalog, 'details.specs.size.eu')).toMatchObject({
      type: 'keyword',
      location: { source: 'details.specs.size.eu' },
    });
    expect(attributeOf({ properties }, catalog, 'specs')).toHaveProperty('reason');
  });

  test('what is not in documents is read where the engine has it, or refused', () => {
    const runtime = {
      tier: { type: 'keyword', script: { source: 'emit("a")' } },
      grade: { type: 'keyword' },
      made: { type: 'composite', script: {}, fields: { weight: { type: 'double' } } },
      day: { type: 'date', script: {} },
    };
    const properties = {
      brand: { type: 'keyword', copy_to: ['all', 'lost', 'words'] },
      grade: { type: 'integer' },
      all: keyword,
      lost: { type: 'keyword', doc_values: false },
      words: text({ raw: keyword }),
    };
    const found = attributesOf({ properties, runtime }, catalog);
    expect(found.offered).toEqual([
      { field: 'brand', type: 'keyword', location: { source: 'brand' } },
      { field: 'all', type: 'keyword', location: { source: 'all', computed: 'docvalue_fields' } },
      { field: 'words.raw', type: 'keyword', location: { source: 'words.raw', computed: 'docvalue_fields' } },
      { field: 'tier', type: 'keyword', location: { source: 'tier', computed: 'fields' }, sampled: true },
      { field: 'grade', type: 'keyword', location: { source: 'grade' } },
      {
        field: 'made.weight',
        type: 'number',
        location: { source: 'made.weight', computed: 'fields' },
        sampled: true,
      },
    ]);
    expect(found.refused.map(({ field }) => field)).toEqual(['lost', 'day']);
  });
});
