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
    // Hits that no vector found score what the query scores.
    const scoreOf = (score: number) => score || 1e-30;
    const { placement, hits } = await shop.compare({ ...search, size }, { scoreOf });
    expect(placement).toBe('rescore');
    expect(hits.length).toBeGreaterThan(5);
  });

  test('knn as a query is a query like others', async () => {
    const clause = { knn: { field: 'vector', query_vector: [4, 1], num_candidates: 80 } };
    expect(await shop.compare({ query: { bool: { should: [clause, query] } }, size })).toMatchObject({
      placement: 'rescore',
    });
  });

  // With a name of its own it is more than a body can say, and gets a rescorer.
  const _name = 'list';
  test.each<[string, object, object?]>([
    ['standard', { standard: { query, _name } }, { aggs }],
    ['standard with a filter', { standard: { query, filter, _name } }, { aggs }],
    ['standard by score', { standard: { query, sort: ['_score'], _name } }],
    ['standard, filtered behind', { standard: { query, _name } }, { post_filter: filter }],
    ['standard without a query', { standard: { _name } }, { aggs }],
    ['knn', { knn: { ...knn, _name } }, { aggs }],
    ['knn with a filter and a floor', { knn: { ...knn, filter, min_score: 0.1 } }],
    ['rescorer', { rescorer: { retriever: { standard: { query } }, rescore: theirs(90) } }, { aggs }],
  ])('retriever: %s', async (_what, retriever, rest = {}) => {
    expect(await shop.compare({ retriever, size, ...rest })).toMatchObject({ placement: 'parts' });
  });

  test.each<[string, object]>([
    ['without a query, filtered', { standard: { filter, _name } }],
    ['of a query that only filters', { standard: { query: filters, _name } }],
  ])('standard retriever %s: ranked by the multiplier', async (_what, retriever) => {
    const body = { retriever, size };
    expect(await shop.compare(body, { scoreOf: () => 1 })).toMatchObject({ placement: 'parts' });
  });

  test.each<[string, object, object?]>([
    ['alone', { query }, { aggs }],
    ['with filter and floor', { query, filter, min_score: 0.2 }, { aggs }],
    ['with several filters', { query, filter: [filter, { term: { brand: 'acme' } }] }],
    ['filtered behind', { query }, { post_filter: filter }],
    ['without anything', {}, { aggs }],
  ])('a standard retriever %s is an ordinary search', async (_what, standard, rest = {}) => {
    const body = { retriever: { standard }, size, ...rest };
    expect(JSON.stringify(shop.rewritten(body).body)).not.toContain('retriever');
    expect(await shop.compare(body)).toMatchObject({ placement: 'rescore' });
  });

  test.each<[string, object]>([
    ['alone', { knn }],
    ['with a filter and a bound', { knn: { ...knn, filter, similarity: 3 } }],
  ])('a knn retriever %s is an ordinary search', async (_what, retriever) => {
    const body = { retriever, size, aggs };
    expect(JSON.stringify(shop.rewritten(body).body)).not.toContain('retriever');
    expect(await shop.compare(body)).toMatchObject({ placement: 'rescore' });
  });

  test('a standard retriever that only filters is ranked by the multiplier', async () => {
    for (const standard of [{ filter }, { query: filters }])
      expect(await shop.compare({ retriever: { standard }, size }, { scoreOf: () => 1 })).toMatchObject({
        placement: 'rescore',
      });
  });

  test('a collapsed standard retriever has its groups', async () => {
    const body = { retriever: { standard: { query, collapse: { field: 'brand' } } }, size };
    const { placement, body: personal } = shop.rewritten(body);
    expect(placement).toBe('parts');
    expect((await shop.send(personal)).hits.hits).toHaveLength((await shop.send(body)).hits.hits.length);
  });

  test.each<[string, object, string?, object?]>([
    ['tie-breakers', { sort: ['_score', 'popularity'] }],
    ['the scroll of its results', {}, 'scroll=1m'],
    ['partial results', {}, 'allow_partial_search_results=true'],
    ['an Elasticsearch before 8.18', {}, '', { rescorerRetriever: false }],
  ])(
    'standard retriever with %s: its query is wrapped',
    async (_what, rest, parameters = '', capabilities = {}) => {
      const body = { retriever: { standard: { query, _name, ...rest } }, size };
      expect(JSON.stringify(shop.rewritten(body, parameters, { capabilities }).body)).not.toContain(
        'rescorer',
      );
      const answer = await shop.compare(body, { parameters, capabilities });
      expect(answer).toMatchObject({ placement: 'parts' });
    },
  );

  test('a retriever without a size brings ten hits, as it does alone', async () => {
    const named = [{ standard: { query, _name } }, { knn: { ...knn, _name } }];
    for (const retriever of [{ standard: { query } }, { knn }, ...named]) {
      const { body } = shop.rewritten({ retriever });
      const { hits } = await shop.send(body);
      expect(hits.hits).toHaveLength(10);
    }
  });

  test('a page behind the window of a retriever is wrapped, and has its hits', async () => {
    const body = { retriever: { standard: { query, _name } }, size, from: 450 };
    expect(JSON.stringify(shop.rewritten(body).body)).not.toContain('rescorer');
    expect((await shop.send(shop.rewritten(body).body)).hits.total).toMatchObject({ value: 90 });
  });
});
