// The request for the baseline: nothing that pages, nothing that costs beside the ids.
import { describe, expect, test } from '@jest/globals';
import { baselineRequest, baselineTarget } from '../../../src/query/body/baseline-search.js';
import { readSearchBody } from '../../../src/query/body/search-body.js';

describe('baselineTarget', () => {
  test.each([
    ['/products/_search', '/products/_search'],
    ['/products/_search?from=5&size=5&scroll=1m', '/products/_search'],
    ['/products/_search?q=a?b&from=5&pretty', '/products/_search?q=a?b&pretty'],
    ['/products/_search?a=1;from=5;b', '/products/_search?a=1&b'],
    ['/products/_search?fromage=1', '/products/_search?fromage=1'],
  ])('%s: %s', (target, expected) => {
    expect(baselineTarget(target)).toBe(expected);
  });
});

/** As callers ask for it: what cannot be scanned is sent as it is. */
function baseline(text: string): string {
  const read = readSearchBody(Buffer.from(text));
  return read.ok ? baselineRequest(read.body.document).toString() : text;
}

describe('baselineRequest', () => {
  test.each([
    ['', '{"size":500,"_source":false}'],
    ['{"from":40,"size":20}', '{"size":500,"_source":false}'],
    [
      '{ "query": {"match": {"a": 1.50}}, "aggs": {}, "size": 20, "sort": "_score" }',
      '{"size":500,"_source":false, "query": {"match": {"a": 1.50}}, "sort": "_score" }',
    ],
    ['{"query":', '{"query":'],
    ['{"retriever":{"standard":{}},"size":5}', '{"size":500,"_source":false,"retriever":{"standard":{}}}'],
    ['{"retriever":{"rrf":{}}}', '{"size":10,"_source":false,"retriever":{"rrf":{}}}'],
    [
      '{"retriever":{"linear":{"rank_window_size":"40"}}}',
      '{"size":40,"_source":false,"retriever":{"linear":{"rank_window_size":"40"}}}',
    ],
    [
      '{"retriever":{"rescorer":{"rescore":[{"window_size":30},{}]}}}',
      '{"size":10,"_source":false,"retriever":{"rescorer":{"rescore":[{"window_size":30},{}]}}}',
    ],
    [
      '{"retriever":{"rrf":{"rank_window_size":null}}}',
      '{"size":500,"_source":false,"retriever":{"rrf":{"rank_window_size":null}}}',
    ],
  ])('%s: %s', (original, expected) => {
    expect(baseline(original)).toBe(expected);
  });
});
