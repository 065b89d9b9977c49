// Searches whose own factors leave no room in a float for boosts, however they are written.
import { expect, test } from '@jest/globals';
import { readSearchFacts } from '../../../src/query/facts/search-facts.js';
import { documentOf } from '../document-of.js';

const isLarge = (body: string, url = '') =>
  readSearchFacts(documentOf(body), new URLSearchParams(url)).largeFactors;
const match = (boost: string) => `{"match":{"title":{"query":"milk","boost":${boost}}}}`;

test.each([
  `{"query":${match('1e33')}}`,
  `{"query":${match('"1E33"')}}`,
  `{"query":${match('100000000000000000000')}}`,
  `{"query":${match('3.4e38').replace('boost', 'bo\\u006fst')}}`,
  `{"query":{"bool":{"boost":1e10,"must":[{"bool":{"should":${match('10000000000')}}}]}}}`,
  '{"query":{"function_score":{"functions":[{"weight":2},{"weight":1e30}]}}}',
  '{"query":{"function_score":{"field_value_factor":{"field":"sales","factor":1e25}}}}',
  '{"query":{"multi_match":{"query":"milk","fields":["sku^2","title^1e33"]}}}',
  '{"query":{"query_string":{"query":"title:milk^100000000000000000000000"}}}',
  '{"knn":[{"field":"v","boost":1},{"field":"w","boost":1e33}]}',
  '{"retriever":{"standard":{"query":{"constant_score":{"filter":{"match_all":{}},"boost":1e33}}}}}',
  `{"query":${match('1e12')},"indices_boost":[{"products":1e9}]}`,
  '{"rescore":{"query":{"rescore_query":{"match_all":{}},"rescore_query_weight":1e33}}}',
])('%s', (body) => expect(isLarge(body)).toBe(true));

test('in the URL', () => expect(isLarge('{}', 'q=title:milk^1e33')).toBe(true));

test.each([
  `{"query":${match('1e19')}}`,
  `{"query":${match('1000000000000000000')}}`,
  // side by side they add up
  `{"query":{"bool":{"should":[${match('1e12')},${match('1e12')}]}}}`,
  // as clients of Java write it
  '{"query":{"function_score":{"query":{"match_all":{}},"weight":2,"max_boost":3.4028235E38}}}',
  '{"query":{"range":{"price":{"gte":0,"lte":1.7976931348623157E308,"boost":1}}}}',
  '{"query":{"term":{"ean":400638133393100000000000}}}',
  '{"query":{"match":{"title":"40063813339310000000000000"}},"aggs":{"a":{"terms":{"boost":1e33}}}}',
  `{"query":${match('"much"')},"size":10000000}`,
])('%s is not', (body) => expect(isLarge(body)).toBe(false));
