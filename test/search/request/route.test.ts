// Which request targets the proxy serves; everything else must not reach the engine.
import { expect, test } from '@jest/globals';
import { parseRoute } from '../../../src/search/request/route.js';

test.each([
  ['POST', '/products/_search', 'search', 'products'],
  ['GET', '/products/_search?q=shoe', 'search', 'products'],
  ['POST', '/products%2Cbrands/_search', 'search', 'products%2Cbrands'],
  ['POST', '/_search', 'search', null],
  ['POST', '/_msearch?typed_keys=true', 'msearch', null],
  ['GET', '/products/_msearch', 'msearch', 'products'],
  ['GET', '/products/_search/', 'search', 'products'],
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
  ['GET', '/_cluster/health'],
  ['GET', '/_nodes/_all/http'],
  ['GET', '/.security/_doc/1/extra'],
  ['GET', '//products/_search'],
  ['GET', '/products/_search//'],
  ['GET', '/'.repeat(2)],
  ['GET', '/PRODUCTS/_SEARCH'],
  ['GET', '/products%2F_doc%2F1%3F/_mapping'],
  ['GET', 'http://elsewhere//products/_search'],
  ['GET', 'http:///products/_doc/1/_source'],
  ['GET', 'ftp://elsewhere/products/_search'],
])('%s %s is not served', (method, target) => {
  expect(parseRoute(method, target)).toBeNull();
});
