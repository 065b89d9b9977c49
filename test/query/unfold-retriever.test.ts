// What a lone retriever says a body can say itself; its values stay to the byte.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { scanObject } from '../../src/query/scan.js';
import { unfoldRetriever } from '../../src/query/unfold-retriever.js';
import { gap, tokens, valueText } from './json-text.js';

function unfold(text: string): string {
  const bytes = Buffer.from(text);
  const scan = scanObject(bytes);
  if (!scan.ok) throw new Error(scan.reason);
  return unfoldRetriever({ bytes, object: scan.object }).bytes.toString();
}

describe('unfoldRetriever', () => {
  test.each([
    ['{"retriever":{"standard":{"query":{"a":1.0}}},"size":5}', '{"query":{"a":1.0},"size":5}'],
    ['{"size":5 , "retriever" : {"standard":{ }}}', '{"size":5 , "query":{"match_all":{}}}'],
    ['{"retriever":{"standard":{"filter":[{}]}}}', '{"query":{"bool":{"filter":[{}]}}}'],
    [
      '{"retriever":{"standard":{"min_score":1e0,"filter":{},"query":{"a":1e400}}}}',
      '{"query":{"bool":{"must":{"a":1e400},"filter":{}}},"min_score":1e0}',
    ],
    [
      '{"retriever":{"standard":{"sort":["_score"],"collapse":{},"search_after":[9007199254740993],"terminate_after":5}}}',
      '{"query":{"match_all":{}},"sort":["_score"],"search_after":[9007199254740993],"terminate_after":5,"collapse":{}}',
    ],
    [
      '{"retriever": {"knn" : {"query_vector":[1.0,-0], "k":5}} }',
      '{"knn":{"query_vector":[1.0,-0], "k":5} }',
    ],
  ])('%s: %s', (text, expected) => {
    expect(unfold(text)).toBe(expected);
  });

  test.each([
    '{}',
    '{"query":{}}',
    '{"retriever":{}}',
    '{"retriever":{"knn":{"min_score":1}}}',
    '{"retriever":{"rrf":{}}}',
    '{"retriever":{"standard":{},"knn":{}}}',
    '{"retriever":{"standard":{"_name":"x","query":{}}}}',
    '{"retriever":{"standard":[]}}',
    '{"retriever":{"standard":{}},"query":{}}',
    '{"retriever":{"standard":{}},"collapse":{}}',
    '{"retriever":{"standard":{}},"rescore":{}}',
  ])('%s stays', (text) => {
    expect(unfold(text)).toBe(text);
  });

  test('whatever is written around it', () => {
    fc.assert(
      fc.property(valueText, valueText, valueText, gap, gap, (query, filter, other, a, b) => {
        const standard = `{${a}"query"${b}:${query}${a},"filter":${b}${filter}}`;
        const text = `{${a}"x":${other}${b},"retriever"${a}:{"standard"${b}:${standard}}${a},"y":${b}${other}}`;
        const expected = `{${a}"x":${other}${b},"query":{"bool":{"must":${query},"filter":${filter}}}${a},"y":${b}${other}}`;
        expect(unfold(text)).toBe(expected);
        tokens(expected);
      }),
    );
  });
});
