// Multi-searches: one to six searches of any shape, with headers in every form that clients write.
import fc from 'fast-check';
import type { EngineKind } from '../../../src/core/engine-kind.js';
import { maybe, pickOne, weighted } from './arbitrary-tools.js';
import { type Asked, answerParameters, spelling } from './requests.js';
import { bodySearches, type Search } from './searches.js';
import { spell } from './spelling.js';

/** What a header says beside the index, as URL parameters of a `_search`; null: it is not of the shop's index alone. */
type Beside = Readonly<Record<string, string>> | null;
type Header = readonly [text: string, beside: Beside];

export interface Item {
  readonly search: Search;
  readonly header: string;
  readonly beside: Beside;
  readonly line: string;
}

export interface MultiSearch extends Asked {
  readonly items: readonly Item[];
}

const header = weighted<Header>(
  [5, pickOne<Header>(['{"index":"@index@"}', {}])],
  [2, pickOne<Header>(['{}', {}], ['', {}], [' ', {}])],
  [
    2,
    pickOne<Header>(
      ['{"index":["@index@"]}', {}],
      ['{"indices":"@index@"}', {}],
      ['{ "indices" : ["@index@"] }\r', {}],
    ),
  ],
  [
    2,
    pickOne<Header>(
      ['{"index":"@index@","preference":"_shards:0"}', { preference: '_shards:0' }],
      ['{"index":"@index@","request_cache":true}', { request_cache: 'true' }],
      [
        '{"index":"@index@","ignore_unavailable":true,"allow_no_indices":true}',
        { ignore_unavailable: 'true' },
      ],
    ),
  ],
  [
    1,
    pickOne<Header>(
      ['{"index":"missing-@index@"}', null],
      ['{"index":"@index@,@index@"}', {}],
      ['{"index":"@index@*"}', null],
      ['{"index":null}', null],
    ),
  ],
);
/** One of them makes the engine refuse all items. */
const badHeader = pickOne<Header>(
  ['{"unheard_of":1}', null],
  ['{"index":7}', null],
  ['[]', null],
  ['{"index":', null],
  ['query', null],
);

function itemsOf(searches: fc.Arbitrary<Search>, headers: fc.Arbitrary<Header>): fc.Arbitrary<Item> {
  const oneLine = spelling.map(({ gap, ...rest }) => ({ ...rest, gap: gap === '' ? '' : ' ' }));
  return fc.tuple(searches, headers, oneLine).map(([search, [text, beside], how]) => ({
    search,
    header: text,
    beside,
    line: spell(search.body ?? {}, how),
  }));
}

const media = weighted<string>(
  [3, pickOne('application/x-ndjson')],
  [2, pickOne('application/json')],
  [
    1,
    pickOne(
      'application/vnd.elasticsearch+x-ndjson; compatible-with=9',
      'application/vnd.elasticsearch+x-ndjson; compatible-with=8',
    ),
  ],
);
const multiParameters = weighted<Record<string, string>>(
  [6, fc.constant({})],
  [
    1,
    pickOne<Record<string, string>>(
      { max_concurrent_searches: '1' },
      { max_concurrent_searches: '3', ccs_minimize_roundtrips: 'true' },
      { unheard_of: '' },
    ),
  ],
);

function accepted(type: string): Record<string, string> {
  const [, version] = /compatible-with=(\d)/.exec(type) ?? [];
  return version === undefined
    ? {}
    : { accept: `application/vnd.elasticsearch+json; compatible-with=${version}` };
}

/** What stands before the first line and behind the last. */
type Edges = readonly [begins: string, ends: string];

function multiSearch(
  shape: string,
  items: fc.Arbitrary<Item>,
  edges: fc.Arbitrary<Edges>,
): fc.Arbitrary<MultiSearch> {
  return fc
    .record({
      items: fc.array(items, { minLength: 1, maxLength: 6 }),
      edges,
      type: media,
      parameters: fc.tuple(answerParameters, multiParameters).map(([a, b]) => ({ ...a, ...b })),
      gzip: weighted([9, fc.constant(false)], [1, fc.constant(true)]),
      compressed: maybe(pickOne<Record<string, string>>({ 'accept-encoding': 'gzip' }), 8),
    })
    .map(({ items: list, edges: [begins, ends], type, parameters, gzip, compressed }) => ({
      shape,
      method: 'POST',
      path:
        list.every(({ header: text }) => text.includes('@index@')) && list.length % 2 === 0
          ? '/_msearch'
          : '/@index@/_msearch',
      parameters,
      headers: { 'content-type': type, ...accepted(type), ...compressed },
      body: begins + list.map(({ header: text, line }) => `${text}\n${line}`).join('\n') + ends,
      gzip,
      items: list,
    }));
}

/** Each item may fail by itself, and none spoils the others. */
export function multiSearches(kind: EngineKind): fc.Arbitrary<MultiSearch> {
  const edges = pickOne<Edges>(['', '\n'], ['', '\n'], ['', '\r\n']);
  return multiSearch('multi-search', itemsOf(bodySearches(kind, true), header), edges);
}

/** With whatever may be in them. */
export function oddMultiSearches(kind: EngineKind): fc.Arbitrary<MultiSearch> {
  const headers = weighted([3, header], [1, badHeader]);
  const edges = pickOne<Edges>(
    ['', '\n'],
    ['', ''],
    ['', '\n\n'],
    ['\n', '\n'],
    [' \n', '\n{}'],
    ['\r\n', '\n'],
  );
  return multiSearch('multi-search, odd', itemsOf(bodySearches(kind), headers), edges);
}
