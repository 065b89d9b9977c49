// The category a search is scoped to decides which profiles are read, in whichever form the search asks for it.
import { expect, test } from '@jest/globals';
import { populationId } from '../../src/core/profile/profile.js';
import { readFrom } from '../helpers/brand-shop.js';
import { proxyOnStub, TRUSTED } from './support/proxy-on-stub.js';

const stub = proxyOnStub();
const filter = { term: { category: 'shoes' } };
const knn = { field: 'vector', query_vector: [1], k: 5, num_candidates: 9, filter };
// A URL with parameters, so that a vector retriever is unfolded.
const URL_PATH = '/products/_search?preference=x';
const query = { bool: { must: { match: { title: 'x' } }, filter } };

test.each<[string, object]>([
  ['a query', { query }],
  ['a filter after the search', { post_filter: filter }],
  ['a vector search', { knn }],
  ['a retriever of a query', { retriever: { standard: { query } } }],
  ['a retriever of a vector search', { retriever: { knn } }],
])('%s', async (_, body) => {
  const asked: string[][] = [];
  await stub
    .agent({ readProfiles: readFrom(new Map(), asked) })
    .post(URL_PATH)
    .set(TRUSTED)
    .send(body);
  expect(asked.flat()).toContain(populationId('shoes'));
});
