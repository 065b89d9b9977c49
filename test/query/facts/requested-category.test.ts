// Which requests name exactly one category.
import { describe, expect, test } from '@jest/globals';
import {
  type CategorySources,
  categoryPaths,
  requestedCategory,
} from '../../../src/query/facts/requested-category.js';

const milk = { term: { category: 'milk' } };
const bread = { term: { category: { value: 'bread' } } };
const match = { match: { title: 'x' } };

/** A keyword with an analyzed sub-field and another keyword, behind an alias too, and a category in nested documents. */
const exact = new Map(
  ['category', 'category.words', 'category.raw', 'shelf'].map((path) => [
    path,
    new Set(['category', 'category.raw', 'shelf']),
  ]),
).set('groups.id', new Set(['groups.id']));

function named(sources: Partial<CategorySources>, field = 'category', mapping?: typeof exact): string | null {
  const none = { query: undefined, knn: undefined, retriever: undefined, postFilter: undefined };
  return requestedCategory({ ...none, ...sources }, categoryPaths(field, mapping));
}

describe('requestedCategory', () => {
  test.each<[string | null, unknown]>([
    ['milk', milk],
    ['bread', bread],
    ['milk', { terms: { category: ['milk'], boost: 1 } }],
    ['milk', { bool: { filter: milk } }],
    ['milk', { bool: { filter: [{ term: { brand: 'x' } }, milk], must: match } }],
    ['milk', { bool: { must: [match, { bool: { filter: [milk] } }] } }],
    ['milk', { function_score: { query: { bool: { filter: [milk] } } } }],
    ['milk', { constant_score: { filter: milk } }],
    ['milk', { bool: { filter: [{ bool: { should: [milk] } }], must: match } }],
    ['milk', { bool: { should: milk, minimum_should_match: 1 } }],
    ['milk', { bool: { must: [{ function_score: { query: { pinned: { ids: ['1'], organic: milk } } } }] } }],
    ['milk', { hybrid: { queries: [milk, { bool: { filter: milk, must: match } }] } }],
    [null, { hybrid: { queries: [milk, match] } }],
    [null, { hybrid: { queries: [milk, bread] } }],
    [null, { hybrid: {} }],
    ['milk', { bool: { filter: [milk, { terms: { category: ['milk', 'bread'] } }] } }],
    [null, undefined],
    [null, match],
    [null, { terms: { category: ['milk', 'bread'] } }],
    [null, { terms: { category: { index: 'i', id: '1', path: 'p' } } }],
    [null, { term: { category: '' } }],
    [null, { term: { category: { value: 'milk', case_insensitive: true } } }],
    [null, { term: { brand: 'milk' } }],
    [null, { bool: { filter: [milk, bread] } }],
    [null, { bool: { must_not: milk } }],
    [null, { bool: { should: [milk], must: match } }],
    [null, { bool: { should: [milk, bread] } }],
    [null, { bool: { should: [milk], minimum_should_match: 0 } }],
    [null, { dis_max: { queries: [milk, match] } }],
    [null, [milk]],
  ])('%j: %j', (category, query) => {
    expect(named({ query })).toBe(category);
  });

  test.each<[string | null, unknown]>([
    ['103', { term: { category: 103 } }],
    ['103', { term: { category: { value: 103 } } }],
    ['103', { term: { category: '103' } }],
    ['103', { term: { category: '103.0' } }],
    ['103', { terms: { category: [103] } }],
    ['103', { terms: { category: [103, '103'] } }],
    ['-7', { term: { category: -7 } }],
    ['2.5', { term: { category: 2.5 } }],
    ['true', { term: { category: true } }],
    ['false', { terms: { category: [false] } }],
    ['007', { term: { category: '007' } }],
    ['1.0 l', { term: { category: '1.0 l' } }],
    ['103', { bool: { filter: [{ term: { category: 103 } }, { term: { category: '103' } }] } }],
    [null, { terms: { category: [103, 104] } }],
    [null, { terms: { category: [] } }],
    [null, { terms: { category: [null] } }],
    [null, { term: { category: null } }],
    [null, { term: { category: { value: {} } } }],
    [null, { bool: { filter: [{ term: { category: 103 } }, { term: { category: '0103' } }] } }],
  ])('a category of any JSON type: %j: %j', (category, query) => {
    expect(named({ query })).toBe(category);
  });

  test.each<[string | null, unknown]>([
    ['milk', { match: { category: 'milk' } }],
    ['103', { match: { category: 103 } }],
    ['103', { match: { category: { query: 103 } } }],
    ['Oat milk', { match: { category: { query: 'Oat milk', operator: 'and', boost: 2 } } }],
    ['Oat milk', { match_phrase: { category: 'Oat milk' } }],
    ['Oat milk', { match: { 'category.raw': 'Oat milk' } }],
    ['Oat milk', { term: { 'category.raw': 'Oat milk' } }],
    ['milk', { terms: { shelf: ['milk'] } }],
    ['milk', { bool: { filter: [milk, { match: { shelf: 'milk' } }] } }],
    [null, { match: { 'category.words': 'milk' } }],
    [null, { term: { 'category.words': 'milk' } }],
    [null, { match: { category: { query: 'milk', fuzziness: 'AUTO' } } }],
    [null, { match: { category: { query: 'milk', analyzer: 'standard' } } }],
    [null, { match: { category: {} } }],
    [null, { match_phrase_prefix: { category: 'milk' } }],
    [null, { bool: { filter: [milk, { match: { category: 'bread' } }] } }],
  ])('where the mapping is known, %j: %j', (category, query) => {
    expect(named({ query }, 'category', exact)).toBe(category);
  });

  test('match counts only where the field is known to be no text; its sub-field stands for an analyzed one', () => {
    const query = { match: { category: 'milk' } };
    expect(named({ query })).toBeNull();
    const text = new Map([['category', new Set(['category.raw'])]]);
    expect(named({ query }, 'category', text)).toBeNull();
    expect(named({ query: { match: { 'category.raw': 'milk' } } }, 'category', text)).toBe('milk');
    expect(named({ query: milk }, 'category', text)).toBe('milk');
  });

  test.each<[string | null, unknown]>([
    ['7', { nested: { path: 'groups', query: { term: { 'groups.id': 7 } } } }],
    [
      '7',
      { bool: { filter: [match, { nested: { path: 'groups', query: { match: { 'groups.id': '7' } } } }] } },
    ],
    [
      '7',
      {
        nested: {
          path: 'groups',
          query: { bool: { filter: [{ term: { 'groups.id': 7 } }, { term: { 'groups.virtual': false } }] } },
          score_mode: 'none',
        },
      },
    ],
    [null, { nested: { path: 'groups', query: { term: { 'groups.virtual': false } } } }],
    [null, { bool: { must_not: { nested: { path: 'groups', query: { term: { 'groups.id': 7 } } } } } }],
  ])('in nested documents, %j: %j', (category, query) => {
    expect(named({ query }, 'groups.id', exact)).toBe(category);
  });

  test.each<[string | null, unknown]>([
    ['milk', { bool: { filter: match, should: [milk], minimum_should_match: 1 } }],
    ['milk', { bool: { should: [milk, { terms: { category: ['milk'] } }] } }],
    [
      'milk',
      { bool: { should: [milk, { bool: { filter: milk, must: match } }], minimum_should_match: '100%' } },
    ],
    ['milk', { dis_max: { queries: [milk, { bool: { must: [milk, match] } }] } }],
    ['milk', { boosting: { positive: milk, negative: bread, negative_boost: 0.5 } }],
    ['milk', { script_score: { query: milk, script: { source: '1' } } }],
    [null, { bool: { filter: match, should: [milk] } }],
    [null, { bool: { filter: match, should: [milk, match], minimum_should_match: 1 } }],
    [null, { bool: { should: [milk], minimum_should_match: '0%' } }],
    [null, { boosting: { positive: match, negative: milk, negative_boost: 0.5 } }],
  ])('inside of other queries, %j: %j', (category, query) => {
    expect(named({ query })).toBe(category);
  });

  const standard = (query: object) => ({ standard: { query } });
  const knn = (filter?: object) => ({ knn: { filter, query_vector: [1] } });
  test.each<[string | null, object]>([
    ['milk', standard(milk)],
    ['milk', knn(milk)],
    ['milk', { standard: { query: match, filter: [match, milk] } }],
    ['milk', { rescorer: { retriever: standard(milk) } }],
    ['milk', { rrf: { filter: milk, retrievers: [standard(match), knn()] } }],
    ['milk', { rrf: { retrievers: [standard(milk), knn(milk)] } }],
    [
      'milk',
      { linear: { retrievers: [{ retriever: standard(milk), weight: 2 }, { retriever: knn(milk) }] } },
    ],
    [null, { rrf: { retrievers: [standard(milk), knn()] } }],
    [null, { rrf: { retrievers: [standard(milk), knn(bread)] } }],
    [null, { rrf: { filter: bread, retrievers: [standard(milk), knn(milk)] } }],
    [null, { rrf: {} }],
    [null, standard(match)],
  ])('retriever %j: %j', (category, retriever) => {
    expect(named({ retriever })).toBe(category);
  });

  const near = (filter?: object) => ({ field: 'v', query_vector: [1], filter });
  test.each<[string | null, object]>([
    ['milk', { query: milk }],
    ['milk', { postFilter: milk }],
    ['milk', { query: match, postFilter: milk }],
    ['milk', { query: milk, postFilter: milk, knn: near(milk) }],
    ['milk', { knn: [near(milk), near({ bool: { filter: [match, milk] } })] }],
    ['milk', { knn: near(), postFilter: milk }],
    ['milk', { query: match, knn: near(milk), postFilter: milk }],
    [null, { query: milk, knn: near() }],
    [null, { query: match, knn: near(milk) }],
    [null, { knn: [near(milk), near(bread)] }],
    [null, { query: milk, postFilter: bread }],
    [null, {}],
  ])('sources %j: %j', (category, sources) => {
    expect(named(sources)).toBe(category);
  });

  test('the field is the configured one', () => {
    const query = { term: { 'department.keyword': 'milk' } };
    expect(named({ query }, 'department.keyword')).toBe('milk');
  });
});
