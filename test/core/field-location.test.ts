// Fields by the names that models give them, and their values in documents of any form.
import { describe, expect, test } from '@jest/globals';
import {
  attributesIn,
  entryField,
  locatedValues,
  mappingPaths,
  membersFor,
  parseEntryField,
  withComputed,
} from '../../src/core/field-location.js';

describe('the name of an entry', () => {
  test.each(['color', 'a=b', 'x]', '].value', '[y=z].w', 'Größe "EU"', 'line\nbreak'])(
    '%j is read as it was written',
    (name) => {
      const entry = { path: 'shop.attributes', key: 'name.raw', name, value: 'value.raw' };
      const field = entryField(entry);
      expect(parseEntryField(field)).toEqual(entry);
      expect(mappingPaths(field)).toEqual(['shop.attributes.name.raw', 'shop.attributes.value.raw']);
    },
  );

  test.each(['brand', 'brand.raw', 'a[b].c', 'a[b=].c', '[b=c].d', 'a[b=c]'])(
    '%s names no entry',
    (field) => {
      expect(parseEntryField(field)).toBeNull();
      expect(mappingPaths(field)).toEqual([field]);
    },
  );
});

describe('values', () => {
  const entry = (name: string) => ({ source: 'list', entry: { key: 'name', name, value: 'value' } });

  test('of entries by their name, one object or several, one value or several', () => {
    const list = [
      { name: 'color', value: ['red', 'blue'] },
      { name: 'fit', value: 'slim' },
      { name: ['color', 'tone'], value: 'red' },
      { name: 5, value: 2.5 },
      { value: 'of none' },
    ];
    expect(locatedValues({ list }, entry('color'))).toEqual(['red', 'blue']);
    expect(locatedValues({ list }, entry('tone'))).toEqual(['red']);
    expect(locatedValues({ list }, entry('5'))).toEqual(['2.5']);
    expect(locatedValues({ list: list[1] }, entry('fit'))).toEqual(['slim']);
    expect(locatedValues({}, entry('fit'))).toEqual([]);
  });

  test('of what only the documents name', () => {
    const open = { path: 'attrs', source: 'attrs' };
    const document = {
      attrs: [
        { color: 'red', size: { eu: [40, 41] } },
        { none: null, 'a.b': true, list: [] },
      ],
    };
    const found = attributesIn(document, open);
    expect(found.map(({ field, location }) => [field, locatedValues(document, location)])).toEqual([
      ['attrs.color', ['red']],
      ['attrs.size.eu', ['40', '41']],
      ['attrs.a.b', ['true']],
    ]);
    const many = { attrs: Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`k${n}`, 'v'])) };
    expect(attributesIn(many, open)).toHaveLength(100);
  });

  test('that the engine computed stand over those of the document', () => {
    const document = withComputed({ tier: 'old', brand: 'x' }, { tier: ['new'] });
    expect(locatedValues(document, { source: 'tier', computed: 'fields' })).toEqual(['new']);
    expect(locatedValues(withComputed(undefined, { tier: ['new'] }), { source: 'tier' })).toEqual(['new']);
    expect(
      membersFor([{ source: 'a' }, { source: 'a' }, { source: 'b', computed: 'fields' }, { source: 'c' }]),
    ).toEqual({ _source: ['a', 'c'], fields: ['b'] });
  });
});
