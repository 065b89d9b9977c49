// Which request targets the proxy serves; everything else must not reach the engine.
import { describe, expect, test } from '@jest/globals';
import { parseRoute } from '../../../src/search/request/route.js';

test.each([
  ['POST', '/products/_search', 'search', 'products'],
  ['GET', '/products/_search?q=shoe', 'search', 'products'],
  ['POST', '/products%2Cbrands/_search', 'search', 'products%2Cbrands'],
  ['POST', '/_search', 'search', null],
  ['POST', '/_msearch?typed_keys=true', 'msearch', null],
  ['GET', '/products/_msearch', 'msearch', 'products'],
  ['GET', '/products/_search/', 'search', 'products'],
  ['GET', '/products/_search//', 'search', 'products'],
  ['POST', '//_search', 'search', null],
  ['POST', '//_msearch//?typed_keys', 'msearch', null],
  ['POST', '//_search/template/', 'search-template', null],
  ['GET', 'http://elsewhere:9280/products/_search?q=a', 'search', 'products'],
])('%s %s is a %s', (method, target, kind, index) => {
  expect(parseRoute(method, target)).toMatchObject({ kind, index });
});

test.each([
  ['HEAD', '/'],
  ['POST', '/products/_count'],
  ['GET', '/products/_doc/a%2Fb'],
  ['POST', '/_search/scroll'],
  ['POST', '/products/_pit?keep_alive=1m'],
  ['HEAD', '/products'],
  ['GET', '/products/?pretty'],
  ['GET', '/products,other*/_mapping'],
  ['GET', '/products%2Cother/_alias/%2A'],
  ['GET', '/_all/_settings/index.number_of_*'],
  ['GET', '/%3Clogs-%7Bnow%2Fd%7D%3E/_stats/docs'],
  ['GET', '/*,-secret/_count'],
  ['POST', '/products/_explain/a%2Fb'],
  ['GET', '/products/_source/_x'],
  ['GET', '/_cat/indices/prod*?h=index,docs.count'],
  ['GET', '/_cluster/health/products?level=shards'],
  ['GET', 'http://elsewhere/products/_mapping'],
  ['GET', '/products/_mapping//'],
  ['HEAD', '/products///'],
  ['POST', '//_count'],
  ['DELETE', '//_search/scroll'],
])('%s %s goes through for trusted callers', (method, target) => {
  expect(parseRoute(method, target)?.kind).toBe('passthrough');
});

test.each([
  ['DELETE', '/products/_search'],
  ['PUT', '/products/_doc/1'],
  ['DELETE', '/products/_doc/1'],
  ['POST', '/products/_doc/1'],
  ['POST', '/_bulk'],
  ['POST', '/products/_delete_by_query'],
  ['POST', '/products/_mapping'],
  ['PUT', '/products/_alias/a'],
  ['GET', '/products/_refresh'],
  ['get', '/products/_mapping'],
  ['GET', '/products/_MAPPING'],
  ['GET', '/healthz'],
  ['GET', '/readyz/'],
  ['GET', '/_cluster/state'],
  ['GET', '/_cluster/settings'],
  ['GET', '/_cluster/health/../state'],
  ['GET', '/_tasks'],
  ['GET', '/_snapshot/_all'],
  ['GET', '/_security/user'],
  ['GET', '/_plugins/_security/api/account'],
  ['GET', '/_nodes/http'],
  ['GET', '/_nodes/hot_threads'],
  ['GET', '/_nodes/_local/hot_threads'],
  ['GET', '//products/_mapping'],
  ['GET', '/products//_mapping'],
  ['GET', '///_mapping'],
  ['GET', '/%5Fcluster/_settings'],
  ['POST', '/x%2F_bulk%3F/_count'],
  ['POST', '/x%252F_bulk%253F/_count'],
  ['POST', '/x%5C_bulk/_count'],
  ['POST', '/%3C%2F..%2Fx%2F_bulk%3F%3E/_count'],
  ['POST', '/products/_explain/..%2F..%2F_bulk'],
  ['GET', '/products/_doc/%2e%2e'],
  ['GET', '/../_mapping'],
  ['GET', '/a%00b/_mapping'],
  ['GET', '/_nodes/_all/http'],
  ['GET', '/.security/_doc/1/extra'],
  ['GET', '//products/_search'],
  ['GET', '/products//_search'],
  ['GET', '///_search'],
  ['POST', '//_bulk'],
  ['POST', '/products/product/_search'],
  ['GET', '/'.repeat(2)],
  ['GET', '/PRODUCTS/_SEARCH'],
  ['GET', '/products%2F_doc%2F1%3F/_mapping'],
  ['GET', 'http://elsewhere//products/_search'],
  ['GET', 'http:///products/_doc/1/_source'],
  ['GET', 'ftp://elsewhere/products/_search'],
])('%s %s is not served', (method, target) => {
  expect(parseRoute(method, target)).toBeNull();
});

test.each(['/_nodes', '/_nodes/_all', '/_nodes/http,settings', '/_nodes/_local/plugins/', '/_nodes/stats'])(
  '%s tells of nodes',
  (target) => {
    expect(parseRoute('GET', target)?.kind).toBe('nodes');
  },
);

describe('documents of listed indices', () => {
  const writable = new Set(['products']);
  test.each([
    ['POST', '/products/_doc'],
    ['PUT', '/products/_doc/a%2Fb?refresh=true'],
    ['DELETE', '/products/_doc/1'],
    ['PUT', '/products/_create/1'],
    ['POST', '/products/_update/1'],
    ['POST', '/products/_refresh'],
  ])('%s %s is a write', (method, target) => {
    expect(parseRoute(method, target, writable)).toMatchObject({ kind: 'write', bulk: null });
    expect(parseRoute(method, target)).toBeNull();
  });

  test.each([
    ['/_bulk', null],
    ['/products/_bulk/?pretty', 'products'],
  ])('POST %s is read', (target, index) => {
    expect(parseRoute('POST', target, writable)).toMatchObject({ kind: 'write', bulk: { index } });
    expect(parseRoute('PUT', target, writable)).toMatchObject({ bulk: { index } });
  });

  test.each([
    ['PUT', '/other/_doc/1'],
    ['PUT', '/products,other/_doc/1'],
    ['PUT', '/%70roducts/_doc/1'],
    ['PUT', '/products%2F..%2Fother/_doc/1'],
    ['PUT', '/products/_doc/..%2F..%2Fother%2F_doc%2F1'],
    ['PUT', '/products/../other/_doc/1'],
    ['PUT', '/PRODUCTS/_doc/1'],
    ['PUT', '/products*/_doc/1'],
    ['PUT', '/_all/_doc/1'],
    ['POST', '/other/_bulk'],
    ['GET', '/products/_bulk'],
    ['DELETE', '/products'],
    ['PUT', '/products'],
    ['PUT', '/products/_mapping'],
    ['POST', '/products/_delete_by_query'],
    ['POST', '/products/_update_by_query'],
    ['POST', '/_reindex'],
    ['POST', '/_refresh'],
    ['POST', '/ubi_events/_doc'],
    ['PATCH', '/products/_doc/1'],
  ])('%s %s is not served', (method, target) => {
    expect(parseRoute(method, target, writable)).toBeNull();
  });
});
