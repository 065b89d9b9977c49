// Queries that score 0 for all or some of their hits: what is told from their form is what the engines do, and all hits move.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { zeroScores } from '../../src/query/facts/zero-scores.js';
import { engines } from '../helpers/engines.js';
import { type BoostedShop, createBoostedShop } from './boosted-shop.js';

const size = 100;
const ties = { sort: [{ _score: 'desc' }, { popularity: 'asc' }], track_scores: true };
const behind = { sort: [{ brand: { order: 'desc', missing: '_last' } }, '_score'], track_scores: true };

const F = { bool: { filter: [{ range: { popularity: { gte: 10 } } }] } };
const OTHER = { bool: { must_not: { match: { title: 'oat' } } } };
const M = { match: { title: 'fresh' } };
const ALL = { match_all: {} };
const BRAND = { term: { brand: { value: 'acme' } } };
const EMPTY = { field_value_factor: { field: 'sales', missing: 0 } };
const POPULAR = { field_value_factor: { field: 'popularity', missing: 1 } };
const FAT = { nested: { path: 'attributes', query: { term: { 'attributes.name': 'fat' } } } };
const encoded = (query: object) => Buffer.from(JSON.stringify(query)).toString('base64');

type Zeros = 'none' | 'some' | 'all';
/** What is told, and where that is `some`, what the engines answer. */
type Case = readonly [what: string, query: object, told: Zeros, answered?: Zeros];

const CASES: readonly Case[] = [
  ['function_score', { function_score: { query: F, functions: [POPULAR] } }, 'all'],
  ['function_score with a weight', { function_score: { query: F, weight: 3 } }, 'all'],
  ['function_score without functions', { function_score: { query: F, boost_mode: 'sum' } }, 'all'],
  ['function_score in another', { function_score: { query: { function_score: { query: F } } } }, 'all'],
  ['function_score, the smaller', { function_score: { query: F, weight: 3, boost_mode: 'min' } }, 'all'],
  ['function_score boosted by 0', { function_score: { query: M, ...POPULAR, boost: 0 } }, 'all'],
  [
    'function_score that replaces',
    { function_score: { query: F, weight: 3, boost_mode: 'replace' } },
    'none',
  ],
  ['function_score that adds', { function_score: { query: F, weight: 3, boost_mode: 'sum' } }, 'none'],
  [
    'function_score that adds for some',
    { function_score: { query: F, functions: [{ filter: BRAND, weight: 2 }], boost_mode: 'sum' } },
    'none',
  ],
  ['function_score of nothing sold', { function_score: { query: M, ...EMPTY } }, 'some', 'all'],
  [
    'function_score of little sold',
    { function_score: { query: M, linear: { price: { origin: 0, scale: 10 } } } },
    'some',
    'some',
  ],
  [
    'function_score with weight 0',
    { function_score: { query: M, functions: [{ weight: 0 }] } },
    'some',
    'all',
  ],
  [
    'function_score with weight 0 for some',
    { function_score: { query: M, functions: [{ filter: BRAND, weight: 0 }] } },
    'some',
    'some',
  ],
  ['function_score up to 0', { function_score: { query: M, weight: 2, max_boost: 0 } }, 'some', 'all'],
  ['dis_max', { dis_max: { queries: [F, OTHER], tie_breaker: 0.3 } }, 'all'],
  ['dis_max with a match', { dis_max: { queries: [F, M] } }, 'some', 'some'],
  ['boosting', { boosting: { positive: F, negative: BRAND, negative_boost: 0.2 } }, 'all'],
  ['boosting by 0', { boosting: { positive: ALL, negative: BRAND, negative_boost: 0 } }, 'some', 'some'],
  ['nested without scores', { nested: { ...FAT.nested, score_mode: 'none' } }, 'all'],
  [
    'nested, without scores, in a bool',
    { bool: { must: [{ nested: { ...FAT.nested, score_mode: 'none' } }], filter: OTHER } },
    'all',
  ],
  ['nested with scores', FAT, 'none'],
  [
    'nested that filters',
    { nested: { path: 'attributes', query: { bool: { filter: FAT.nested.query } }, score_mode: 'sum' } },
    'all',
  ],
  ['constant 0', { constant_score: { filter: OTHER, boost: 0 } }, 'all'],
  ['match 0', { match: { title: { query: 'fresh', boost: 0 } } }, 'all'],
  ['match by less than a float holds', { match: { title: { query: 'fresh', boost: 1e-60 } } }, 'all'],
  ['terms 0', { terms: { brand: ['acme', 'plain'], boost: 0 } }, 'all'],
  ['multi_match 0', { multi_match: { query: 'fresh', fields: ['title', 'brand'], boost: '0' } }, 'all'],
  ['multi_match of a field by 0', { multi_match: { query: 'fresh', fields: ['title^0'] } }, 'some', 'all'],
  ['dis_max 0', { dis_max: { queries: [M], boost: 0 } }, 'all'],
  ['filters with an optional clause', { bool: { filter: [ALL], should: [BRAND] } }, 'some', 'some'],
  ['that, where all match', { bool: { filter: [M], should: [M] } }, 'some', 'none'],
  [
    'that, where none matches',
    { bool: { filter: [M], should: { term: { brand: 'nobody' } } } },
    'some',
    'all',
  ],
  ['with a clause that must match', { bool: { filter: M, should: M, minimum_should_match: 1 } }, 'none'],
  ['with most of one', { bool: { filter: M, should: BRAND, minimum_should_match: '75%' } }, 'some', 'some'],
  ['with none of the clauses', { bool: { should: [M], minimum_should_match: 0 } }, 'none'],
  [
    'an optional clause behind a filter in must',
    { bool: { must: [F], should: [M, { constant_score: { filter: BRAND, boost: 4 } }] } },
    'some',
    'some',
  ],
  ['what is not, in words', { query_string: { query: 'NOT title:oat' } }, 'some', 'all'],
  ['words as short as they may be wrong', { match: { title: { query: '7', fuzziness: 1 } } }, 'some', 'some'],
  ['a field that is called boost', { bool: { must: M, must_not: { term: { boost: 0 } } } }, 'none'],
  ['encoded filters', { wrapper: { query: encoded(F) } }, 'some', 'all'],
];

/** As if it had scored 1, or next to nothing. */
const NEXT_TO_NOTHING = 1e-30;

describe.each(engines())('$kind', ({ kind }) => {
  let shop: BoostedShop;

  beforeAll(async () => {
    shop = await createBoostedShop(kind);
  });
  afterAll(() => shop.close());

  const scoresOf = async (search: object) => (await shop.send(search)).hits.hits.map(({ _score }) => _score);

  test.each<Case>(CASES)('%s', async (_what, query, told, answered = told) => {
    expect(zeroScores(query)).toBe(told);
    const scores = await scoresOf({ query, size });
    const zeros = scores.filter((score) => score === 0).length;
    expect(zeros === 0 ? 'none' : zeros === scores.length ? 'all' : 'some').toBe(answered);
    const scoreOf = (score: number) => score || (told === 'all' ? 1 : NEXT_TO_NOTHING);
    for (const [placement, rest] of [
      ['rescore', {}],
      ['wrap', ties],
    ] as const)
      expect(await shop.compare({ query, size, ...rest }, { scoreOf })).toMatchObject({ placement });
  });

  const script = (source: string) => ({ script_score: { query: F, script: { source } } });
  test.each<[string, Zeros]>([
    ['_score * 2', 'all'],
    ["_score + (doc['brand'].value == 'acme' ? 1 : 0)", 'some'],
    ['_score + 1', 'none'],
  ])('script_score, %s', async (source, answered) => {
    if (kind === 'elasticsearch') return; // the embedded one has no Painless
    const scores = await scoresOf({ query: script(source), size });
    const zeros = scores.filter((score) => score === 0).length;
    expect(zeros === 0 ? 'none' : zeros === scores.length ? 'all' : 'some').toBe(answered);
    const scoreOf = (score: number) => score || NEXT_TO_NOTHING;
    for (const rest of [{}, ties]) await shop.compare({ query: script(source), size, ...rest }, { scoreOf });
  });

  test('an index that counts for nothing, in a window', async () => {
    const search = { query: M, size, indices_boost: [{ [shop.index]: 0 }] };
    expect(new Set(await scoresOf(search))).toEqual(new Set([0]));
    await shop.compare(search, { scoreOf: () => NEXT_TO_NOTHING });
  });

  test('min_score looks at what the query scored', async () => {
    const query = { bool: { filter: [ALL], should: [BRAND] } };
    for (const rest of [{}, ties]) {
      const { hits } = await shop.compare({ query, size, min_score: 0.01, ...rest });
      expect(hits.length).toBeGreaterThan(5);
      expect(hits.length).toBeLessThan(size / 2);
    }
  });

  test('hits that score stay in front of those that score 0, however little they are liked', async () => {
    const query = {
      bool: { filter: [ALL], should: [{ constant_score: { filter: BRAND, boost: 1e-6 } }] },
    };
    for (const rest of [{}, ties]) {
      const [plain, personal] = [
        await shop.send({ query, size, ...rest }),
        await shop.send(shop.rewritten({ query, size, ...rest }).body),
      ];
      const matched = plain.hits.hits.filter(({ _score }) => _score > 0).map(({ _id }) => _id);
      const first = personal.hits.hits.slice(0, matched.length).map(({ _id }) => _id);
      expect(first.sort()).toEqual(matched.sort());
    }
  });

  test('behind another sort key', async () => {
    const query = { dis_max: { queries: [F, OTHER] } };
    const { body, placement } = shop.rewritten({ query, size, ...behind });
    expect(placement).toBe('wrap');
    const answer = await shop.send(body);
    expect(new Set(answer.hits.hits.map(({ sort }) => Number(sort?.[1]))).size).toBeGreaterThan(5);
  });

  test('vectors beside a query that only filters: hits of the query alone are ranked too', async () => {
    if (kind === 'opensearch') return; // its vectors are a plugin’s
    const knn = { field: 'vector', query_vector: [0.4, 1], k: 9, num_candidates: 50 };
    const scores = await scoresOf({ query: F, knn, size });
    expect(scores.filter((score) => score > 0)).toHaveLength(9);
    await shop.compare({ query: F, knn, size }, { scoreOf: (score) => score || NEXT_TO_NOTHING });
  });

  test('a retriever among others, of a query with an optional clause', async () => {
    if (kind === 'opensearch') return;
    const query = { bool: { filter: [ALL], should: [BRAND] } };
    const retriever = { standard: { query, _name: 'shop' } };
    const scoreOf = (score: number) => (score < NEXT_TO_NOTHING ? NEXT_TO_NOTHING : score);
    expect(await shop.compare({ retriever, size }, { scoreOf })).toMatchObject({ placement: 'parts' });
  });
});
