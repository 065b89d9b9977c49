// Vectors and retrievers on a real Elasticsearch: what the embedded one lacks is tested on the text alone.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engines } from '../helpers/engines.js';
import { type BoostedShop, createBoostedShop } from './boosted-shop.js';

const size = 90;
const query = { match: { title: 'fresh milk' } };
const filter = { term: { category: 'milk' } };
const filters = { bool: { filter } };
const knn = { field: 'vector', query_vector: [4, 1], k: 30, num_candidates: 80 };
const other = { field: 'vector', query_vector: [1, 1], k: 12, num_candidates: 80, boost: 0.5 };
const aggs = { brands: { terms: { field: 'brand' } } };
const theirs = (window_size: number) => ({
  window_size,
  query: { rescore_query: { match: { title: 'oat' } }, score_mode: 'multiply' },
});

describe.each(engines().filter(({ kind }) => kind === 'elasticsearch'))('$kind', ({ kind }) => {
  let shop: BoostedShop;

  beforeAll(async () => {
    shop = await createBoostedShop(kind);
  });
  afterAll(() => shop.close());

  test.each<[string, object]>([
    ['alone', { knn }],
    ['several', { knn: [knn, other] }],
    ['with a query', { knn, query, aggs }],
    ['with a query that only filters', { knn, query: filters }],
    [
      'several, with a query, a floor and a filter behind',
      { knn: [knn, other], query, min_score: 0.9, post_filter: filter },
    ],
    ['nearer than a bound', { knn: { ...knn, similarity: 1 } }],
    ['a few hits, rescored by the shop too', { knn, query, rescore: theirs(200), track_total_hits: true }],
  ])('knn: %s', async (_what, search) => {
    const { placement, hits } = await shop.compare({ ...search, size });
    expect(placement).toBe('rescore');
    expect(hits.length).toBeGreaterThan(5);
  });

  test('knn as a query is a query like others', async () => {
    const clause = { knn: { field: 'vector', query_vector: [4, 1], num_candidates: 80 } };
    expect(await shop.compare({ query: { bool: { should: [clause, query] } }, size })).toMatchObject({
      placement: 'rescore',
    });
  });

  test.each<[string, object, object?]>([
    ['standard', { standard: { query } }, { aggs }],
    ['standard with filter and floor', { standard: { query, filter, min_score: 0.2 } }, { aggs }],
    ['standard by score', { standard: { query, sort: ['_score'] } }],
    ['standard, filtered behind', { standard: { query } }, { post_filter: filter }],
    ['standard without a query', { standard: {} }, { aggs }],
    ['knn', { knn }, { aggs }],
    ['knn with a filter', { knn: { ...knn, filter } }],
    ['rescorer', { rescorer: { retriever: { standard: { query } }, rescore: theirs(90) } }, { aggs }],
  ])('retriever: %s', async (_what, retriever, rest = {}) => {
    expect(await shop.compare({ retriever, size, ...rest })).toMatchObject({ placement: 'parts' });
  });

  test.each<[string, object]>([
    ['without a query, filtered', { standard: { filter } }],
    ['of a query that only filters', { standard: { query: filters } }],
  ])('standard retriever %s: ranked by the multiplier', async (_what, retriever) => {
    const body = { retriever, size };
    expect(await shop.compare(body, { scoreOf: () => 1 })).toMatchObject({ placement: 'parts' });
  });

  test.each<[string, object, string?, object?]>([
    ['tie-breakers', { sort: ['_score', 'popularity'] }],
    ['the scroll of its results', {}, 'scroll=1m'],
    ['partial results', {}, 'allow_partial_search_results=true'],
    ['an Elasticsearch before 8.18', {}, '', { rescorerRetriever: false }],
  ])(
    'standard retriever with %s: its query is wrapped',
    async (_what, rest, parameters = '', abilities = {}) => {
      const body = { retriever: { standard: { query, ...rest } }, size };
      expect(JSON.stringify(shop.rewritten(body, parameters, { abilities }).body)).not.toContain('rescorer');
      const answer = await shop.compare(body, { parameters, abilities });
      expect(answer).toMatchObject({ placement: 'parts' });
    },
  );

  test('a retriever without a size brings ten hits, as it does alone', async () => {
    for (const retriever of [{ standard: { query } }, { knn }]) {
      const { body } = shop.rewritten({ retriever });
      const { hits } = await shop.send(body);
      expect(hits.hits).toHaveLength(10);
    }
  });

  test('a page behind the window of a retriever is wrapped, and has its hits', async () => {
    const body = { retriever: { standard: { query } }, size, from: 450 };
    expect(JSON.stringify(shop.rewritten(body).body)).not.toContain('rescorer');
    expect((await shop.send(shop.rewritten(body).body)).hits.total).toMatchObject({ value: 90 });
  });
});
