// What the rewriter promises, kept by the real engines: score = the query's × the plan's multiplier, same hits.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Boost, type BoostPlan, ID_FIELD } from '../../src/core/boost-plan.js';
import { bandsOf } from '../../src/core/number-bands.js';
import type { EngineClient } from '../../src/engine/client.js';
import { choosePlacement } from '../../src/query/placement.js';
import { rewriteSearch } from '../../src/query/rewrite.js';
import { readSearchBody } from '../../src/query/search-body.js';
import { readSearchFacts } from '../../src/query/search-facts.js';
import { connectTest, engines, uniqueIndex } from '../helpers/engines.js';

interface Product {
  readonly id: string;
  readonly title: string;
  readonly brand: string;
  readonly category: string;
  readonly tags: readonly string[];
  readonly price: number;
  readonly weights: readonly number[];
  readonly popularity: number;
}

const pick = (list: readonly string[], i: number): string => list[i % list.length]!;
/** At the edges of bands, beside them, and what no float holds exactly. */
const PRICES = [9.99, 10, 10.1, 19.99, 20, 0.07, -3, 1e6];
const PRODUCTS: readonly Product[] = Array.from({ length: 90 }, (_, i) => ({
  id: String(i),
  title: `milk ${pick(['fresh', 'sour fresh', 'oat'], i)} ${i}`,
  brand: pick(['acme', 'b"ra\\nd', 'zoë', 'plain'], i),
  category: pick(['milk', 'shoes', 'bread', 'milk', 'shirts'], i),
  tags: ['red', 'blue', 'green'].filter((_tag, bit) => (i >> bit) & 1),
  price: PRICES[i % PRICES.length]!,
  weights: [i % 7, (i % 5) * 10],
  popularity: (i * 37) % 91,
}));

/** Fields in which products have several values. */
const SEVERAL = ['tags', 'weights'];

const PLAN: BoostPlan = {
  category: null,
  profiles: ['individual'],
  maxBoost: 30,
  overridden: ['shoes', 'shirts'],
  boosts: [
    { field: 'brand', value: 'acme', factor: 2.123456789, profile: 'individual' },
    { field: 'brand', value: 'b"ra\\nd', factor: 0.6543210987, profile: 'group' },
    { field: 'tags', value: 'red', factor: 1.25, profile: 'individual' },
    { field: ID_FIELD, value: '3', factor: 2.5, profile: 'individual', product: 'buy_again' },
    { field: 'tags', value: 'blue', factor: 1.75, profile: 'session' },
    { field: 'price', value: '..10', range: { lt: 10 }, factor: 1.2, profile: 'individual' },
    { field: 'price', value: '10..20', range: { gte: 10, lt: 20 }, factor: 0.8, profile: 'individual' },
    { field: 'weights', value: '..3', range: { lt: 3 }, factor: 1.1, profile: 'individual' },
    { field: 'weights', value: '20..', range: { gte: 20 }, factor: 1.4, profile: 'individual' },
    {
      field: 'brand',
      value: 'zoë',
      factor: 3.3333333333,
      profile: 'individual',
      categories: ['shoes', 'shirts'],
    },
    { field: 'tags', value: 'green', factor: 1.5, profile: 'individual', categories: ['shoes', 'shirts'] },
  ],
};

/** The same sums as the engine's, from the product alone. */
function multiplier(product: Product): { factor: number; fired: string[] } {
  const fired = PLAN.boosts.flatMap((boost, position) =>
    meets(product, boost) ? [{ boost, position }] : [],
  );
  const of = (fields: readonly string[]) =>
    fired.filter(({ boost }) => fields.includes(boost.field)).map(({ boost }) => boost.factor);
  const strongest = SEVERAL.map((field) => of([field])).filter(({ length }) => length > 0);
  return {
    factor: [...of(['brand', 'price', ID_FIELD]), ...strongest.map((factors) => Math.max(...factors))].reduce(
      (product, factor) => product * factor,
      1,
    ),
    fired: fired.map(({ position }) => `kindred:${position}`).sort(),
  };
}

function meets(product: Product, { field, value, range, categories }: Boost): boolean {
  const inScope = categories
    ? categories.includes(product.category)
    : !PLAN.overridden.includes(product.category);
  if (!inScope) return false;
  if (range) {
    const numbers = field === 'price' ? [product.price] : product.weights;
    return bandsOf(numbers.map(String), new Map([[value, range]])).length > 0;
  }
  if (field === 'tags') return product.tags.includes(value);
  return value === (field === ID_FIELD ? product.id : product.brand);
}

describe.each(engines())('$kind', ({ kind }) => {
  let engine: EngineClient;
  let index = '';

  beforeAll(async () => {
    engine = await connectTest(kind);
    index = uniqueIndex('query-rewrite');
    const keyword = { type: 'keyword' };
    const properties = {
      title: { type: 'text' },
      brand: keyword,
      category: keyword,
      tags: keyword,
      popularity: { type: 'integer' },
      price: { type: 'float' },
      weights: { type: 'byte' },
    };
    await engine.createIndex(index, {
      settings: { number_of_shards: 2, number_of_replicas: 0 },
      mappings: { properties },
    });
    const items = PRODUCTS.map((document, i) => ({ action: 'index' as const, id: String(i), document }));
    expect(await engine.bulk(index, items, { refresh: true })).toEqual([]);
  });
  afterAll(async () => {
    await engine.deleteIndex(index);
    await engine.close();
  });

  function rewritten(body: object, parameters = '', plan = PLAN) {
    const read = readSearchBody(Buffer.from(JSON.stringify(body)), { engineHasUbi: false });
    if (!read.ok) throw new Error(read.reason);
    const { bytes, object } = read.body;
    const placement = choosePlacement(
      readSearchFacts(bytes, object, new URLSearchParams(parameters)),
      kind,
      10_000,
    );
    if ('skip' in placement) throw new Error(placement.skip);
    const fields = { plan, categoryField: 'category', multiValuedFields: SEVERAL, names: true };
    const text = rewriteSearch({ bytes, object, placement, ...fields }).toString();
    return { placement: placement.placement, body: JSON.parse(text) as object };
  }

  async function send(body: object, parameters = '') {
    const path = `/${index}/_search${parameters && `?${parameters}`}`;
    const answer = await engine.request({ method: 'POST', path, body });
    expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200 });
    return answer.body as {
      _scroll_id?: string;
      hits: { total: object; hits: { _id: string; _score: number; matched_queries?: string[] }[] };
    };
  }

  /** Sends a search with and without boosts; both must answer with every match. */
  async function compare(body: object, parameters = '', scoreOf = (score: number) => score) {
    const boosted = rewritten(body, parameters);
    const [plain, personal] = [await send(body, parameters), await send(boosted.body, parameters)];
    const scores = new Map(plain.hits.hits.map(({ _id, _score }) => [_id, scoreOf(_score)]));
    expect(personal.hits.total).toEqual(plain.hits.total);
    expect(personal.hits.hits.map(({ _id }) => _id).sort()).toEqual([...scores.keys()].sort());
    for (const { _id, _score, matched_queries = [] } of personal.hits.hits) {
      const { factor, fired } = multiplier(PRODUCTS[Number(_id)]!);
      expect(Math.abs(_score / ((scores.get(_id) ?? 0) * factor) - 1)).toBeLessThan(1e-5);
      expect(matched_queries.filter((name) => name.startsWith('kindred:')).sort()).toEqual(fired);
    }
    const ranks = personal.hits.hits.map(({ _score }) => _score);
    expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
    expect(personal.hits.hits.map(({ _id }) => _id)).not.toEqual(plain.hits.hits.map(({ _id }) => _id));
    return { placement: boosted.placement, hits: personal.hits.hits.length };
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
      'wrap',
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
    const { hits } = await send(filtered);
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
    await engine.createIndex(numbers, { mappings: { properties } });
    try {
      const items = [9, 10, 15, 20, 21].map((value) => ({
        action: 'index' as const,
        id: String(value),
        document: Object.fromEntries(Object.keys(properties).map((type) => [type, value])),
      }));
      expect(await engine.bulk(numbers, items, { refresh: true })).toEqual([]);
      for (const field of Object.keys(properties)) {
        const boosts = [
          { field, value: '10..20', range: { gte: 10, lt: 20 }, factor: 2, profile: 'individual' as const },
          { field, value: '20..', range: { gte: 20 }, factor: 0.5, profile: 'individual' as const },
        ];
        const { body } = rewritten({ size }, '', { ...PLAN, boosts, overridden: [] });
        const answer = await engine.search(numbers, body);
        const scores = answer.hits.hits.map((hit) => [hit._id, (hit as { _score?: number })._score]);
        expect([field, Object.fromEntries(scores)]).toEqual([
          field,
          { 9: 1, 10: 2, 15: 2, 20: 0.5, 21: 0.5 },
        ]);
      }
    } finally {
      await engine.deleteIndex(numbers);
    }
  });

  test('search_after, scroll and collapse are accepted', async () => {
    const firstPage = rewritten({ query, size: 5, ...ties });
    const page = await send(firstPage.body);
    const last = (page.hits.hits.at(-1) as unknown as { sort: number[] }).sort;
    const next = rewritten({ query, size: 5, ...ties, search_after: last });
    expect(next.placement).toBe('wrap');
    const seen = new Set(page.hits.hits.map(({ _id }) => _id));
    expect((await send(next.body)).hits.hits.filter(({ _id }) => seen.has(_id))).toEqual([]);

    const scrolled = rewritten({ query, size: 5 }, 'scroll=1m');
    expect(scrolled.placement).toBe('wrap');
    const { _scroll_id } = await send(scrolled.body, 'scroll=1m');
    await engine.request({ method: 'DELETE', path: '/_search/scroll', body: { scroll_id: _scroll_id } });

    const collapsed = rewritten({ query, size, collapse: { field: 'brand' } });
    expect(collapsed.placement).toBe(kind === 'opensearch' ? 'wrap' : 'rescore');
    expect((await send(collapsed.body)).hits.hits).toHaveLength(4);
  });
});
