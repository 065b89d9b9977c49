// What was typed is read out of every form in which shop software sends it, and nothing else is.
import { expect, test } from '@jest/globals';
import { searchTexts } from '../../../src/query/facts/search-texts.js';

const TEXT = 'Arlo Jacket, blue';
const match = { match: { title: TEXT } };

test.each<[string, unknown]>([
  ['match', match],
  ['match, in full', { match: { title: { query: TEXT, operator: 'and' } } }],
  ['multi_match', { multi_match: { query: TEXT, fields: ['title^3', 'sku'] } }],
  ['combined_fields', { combined_fields: { query: TEXT, fields: ['title'] } }],
  ['query_string, as a phrase', { query_string: { query: `"${TEXT}"`, default_field: 'title' } }],
  ['simple_query_string', { simple_query_string: { query: ` ${TEXT} ` } }],
  ['match_phrase_prefix', { match_phrase_prefix: { title: TEXT } }],
  ['match_bool_prefix', { match_bool_prefix: { title: { query: TEXT } } }],
  [
    'one text in several clauses, in any case',
    { bool: { should: [match, { match: { sku: TEXT.toUpperCase() } }] } },
  ],
  [
    'function_score',
    { function_score: { query: match, functions: [{ filter: { match: { brand: 'Arlo' } } }] } },
  ],
  ['dis_max', { dis_max: { queries: [match, { match_phrase: { title: TEXT } }] } }],
  ['boosting', { boosting: { positive: match, negative: { match: { title: 'old' } } } }],
  ['nested', { nested: { path: 'names', query: { match: { 'names.text': TEXT } } } }],
  ['pinned', { pinned: { ids: ['1'], organic: match } }],
  ['hybrid', { hybrid: { queries: [match, { neural: {} }] } }],
  [
    'beside filters',
    {
      bool: {
        must: match,
        filter: { match: { category: 'jackets' } },
        must_not: [{ match: { brand: 'x' } }],
      },
    },
  ],
  ['a retriever', { rrf: { retrievers: [{ standard: { query: match } }, { knn: { field: 'v' } }] } }],
])('%s', (_, query) => {
  expect(searchTexts([query]).map((text) => text.toLowerCase())).toEqual([TEXT.toLowerCase()]);
});

test.each<[string, unknown]>([
  ['no query', undefined],
  ['filters alone', { bool: { filter: [match] } }],
  ['terms', { term: { sku: 'A-1' } }],
  ['an empty text', { match: { title: '  ' } }],
  ['a text longer than any name', { match: { title: 'x'.repeat(300) } }],
  [
    'more texts than one search has',
    { bool: { should: ['a', 'b', 'c', 'd'].map((title) => ({ match: { title } })) } },
  ],
  ['what the engine will refuse', { match: ['x'], multi_match: 'x' }],
])('none in %s', (_, query) => {
  expect(searchTexts([query])).toEqual([]);
});

test('q of the URL is a text, a barcode may be a number', () => {
  expect(searchTexts([undefined, TEXT])).toEqual([TEXT]);
  expect(searchTexts([{ match: { ean: 4006381333931 } }])).toEqual(['4006381333931']);
});
