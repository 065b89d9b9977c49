// What the rewriter promises, kept by the real engines: score = the query's × the plan's multiplier, same hits.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engines, uniqueIndex } from '../helpers/engines.js';
import { type BoostedShop, createBoostedShop, fired, multiplier, PLAN, PRODUCTS } from './boosted-shop.js';

describe.each(engines())('$kind', ({ kind }) => {
  let shop: BoostedShop;

  beforeAll(async () => {
    shop = await createBoostedShop(kind);
  });
  afterAll(() => shop.close());

  /** Every boost that a hit met is named, and the score says so. */
  async function compare(body: object, parameters = '', scoreOf = (score: number) => score) {
    const { placement, hits } = await shop.compare(body, { parameters, scoreOf });
    for (const hit of hits) expect(fired(hit)).toEqual(multiplier(PRODUCTS[Number(hit._id)]!).fired);
    return { placement, hits: hits.length };
  }

  const size = 100;
  const query = {
    function_score: {
      query: { match: { title: 'fresh milk' } },
      functions: [{ field_value_factor: { field: 'popularity', modifier: 'sqrt', missing: 1 } }],
      min_score: 0.0001,
    },
  };
  const ties = { sort: [{ _score: 'desc' }, { popularity: 'asc' }], track_scores: true };

  test.each<[string, string, object, string?]>([
    ['a scored search', 'rescore', { query, size }],
    ['no query', 'rescore', { size }],
    ['sorted by _score alone', 'rescore', { query, size, sort: [{ _score: 'desc' }] }],
    ['a query in the URL', 'rescore', { size }, 'q=fresh'],
    [
      'a post filter and aggregations',
      'rescore',
      {
        query,
        size,
        post_filter: { term: { category: 'milk' } },
        aggs: { b: { terms: { field: 'brand' } } },
      },
    ],
    ['a page behind the window', 'rescore', { query, size: 600 }],
    ['tie-breakers', 'wrap', { query, size, ...ties }],
    ['no query, tie-breakers', 'wrap', { size, ...ties }],
    [
      'a rescore of its own',
      'rescore',
      {
        size,
        rescore: {
          window_size: 200,
          query: { rescore_query: { match: { title: 'oat' } }, score_mode: 'multiply' },
        },
      },
    ],
  ])(
    '%s: %s, each score the query’s times the multiplier',
    async (_what, placement, body, parameters = '') => {
      expect(await compare(body, parameters)).toMatchObject({ placement });
    },
  );

  test('min_score lets the same hits through', async () => {
    const { placement, hits } = await compare({ query, size, min_score: 1.2 });
    expect(placement).toBe('rescore');
    expect(hits).toBeGreaterThan(5);
    expect(hits).toBeLessThan(80);
  });

  const filter = { bool: { filter: [{ range: { popularity: { gte: 10 } } }] } };
  const other = { bool: { must_not: { match: { title: 'oat' } } } };
  test.each<[string, object]>([
    ['filter', filter],
    ['must of such', { bool: { must: [filter, other] } }],
    ['should of such', { bool: { should: [filter, other] } }],
    ['all of them', { bool: { must: { bool: { must: filter } }, should: other, filter: other } }],
    ['constant 0', { bool: { must: { constant_score: { filter, boost: 0 } }, should: filter } }],
    ['match_all 0', { bool: { must: { match_all: { boost: 0 } }, filter } }],
    ['bool 0', { bool: { must: { match: { title: 'milk' } }, boost: 0 } }],
  ])('a search that only filters (%s) is ranked by the multiplier, in both places', async (_what, query) => {
    const filtered = { query, size };
    const { hits } = await shop.send(filtered);
    expect(new Set(hits.hits.map(({ _score }) => _score))).toEqual(new Set([0]));
    expect(await compare(filtered, '', () => 1)).toMatchObject({ placement: 'rescore' });
    expect(await compare({ ...filtered, ...ties }, '', () => 1)).toMatchObject({ placement: 'wrap' });
  });

  test('every type of number takes the bands its values can have', async () => {
    const types = ['byte', 'short', 'integer', 'long', 'float', 'half_float', 'double'];
    const numbers = uniqueIndex('query-numbers');
    // Of modules that an embedded Elasticsearch has not.
    const others = kind === 'opensearch' && {
      scaled_float: { type: 'scaled_float', scaling_factor: 100 },
      unsigned_long: { type: 'unsigned_long' },
    };
    const properties = { ...Object.fromEntries(types.map((type) => [type, { type }])), ...others };
    await shop.engine.createIndex(numbers, { mappings: { properties } });
    try {
      const items = [9, 10, 15, 20, 21].map((value) => ({
        action: 'index' as const,
        id: String(value),
        document: Object.fromEntries(Object.keys(properties).map((type) => [type, value])),
      }));
      expect(await shop.engine.bulk(numbers, items, { refresh: true })).toEqual([]);
      for (const field of Object.keys(properties)) {
        const boosts = [
          { field, value: '10..20', range: { gte: 10, lt: 20 }, factor: 2, profile: 'individual' as const },
          { field, value: '20..', range: { gte: 20 }, factor: 0.5, profile: 'individual' as const },
        ];
        const { body } = shop.rewritten({ size }, '', { plan: { ...PLAN, boosts, overridden: [] } });
        const answer = await shop.engine.search(numbers, body);
        const scores = answer.hits.hits.map((hit) => [hit._id, (hit as { _score?: number })._score]);
        expect([field, Object.fromEntries(scores)]).toEqual([
          field,
          { 9: 1, 10: 2, 15: 2, 20: 0.5, 21: 0.5 },
        ]);
      }
    } finally {
      await shop.engine.deleteIndex(numbers);
    }
  });

  test('search_after, scroll and collapse are accepted', async () => {
    const firstPage = shop.rewritten({ query, size: 5, ...ties });
    const page = await shop.send(firstPage.body);
    const last = (page.hits.hits.at(-1) as unknown as { sort: number[] }).sort;
    const next = shop.rewritten({ query, size: 5, ...ties, search_after: last });
    expect(next.placement).toBe('wrap');
    const seen = new Set(page.hits.hits.map(({ _id }) => _id));
    expect((await shop.send(next.body)).hits.hits.filter(({ _id }) => seen.has(_id))).toEqual([]);

    const scrolled = shop.rewritten({ query, size: 5 }, 'scroll=1m');
    expect(scrolled.placement).toBe('wrap');
    const { _scroll_id } = await shop.send(scrolled.body, 'scroll=1m');
    await shop.engine.request({ method: 'DELETE', path: '/_search/scroll', body: { scroll_id: _scroll_id } });

    const collapsed = shop.rewritten({ query, size, collapse: { field: 'brand' } });
    expect(collapsed.placement).toBe('wrap');
    expect((await shop.send(collapsed.body)).hits.hits).toHaveLength(4);
  });
});
