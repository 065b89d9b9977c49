// Which requests name exactly one category.
import { describe, expect, test } from '@jest/globals';
import { type CategorySources, requestedCategory } from '../../../src/query/facts/requested-category.js';

const milk = { term: { category: 'milk' } };
const bread = { term: { category: { value: 'bread' } } };
const match = { match: { title: 'x' } };

function named(sources: Partial<CategorySources>, field = 'category'): string | null {
  const none = { query: undefined, knn: undefined, retriever: undefined, postFilter: undefined };
  return requestedCategory({ ...none, ...sources }, field);
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
    [null, { term: { category: 7 } }],
    [null, { term: { category: '' } }],
    [null, { term: { category: { value: 'milk', case_insensitive: true } } }],
    [null, { term: { brand: 'milk' } }],
    [null, { bool: { filter: [milk, bread] } }],
    [null, { bool: { must_not: milk } }],
    [null, { bool: { should: [milk], must: match } }],
    [null, { bool: { should: [milk, bread] } }],
    [null, { bool: { should: [milk], minimum_should_match: 0 } }],
    [null, { dis_max: { queries: [milk] } }],
    [null, [milk]],
  ])('%j: %j', (category, query) => {
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
