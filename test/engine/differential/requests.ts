// Searches as they go over the wire: method, path, URL parameters, headers, and the bytes of a body in some spelling.
import fc from 'fast-check';
import type { EngineKind } from '../../../src/core/engine-kind.js';
import { maybe, object, pickOne, weighted } from './arbitrary-tools.js';
import { bodySearches, type Search, urlSearches, windowedSearches } from './searches.js';
import { type Json, type Spelling, spell } from './spelling.js';

/** `@index@` and `@pit@` stand for what a run names so. */
export interface Asked {
  readonly shape: string;
  readonly method: 'GET' | 'POST' | 'HEAD' | 'DELETE';
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
  readonly gzip: boolean;
  /** what a `_search` asks for; absent for everything else */
  readonly search?: Search;
}

export const spelling: fc.Arbitrary<Spelling> = weighted<Spelling>(
  [4, pickOne<Spelling>({ gap: '', escaped: false })],
  [1, pickOne<Spelling>({ gap: ' ', escaped: true }, { gap: '\r\n\t ', escaped: false })],
);

const JSON_TYPE = 'application/json';
const vendored = (version: number, type = 'json') =>
  `application/vnd.elasticsearch+${type}; compatible-with=${version}`;

/** Content-Type and Accept as clients pair them. */
const media = weighted<Record<string, string>>(
  [6, pickOne<Record<string, string>>({ 'content-type': JSON_TYPE })],
  [2, pickOne<Record<string, string>>({ 'content-type': 'application/json; charset=utf-8', accept: '*/*' })],
  [2, pickOne(9, 8).map((version) => ({ 'content-type': vendored(version), accept: vendored(version) }))],
  [1, pickOne<Record<string, string>>({ 'content-type': 'application/x-ndjson', accept: JSON_TYPE })],
);

const headers = fc
  .tuple(
    media,
    maybe(pickOne<Record<string, string>>({ 'accept-encoding': 'gzip, deflate' }), 6),
    maybe(
      pickOne<Record<string, string>>({
        'x-opaque-id': 'checkout',
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      }),
      10,
    ),
  )
  .map((parts): Record<string, string> => Object.assign({}, ...parts));

/** What any client may put on any search; also what no engine knows. */
export const answerParameters: fc.Arbitrary<Record<string, string>> = weighted<Record<string, string>>(
  [6, fc.constant({})],
  [
    1,
    pickOne<Record<string, string>>(
      { typed_keys: 'true' },
      { typed_keys: '', rest_total_hits_as_int: 'true' },
      { rest_total_hits_as_int: 'true', track_total_hits: 'true' },
      { filter_path: 'hits.hits._id,hits.hits._score,hits.total,aggregations' },
      { filter_path: '-hits.hits._source,-took' },
      { pretty: '' },
      { human: 'true', error_trace: 'false' },
      { format: 'yaml' },
    ),
  ],
);
const searchParameters: fc.Arbitrary<Record<string, string>> = weighted<Record<string, string>>(
  [8, fc.constant({})],
  [
    2,
    pickOne<Record<string, string>>(
      { preference: '_local' },
      { preference: 'shopper-7' },
      { preference: '_shards:0' },
      { request_cache: 'true' },
      { request_cache: 'false', allow_partial_search_results: 'true' },
      { search_type: 'dfs_query_then_fetch' },
      { ccs_minimize_roundtrips: 'true' },
      { ignore_unavailable: 'true', expand_wildcards: 'open', allow_no_indices: 'false' },
      { batched_reduce_size: '2', max_concurrent_shard_requests: '1' },
      { _source_includes: 'title,pr*', _source_excludes: 'price' },
      { docvalue_fields: 'popularity', stored_fields: 'title' },
      { routing: 'a' },
      { unheard_of: '1' },
    ),
  ],
);

interface Wire {
  readonly spelling: Spelling;
  readonly headers: Record<string, string>;
  readonly parameters: Record<string, string>;
  readonly get: boolean;
  readonly gzip: boolean;
}
const wire: fc.Arbitrary<Wire> = fc.record({
  spelling,
  headers,
  parameters: fc.tuple(answerParameters, searchParameters).map(([a, b]) => ({ ...a, ...b })),
  get: weighted([5, fc.constant(false)], [1, fc.constant(true)]),
  gzip: weighted([9, fc.constant(false)], [1, fc.constant(true)]),
});

/** A search in the index of the path. */
function asked(search: Search, over: Wire, path = '/@index@/_search'): Asked {
  const { body } = search;
  const bodiless = body === null;
  const { 'content-type': _type, ...withoutType } = over.headers;
  return {
    shape: search.shape,
    method: over.get || bodiless ? 'GET' : 'POST',
    path,
    parameters: { ...over.parameters, ...search.parameters },
    headers: bodiless ? withoutType : over.headers,
    body: bodiless ? null : spell(body, over.spelling),
    gzip: over.gzip && !bodiless,
    search,
  };
}

/** What fits into the 4,096 bytes of a first line that the engines read, and Kindred's own members beside it. */
const MAX_SOURCE = 3500;

/** The body in the URL, as far as URLs go. */
function inSource(search: Search, over: Wire): Asked {
  const source = search.body === null ? '{}' : spell(search.body, over.spelling);
  if (new URLSearchParams({ source }).toString().length > MAX_SOURCE) return asked(search, over);
  const parameters = { ...search.parameters, source, source_content_type: JSON_TYPE };
  return {
    ...asked({ shape: 'source', parameters, body: null }, over),
    search: { ...search, shape: 'source' },
  };
}

function inPointInTime({ parameters, body }: Search, over: Wire): Asked {
  const pit: Json = { id: '@pit@', keep_alive: '5m' };
  return asked({ shape: 'point in time', parameters, body: { ...body, pit } }, over, '/_search');
}

const scrolled = ({ parameters, body }: Search): Search => ({
  shape: 'scroll',
  parameters: { ...parameters, scroll: '1m' },
  body,
});

/** One search, as any client may send it. */
export function searchRequests(kind: EngineKind): fc.Arbitrary<Asked> {
  const any = weighted<Search>([12, bodySearches(kind)], [1, urlSearches]);
  const elsewhere = pickOne(
    '/@index@,@index@/_search',
    '/@index@*/_search',
    '/missing-@index@/_search',
    '/missing-@index@,@index@/_search',
    '/%40index%40/_search',
    '/@index@%2C@index@/_search',
  );
  return weighted<Asked>(
    [60, fc.tuple(any, wire).map(([search, over]) => asked(search, over))],
    [3, fc.tuple(bodySearches(kind), wire).map(([search, over]) => inSource(search, over))],
    [4, fc.tuple(bodySearches(kind), wire).map(([search, over]) => inPointInTime(search, over))],
    [2, fc.tuple(any, wire).map(([search, over]) => asked(scrolled(search), over))],
    [
      2,
      fc
        .tuple(any, wire, elsewhere)
        .map(([search, over, path]) => ({ ...asked({ ...search, shape: 'another index' }, over, path) })),
    ],
  );
}

/** Searches alone, without anything in the URL that chooses shards. */
export const windowedRequests: fc.Arbitrary<Asked> = fc
  .tuple(windowedSearches, wire)
  .map(([search, over]) => asked(search, { ...over, parameters: {} }));

/** Bytes that are no JSON, or not what a client would write. */
export function malformedRequests(kind: EngineKind): fc.Arbitrary<Asked> {
  const change = pickOne(
    '',
    '"',
    '\\',
    '{',
    '}',
    ']',
    ',',
    ':',
    '0',
    '\u0001',
    '\0',
    '/**/',
    ' NaN',
    "'",
    '\\ud800',
    '\n\n',
    ',"query":{}',
    '\u{feff}',
  );
  return fc
    .tuple(bodySearches(kind), wire, fc.nat(400), fc.nat(3), change, fc.boolean())
    .map(([search, over, place, drop, insert, cut]): Asked => {
      const text = spell(search.body ?? {}, over.spelling);
      const at = place % (text.length + 1);
      const body = text.slice(0, at) + insert + (cut ? '' : text.slice(at + drop));
      return { ...asked(search, over), shape: 'malformed', body, search: undefined };
    });
}

/** Bodies that are not said to be anything. */
export function untypedRequests(kind: EngineKind): fc.Arbitrary<Asked> {
  return searchRequests(kind).map(({ headers: { 'content-type': _, ...headers }, ...rest }): Asked => {
    return { ...rest, shape: 'untyped', headers, search: undefined };
  });
}

const idObject = object({ _id: pickOne('1', '299', 'none') });
/** Reads beside searches. */
export function otherRequests(kind: EngineKind): fc.Arbitrary<Asked> {
  const read = (
    method: Asked['method'],
    path: string,
    body: fc.Arbitrary<Json> | null,
  ): fc.Arbitrary<Asked> =>
    fc.tuple(body ?? fc.constant(null), wire).map(([value, over]) => ({
      ...asked({ shape: 'other reads', parameters: {}, body: null }, over, path),
      method,
      ...(body && { body: spell(value, over.spelling), headers: over.headers }),
    }));
  const query = bodySearches(kind).map(({ body }): Json => ({ query: body?.query }));
  return weighted<Asked>(
    [3, read('POST', '/@index@/_count', query)],
    [1, read('GET', '/@index@/_count', null)],
    [2, read('GET', '/@index@/_doc/7', null)],
    [1, read('HEAD', '/@index@/_doc/7', null)],
    [1, read('GET', '/@index@/_doc/none', null)],
    [2, read('POST', '/@index@/_mget', object({ docs: fc.array(idObject, { maxLength: 3 }) }))],
    [1, read('POST', '/@index@/_search/template', object({ source: query, params: fc.constant({}) }))],
    [1, read('GET', '/', null)],
    [1, read('HEAD', '/@index@', null)],
    [1, read('GET', '/@index@/_mapping', null)],
    [1, read('GET', '/@index@*/_settings/index.number_of_shards', null)],
    [1, read('GET', '/_alias/none', null)],
    [1, read('GET', '/@index@/_source/7', null)],
    [1, read('GET', '/@index@/_field_caps', object({ fields: fc.constant(['*']) }))],
    [2, read('POST', '/@index@/_validate/query', query)],
    [2, read('POST', '/@index@/_explain/7', query)],
    [1, read('POST', '/@index@/_termvectors', object({ doc: object({ title: pickOne('fresh', 'yogrt') }) }))],
    [
      1,
      read('POST', '/@index@/_terms_enum', object({ field: fc.constant('brand'), string: pickOne('b', '') })),
    ],
    [
      1,
      read(
        'POST',
        '/@index@/_analyze',
        object({ text: pickOne('Fresh Milk', ''), field: fc.constant('title') }),
      ),
    ],
  );
}
