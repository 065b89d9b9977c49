// Sorted by other keys first and then by score, on the real engines: their groups are kept, inside of them the order is personal.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engines } from '../helpers/engines.js';
import { type BoostedShop, createBoostedShop, type Hit, multiplier, PRODUCTS } from './boosted-shop.js';

const size = 90;
const match = { match: { title: 'fresh milk' } };
const filters = { bool: { filter: [{ term: { category: { value: 'milk' } } }] } };
const optional = { bool: { filter: [{ match_all: {} }], should: [{ match: { title: 'fresh' } }] } };
const popular = { function_score: { query: filters, field_value_factor: { field: 'popularity' } } };
const nested = { path: 'attributes', filter: { term: { 'attributes.name': 'fat' } } };

/** Sorts, and how many keys stand before the score. */
const SORTS: readonly (readonly [what: string, sort: unknown, keys: number])[] = [
  ['brand', [{ brand: { order: 'asc', missing: '_last' } }, { _score: { order: 'desc' } }], 1],
  ['price, then brand', [{ price: 'desc' }, 'brand', '_score'], 2],
  ['keys in one object', { category: 'asc', _score: 'desc', popularity: 'asc' }, 1],
  [
    'an unmapped position',
    [
      { manual_position: { order: 'desc', missing: '_last', unmapped_type: 'integer' } },
      { _score: { order: 'desc' } },
      { id: { order: 'desc', missing: '_first', unmapped_type: 'keyword' } },
    ],
    1,
  ],
  [
    'a nested position with missing ones',
    [{ 'attributes.position': { order: 'asc', missing: '_last', mode: 'min', nested } }, '_score'],
    1,
  ],
  [
    'a nested position, missing first, then dates',
    [
      { 'attributes.position': { order: 'desc', missing: '_first', nested } },
      { available: { order: 'desc', missing: '_last' } },
      { _score: 'desc' },
    ],
    2,
  ],
  ['availability', [{ available: 'desc' }, '_score', { price: 'asc' }], 1],
  [
    'distance',
    [{ _geo_distance: { place: { lat: 48, lon: 9 }, order: 'asc', unit: 'km' } }, { _score: 'desc' }],
    1,
  ],
  ['the largest tag', [{ tags: { order: 'desc', mode: 'max', missing: '_last' } }, '_score'], 1],
];

describe.each(engines())('$kind', ({ kind }) => {
  let shop: BoostedShop;

  beforeAll(async () => {
    shop = await createBoostedShop(kind);
  });
  afterAll(() => shop.close());

  const keysOf = (keys: number) => (hit: Hit) => JSON.stringify(hit.sort?.slice(0, keys));
  const factorOf = ({ _id }: Hit) => multiplier(PRODUCTS[Number(_id)]!).factor;

  /** Groups as without personalization, each ranked by the score times the multiplier. */
  async function expectGroups(body: object, keys: number, parameters = ''): Promise<readonly Hit[]> {
    const boosted = shop.rewritten(body, parameters);
    expect(boosted.placement).toBe('wrap');
    const [plain, personal] = [await shop.send(body, parameters), await shop.send(boosted.body, parameters)];
    expect(personal.hits.total).toEqual(plain.hits.total);
    expect(personal.aggregations).toEqual(plain.aggregations);
    const [before, after] = [plain.hits.hits, personal.hits.hits];
    expect(after.map(keysOf(keys))).toEqual(before.map(keysOf(keys)));
    expect(after.map(({ _id }) => _id).sort()).toEqual(before.map(({ _id }) => _id).sort());
    const group = new Map(before.map((hit) => [hit._id, keysOf(keys)(hit)]));
    expect(after.map(({ _id }) => group.get(_id))).toEqual(before.map(({ _id }) => group.get(_id)));
    const zero = before.every(({ _score }) => _score === 0) ? 1 : 1e-30;
    const scores = new Map(before.map(({ _id, _score }) => [_id, _score || zero]));
    const expected = (hit: Hit) => (scores.get(hit._id) ?? Number.NaN) * factorOf(hit);
    after.forEach((hit, i) => {
      expect(Math.abs(hit._score / expected(hit) - 1)).toBeLessThan(1e-5);
      const next = after[i + 1];
      if (next && keysOf(keys)(next) === keysOf(keys)(hit))
        expect(hit._score).toBeGreaterThanOrEqual(next._score);
    });
    expect(after.map(({ _id }) => _id)).not.toEqual(before.map(({ _id }) => _id));
    return after;
  }

  const aggs = { brands: { terms: { field: 'brand' } } };
  describe.each(SORTS)('by %s', (_what, sort, keys) => {
    test.each<[string, object]>([
      ['a match', { query: match, aggs }],
      ['everything', {}],
      ['a query that only filters', { query: filters, track_total_hits: 100_000, aggs }],
      ['filters with an optional clause', { query: optional, post_filter: { range: { price: { gte: 0 } } } }],
      ['filters times popularity', { query: popular }],
      ['a floor', { query: match, min_score: 0.2 }],
    ])('%s', async (_search, search) => {
      await expectGroups({ ...search, sort, size, track_scores: true }, keys);
    });
  });

  test('sorted in the URL, alone and behind the body', async () => {
    const body = { query: match, size, track_scores: true };
    await expectGroups(body, 1, 'sort=brand:desc,_score');
    await expectGroups({ ...body, sort: [{ brand: 'asc' }] }, 1, 'sort=_score:desc');
  });

  test('a script, unless it reads the score', async () => {
    const by = (source: string) => [
      { _script: { type: 'number', script: { source }, order: 'asc' } },
      '_score',
    ];
    const search = { query: match, size, track_scores: true };
    if (kind === 'opensearch')
      await expectGroups({ ...search, sort: by("doc['weights'].size() + doc['tags'].size()") }, 1);
    expect(() => shop.rewritten({ ...search, sort: by('Math.round(_score)') })).toThrow('not-scored');
  });

  test.each([
    [[{ brand: 'asc' }, { _score: 'asc' }]],
    [['_doc', '_score']],
    [[{ brand: 'asc' }, { id: 'asc' }, '_score']],
    [[{ brand: 'asc' }]],
  ])('%j is left alone', (sort) => {
    expect(() => shop.rewritten({ query: match, size, sort })).toThrow('not-scored');
  });

  test('page after page, by from and by search_after: the same list, every product once', async () => {
    const sort = [{ brand: 'asc' }, { _score: 'desc' }, { id: 'asc' }];
    const whole = await expectGroups({ query: optional, sort, size, track_scores: true }, 1);
    const ids = whole.map(({ _id }) => _id);
    const [byFrom, byAfter]: [string[], string[]] = [[], []];
    for (let from = 0, after: readonly unknown[] | undefined; from < ids.length; from += 20) {
      const page = await shop.send(shop.rewritten({ query: optional, sort, from, size: 20 }).body);
      byFrom.push(...page.hits.hits.map(({ _id }) => _id));
      const body = { query: optional, sort, size: 20, ...(after && { search_after: after }) };
      const next = await shop.send(shop.rewritten(body).body);
      byAfter.push(...next.hits.hits.map(({ _id }) => _id));
      after = next.hits.hits.at(-1)?.sort;
    }
    expect(byFrom).toEqual(ids);
    expect(byAfter).toEqual(ids);
  });

  test('collapsed: of each group the hit that the keys, and then the shopper, put first', async () => {
    const sort = [{ available: 'desc' }, '_score'];
    const body = { query: match, sort, size, collapse: { field: 'category' } };
    const [plain, personal] = [await shop.send(body), await shop.send(shop.rewritten(body).body)];
    expect(personal.hits.hits.map(keysOf(1))).toEqual(plain.hits.hits.map(keysOf(1)));
    const categories = (hits: readonly Hit[]) =>
      hits.map(({ _id }) => PRODUCTS[Number(_id)]?.category).sort();
    expect(categories(personal.hits.hits)).toEqual(categories(plain.hits.hits));
  });

  test('in a retriever', async () => {
    if (kind === 'opensearch') return;
    const retriever = { standard: { query: match, sort: [{ brand: 'desc' }, '_score'] } };
    const body = { retriever, size, track_scores: true };
    const boosted = shop.rewritten(body);
    expect(boosted.placement).toBe('parts');
    const [plain, personal] = [await shop.send(body), await shop.send(boosted.body)];
    const brands = ({ hits }: typeof plain) => hits.hits.map(({ _id }) => PRODUCTS[Number(_id)]?.brand);
    expect(brands(personal)).toEqual(brands(plain));
    expect(personal.hits.hits.map(({ _id }) => _id)).not.toEqual(plain.hits.hits.map(({ _id }) => _id));
  });
});
