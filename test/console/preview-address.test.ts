// What the address of a preview keeps.
import { describe, expect, test } from '@jest/globals';
import {
  type PreviewAddress,
  previewPath,
  readPreviewAddress,
  writePreviewAddress,
} from '../../src/console/lib/preview/preview-address.js';

const nowhere: PreviewAddress = {
  query: '',
  category: '',
  body: '',
  identity: { kind: 'sample' },
  variants: [],
  impact: null,
  without: [],
  hidden: [],
  shown: { title: null, image: null, fields: null },
};

describe('an address', () => {
  test.each<PreviewAddress>([
    nowhere,
    { ...nowhere, query: 'red & "blue" #1', category: 'Löffel/+', impact: 0 },
    {
      ...nowhere,
      identity: { kind: 'user', id: '<img src=x>' },
      variants: ['a', 'a:draft', 'b'],
      impact: 100,
    },
    { ...nowhere, identity: { kind: 'persona', affinities: [] } },
    { ...nowhere, identity: { kind: 'visitor' }, shown: { ...nowhere.shown, fields: [] } },
    { ...nowhere, body: '{ "query": { "match": { "a": "+&" } } }' },
    {
      ...nowhere,
      identity: {
        kind: 'persona',
        affinities: [
          { field: 'brand', value: '["x",1]', strength: 5 },
          { field: 'brand', value: 'שלום', strength: 1 },
        ],
      },
      shown: { title: 'name', image: 'photo.url', fields: ['price', 'a & b'] },
      hidden: ['off', 'a:draft'],
    },
    { ...nowhere, without: [{ field: 'brand' }, { product: 'related' }, { profile: 'session' }] },
    { ...nowhere, without: [{ field: 'attributes[name=color].value' }, { field: 'profile:a & b' }] },
    { ...nowhere, query: 'shoe', without: [{ product: 'buy_again' }, { profile: 'individual' }] },
  ])('brings back what it was made of: %j', (address) => {
    expect(readPreviewAddress(new URLSearchParams(writePreviewAddress(address).toString()))).toEqual(address);
  });

  test('an empty one is the page itself', () => {
    expect(writePreviewAddress(nowhere).toString()).toBe('');
    expect(readPreviewAddress(new URLSearchParams())).toEqual(nowhere);
  });

  test.each([
    'impact=NaN',
    'impact=101',
    'impact=-1',
    'user=',
    'title=',
    'without=',
    'without=field:',
    'without=product:x',
    'without=profile:x',
  ])('%s says nothing', (text) => {
    expect(writePreviewAddress(readPreviewAddress(new URLSearchParams(text))).toString()).toBe('');
  });

  test('tastes that are none are left out, and more than three models', () => {
    const search = new URLSearchParams('made=&likes={&likes=[1,2,3]&likes=["brand","x",6]&likes=["a","b",2]');
    expect(readPreviewAddress(search).identity).toEqual({
      kind: 'persona',
      affinities: [{ field: 'a', value: 'b', strength: 2 }],
    });
    expect(
      readPreviewAddress(new URLSearchParams('model=a&model=a&model=b&model=c&model=d')).variants,
    ).toEqual(['a', 'b', 'c']);
  });

  test('a link to a preview is read as what it was made for', () => {
    const search = new URLSearchParams(previewPath('a&b', 'a&b:draft').split('?')[1]);
    expect(readPreviewAddress(search).variants).toEqual(['a&b', 'a&b:draft']);
  });
});
