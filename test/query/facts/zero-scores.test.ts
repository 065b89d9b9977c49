// What a query says of its hits' scores: none, some or all of them 0. test/engine/zero-scores.test.ts asks the engines.
import { describe, expect, test } from '@jest/globals';
import { zeroScores } from '../../../src/query/facts/zero-scores.js';

const F = { bool: { filter: [{ term: { category: 'milk' } }] } };
const M = { match: { title: 'milk' } };
const POPULAR = { field_value_factor: { field: 'popularity' } };

describe('zeroScores', () => {
  test.each<[unknown, 'none' | 'some' | 'all']>([
    [undefined, 'none'],
    [M, 'none'],
    // of what nobody knows
    [7, 'some'],
    [{}, 'some'],
    [{ percolate: { field: 'query' } }, 'some'],
    [{ geo_shape: { boost: 0 } }, 'some'],
    [{ wrapper: { query: 'e30=' } }, 'some'],
    [{ query_string: { query: '-milk' } }, 'some'],
    [{ has_child: { type: 'offer', query: { match_all: {} } } }, 'some'],
    // bool
    [F, 'all'],
    [{ bool: { must: [], filter: { term: { category: 'milk' } } } }, 'all'],
    [{ bool: { must_not: { term: { category: 'milk' } } } }, 'all'],
    [{ bool: { must: { match_all: {} }, filter: [] } }, 'none'],
    [{ bool: {} }, 'none'],
    [{ bool: { filter: [] } }, 'none'],
    [{ term: { bool: 'filter' } }, 'none'],
    [{ bool: { must: [F] } }, 'all'],
    [{ bool: { must: { bool: { must: { bool: { must_not: M } } } }, filter: [] } }, 'all'],
    [{ bool: { should: [F, F] } }, 'all'],
    [{ bool: { must: [F, M] } }, 'none'],
    [{ bool: { must: [{ bool: {} }], filter: [M] } }, 'none'],
    [{ bool: { filter: [M], must: { match_all: { boost: 0 } } } }, 'all'],
    [{ bool: { must: M, boost: 0 } }, 'all'],
    [{ bool: { filter: F, should: M } }, 'some'],
    [{ bool: { filter: F, should: [M, F], minimum_should_match: 1 } }, 'some'],
    [{ bool: { filter: F, should: M, minimum_should_match: 1 } }, 'none'],
    [{ bool: { filter: F, should: M, minimum_should_match: '75%' } }, 'some'],
    [{ bool: { filter: F, should: M, minimum_should_match: 0 } }, 'some'],
    [{ bool: { should: M, minimum_should_match: 0 } }, 'none'],
    [{ bool: { should: [M, F] } }, 'some'],
    [{ bool: { should: M, must_not: F } }, 'none'],
    [{ bool: { must: F, should: M } }, 'some'],
    // boosts of 0
    [{ constant_score: { filter: M, boost: 0.0 } }, 'all'],
    [{ constant_score: { filter: M } }, 'none'],
    [{ match: { title: { query: 'milk', boost: '0' } } }, 'all'],
    [{ match: { title: { query: 'milk', boost: 1e-60 } } }, 'all'],
    [{ match: { title: { query: 'milk', boost: 1e-30 } } }, 'none'],
    [{ term: { boost: 0 } }, 'none'],
    [{ terms: { brand: ['acme'], boost: 0 } }, 'all'],
    [{ multi_match: { query: 'milk', fields: ['title^0', 'brand'] } }, 'some'],
    [{ multi_match: { query: 'milk', fields: ['title', 'brand'] } }, 'none'],
    // words that may be as far away as they are long
    [{ match: { title: { query: '7', fuzziness: 1 } } }, 'some'],
    [{ match: { title: { query: '7', fuzziness: 'auto' } } }, 'none'],
    [{ fuzzy: { title: { value: '7', fuzziness: 'AUTO:1,3' } } }, 'some'],
    [{ fuzzy: { title: 'milk' } }, 'none'],
    [{ multi_match: { query: 'milk', fuzziness: '2' } }, 'some'],
    // vectors
    [{ knn: { vector: { vector: [1], k: 5 } } }, 'none'],
    [{ knn: { vector: { vector: [1], k: 5, boost: 0 } } }, 'some'],
    [{ knn: { field: 'vector', query_vector: [1], boost: 0 } }, 'some'],
    [{ neural: { vector: { query_text: 'milk' } } }, 'none'],
    // compounds
    [{ match_none: {} }, 'all'],
    [{ dis_max: { queries: [F, F] } }, 'all'],
    [{ dis_max: { queries: [F, M] } }, 'some'],
    [{ dis_max: { queries: [M, M] } }, 'none'],
    [{ boosting: { positive: F, negative: M, negative_boost: 0.5 } }, 'all'],
    [{ boosting: { positive: M, negative: M, negative_boost: 0.5 } }, 'none'],
    [{ boosting: { positive: M, negative: M, negative_boost: 0 } }, 'some'],
    [{ nested: { path: 'a', query: M, score_mode: 'none' } }, 'all'],
    [{ nested: { path: 'a', query: M } }, 'none'],
    [{ nested: { path: 'a', query: F, score_mode: 'sum' } }, 'all'],
    [{ script_score: { query: F, script: '_score + 1' } }, 'some'],
    [{ script_score: { query: F, script: '_score + 1', boost: 0 } }, 'all'],
    [{ function_score: { query: F, ...POPULAR } }, 'all'],
    [{ function_score: { query: F, functions: [POPULAR, { filter: M, weight: 2 }] } }, 'all'],
    [{ function_score: { query: F, ...POPULAR, boost_mode: 'replace' } }, 'some'],
    [{ function_score: { query: F, ...POPULAR, boost_mode: 'sum' } }, 'some'],
    [{ function_score: { query: F, functions: [{ filter: M, weight: 2 }], boost_mode: 'replace' } }, 'none'],
    [{ function_score: { query: F, weight: 3, boost_mode: 'avg' } }, 'none'],
    [{ function_score: { query: F, weight: 3, boost_mode: 'min' } }, 'all'],
    [{ function_score: { query: F, boost_mode: 'sum' } }, 'all'],
    [{ function_score: { query: M, ...POPULAR } }, 'some'],
    [{ function_score: { query: M, ...POPULAR, boost_mode: 'sum' } }, 'none'],
    [{ function_score: { query: M, weight: 3 } }, 'none'],
    [{ function_score: { query: M, weight: 0 } }, 'some'],
    [{ function_score: { query: M, weight: 2, max_boost: 0 } }, 'some'],
    [{ function_score: { query: M, weight: 2, boost_mode: 'odd' } }, 'some'],
    [{ function_score: { query: M, boost: 0, weight: 3, boost_mode: 'replace' } }, 'all'],
    [{ function_score: { weight: 3 } }, 'none'],
  ])('%j: %s', (query, zeros) => {
    expect(zeroScores(query)).toBe(zeros);
  });
});
