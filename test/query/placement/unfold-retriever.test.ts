// What a lone retriever says a body can say itself; its values stay to the byte.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { unfoldRetriever } from '../../../src/query/placement/unfold-retriever.js';
import { documentOf } from '../document-of.js';
import { gap, tokens, valueText } from '../json-text.js';

function unfold(text: string, parameters: URLSearchParams | undefined = new URLSearchParams()): string {
  return unfoldRetriever(documentOf(text), parameters).bytes.toString();
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
      '{"retriever": {"knn" : {"query_vector":[1.0,-0], "k":5,"num_candidates":50}} }',
      '{"knn":{"query_vector":[1.0,-0], "k":5,"num_candidates":50} }',
    ],
  ])('%s: %s', (text, expected) => {
    expect(unfold(text)).toBe(expected);
  });

  test.each([
    '{}',
    '{"query":{}}',
    '{"retriever":{}}',
    '{"retriever":{"knn":{"k":5,"num_candidates":50,"min_score":1}}}',
    '{"retriever":{"knn":{"k":5}}}',
    '{"retriever":{"knn":{"k":"5","num_candidates":50}}}',
    '{"retriever":{"standard":{"sort":["_score"]}}}',
    '{"retriever":{"standard":{"query":[]}}}',
    '{"retriever":{"standard":{"filter":[7]}}}',
    '{"retriever":{"standard":{"min_score":"1"}}}',
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

  test('vectors stay beside a search type, or what may be one', () => {
    const knn = '{"retriever":{"knn":{"k":5,"num_candidates":50}}}';
    expect(unfold(knn, new URLSearchParams('search_type=dfs_query_then_fetch'))).toBe(knn);
    expect(unfoldRetriever(documentOf(knn), undefined).bytes).toEqual(Buffer.from(knn));
  });

  test('whatever is written around it', () => {
    fc.assert(
      fc.property(valueText, valueText, valueText, gap, gap, (inQuery, inFilter, other, a, b) => {
        const [query, filter] = [`{"a":${inQuery}}`, `[${b}{"b":${inFilter}}]`];
        const standard = `{${a}"query"${b}:${query}${a},"filter":${b}${filter}}`;
        const text = `{${a}"x":${other}${b},"retriever"${a}:{"standard"${b}:${standard}}${a},"y":${b}${other}}`;
        const expected = `{${a}"x":${other}${b},"query":{"bool":{"must":${query},"filter":${filter}}}${a},"y":${b}${other}}`;
        expect(unfold(text)).toBe(expected);
        tokens(expected);
      }),
    );
  });
});
