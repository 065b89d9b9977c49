// The preview in the browser: what its address keeps, what can stand beside OFF, and the words for what moved.
import { describe, expect, test } from '@jest/globals';
import {
  type PreviewAddress,
  previewPath,
  readPreviewAddress,
  writePreviewAddress,
} from '../../src/console/lib/preview/preview-address.js';
import { chosenOptions, variantOptions } from '../../src/console/lib/preview/variant-options.js';
import { affinityWords, factorText, moveOf, profileWords } from '../../src/console/lib/words/boost-words.js';
import { skipReasonWords } from '../../src/console/lib/words/skip-reason-words.js';
import type { ModelView } from '../../src/contract/model.js';
import { modelSchema } from '../../src/core/model/model.js';

const nowhere: PreviewAddress = {
  query: '',
  category: '',
  identity: { kind: 'visitor' },
  variants: [],
  impact: null,
  shown: { title: null, image: null },
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
    {
      ...nowhere,
      identity: {
        kind: 'persona',
        affinities: [
          { field: 'brand', value: '["x",1]', strength: 5 },
          { field: 'brand', value: 'שלום', strength: 1 },
        ],
      },
      shown: { title: 'name', image: 'photo.url' },
    },
  ])('brings back what it was made of: %j', (address) => {
    expect(readPreviewAddress(new URLSearchParams(writePreviewAddress(address).toString()))).toEqual(address);
  });

  test('an empty one is the page itself', () => {
    expect(writePreviewAddress(nowhere).toString()).toBe('');
    expect(readPreviewAddress(new URLSearchParams())).toEqual(nowhere);
  });

  test.each(['impact=NaN', 'impact=101', 'impact=-1', 'user=', 'title='])('%s says nothing', (text) => {
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

describe('words', () => {
  test.each([
    [1, 12, '▲ 11', '11 places up, from 12', 'good'],
    [2, 3, '▲ 1', '1 place up, from 3', 'good'],
    [5, 2, '▼ 3', '3 places down, from 2', 'bad'],
    [4, 4, '=', 'where it is without personalization', 'neutral'],
    [7, null, '▲ 500+', 'up from behind the first 500', 'good'],
  ] as const)('from %j to %j: %s', (rank, without, mark, words, tone) => {
    expect(moveOf(rank, without)).toEqual({ mark, words, tone });
  });

  test('an affinity is a field and a value, or what a product is to the shopper', () => {
    const affinity = { field: 'brand', value: 'Acme', factor: 1.349, profile: 'individual' };
    expect(affinityWords(affinity)).toBe('brand Acme');
    expect(affinityWords({ ...affinity, product: 'buy_again' })).toBe('bought before');
    expect(factorText(affinity.factor)).toBe('×1.35');
    expect(profileWords(['individual', 'group'])).toBe('their history and shoppers like them');
  });

  test('a reason of the proxy has words; one of a newer proxy stands for itself', () => {
    expect(skipReasonWords('no-identity')).toBe('nobody is known to be searching');
    expect(skipReasonWords('toString')).toBe('toString');
    expect(skipReasonWords('of-tomorrow')).toBe('of-tomorrow');
  });
});

describe('beside OFF', () => {
  const config = modelSchema.parse({
    id: 'summer',
    name: 'Summer',
    globalAffinityFields: [{ field: 'brand', weight: 100 }],
    eventWeights: [{ event: 'purchase', weight: 100 }],
  });
  const model = (changes: object) =>
    ({ ...config, state: 'trained', version: 2, activeVersion: null, ...changes }) as ModelView;
  const options = (changes: object, drafts: Record<string, string> = {}) =>
    variantOptions([model(changes)], {
      getItem: (name) => drafts[name] ?? null,
      setItem() {},
      removeItem() {},
    });
  const labels = (changes: object, drafts?: Record<string, string>) =>
    options(changes, drafts).map(({ label }) => label);

  test('stands what is trained, what serves where that is older, and what is configured since', () => {
    expect(labels({})).toEqual(['Summer, version 2']);
    expect(labels({ state: 'active', activeVersion: 2 })).toEqual(['Summer (active)']);
    expect(labels({ activeVersion: 1 })).toEqual(['Summer, version 2', 'Summer (active), version 1']);
    expect(labels({ state: 'draft' })).toEqual(['Summer, version 2', 'Summer as it is saved now']);
    expect(labels({ state: 'draft', version: 0 })).toEqual(['Summer']);
  });

  test('stand edits of this tab that differ from what they began from', () => {
    const draft = (edits: object) =>
      JSON.stringify({ base: config, etag: '"1"', config: { ...config, ...edits }, at: '' });
    expect(options({}, { 'kindred-draft-summer': draft({ impact: 3 }) })[1]).toMatchObject({
      key: 'summer:draft',
      label: 'Summer with unsaved changes',
      variant: { configuration: { impact: 3 } },
    });
    expect(labels({}, { 'kindred-draft-summer': draft({}) })).toHaveLength(1);
  });

  test('stands what was asked for, else what serves, else what is trained, else nothing', () => {
    const keys = (all: ReturnType<typeof options>, wanted: string[]) =>
      chosenOptions(all, wanted).map(({ key }) => key);
    const both = options({ activeVersion: 1 });
    expect(keys(both, ['summer', 'gone'])).toEqual(['summer']);
    expect(keys(both, [])).toEqual(['summer:active']);
    expect(keys(options({}), ['gone'])).toEqual(['summer']);
    expect(keys(options({ version: 0 }), ['summer'])).toEqual([]);
  });
});
