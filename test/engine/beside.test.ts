// What stands beside the query of a search is what it was, and keeps its meaning, in a window and around a query.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engines } from '../helpers/engines.js';
import { type Answer, type BoostedShop, createBoostedShop, PRODUCTS } from './boosted-shop.js';

const size = 90;
const query = { match: { title: 'fresh milk' } };
const filters = { bool: { filter: { term: { category: 'milk' } } } };
const ties = { sort: ['_score', { popularity: 'asc' }], track_scores: true };

/** Hits by id without what personalization changes. */
function unranked({ hits, aggregations, ...rest }: Answer) {
  const { suggest } = rest as { suggest?: object };
  const others = hits.hits.map(({ _score, matched_queries: _, sort: __, ...hit }) => hit);
  const byId = others.sort((a, b) => Number(a._id) - Number(b._id));
  return { total: hits.total, hits: byId, aggregations, suggest };
}

describe.each(engines())('$kind', ({ kind }) => {
  let shop: BoostedShop;

  beforeAll(async () => {
    shop = await createBoostedShop(kind);
  });
  afterAll(() => shop.close());

  test.each<[string, object]>([
    ['highlight', { query, highlight: { require_field_match: false, fields: { '*': {} } } }],
    [
      'aggregations, also of all',
      {
        query,
        aggs: {
          brands: { terms: { field: 'brand' }, aggs: { price: { avg: { field: 'price' } } } },
          all: { global: {}, aggs: { tags: { terms: { field: 'tags' } } } },
        },
      },
    ],
    [
      'a filter behind',
      { query, post_filter: { term: { category: 'milk' } }, aggs: { a: { max: { field: 'price' } } } },
    ],
    ['suggest', { query, suggest: { s: { text: 'mikl', term: { field: 'title' } } } }],
    ['fields', { query, fields: ['price'], docvalue_fields: ['brand'] }],
    ['_source, version and seq_no', { query, _source: ['title'], version: true, seq_no_primary_term: true }],
    ['counted up to some', { query, track_total_hits: 7 }],
    ['not counted', { query, track_total_hits: false }],
  ])('%s', async (_what, search) => {
    for (const [placement, rest] of [['rescore', {}] as const, ['wrap', ties] as const]) {
      const body = { size, ...search, ...rest };
      const boosted = shop.rewritten(body, '', { names: false });
      expect(boosted.placement).toBe(placement);
      const [plain, personal] = [await shop.send(body), await shop.send(boosted.body)];
      expect(unranked(personal)).toEqual(unranked(plain));
      expect(personal.hits.hits.map(({ _id }) => _id)).not.toEqual(plain.hits.hits.map(({ _id }) => _id));
    }
  });

  test('plain highlight, in a window alone', async () => {
    const body = { query, size, highlight: { type: 'plain', fields: { title: {} } } };
    const boosted = shop.rewritten(body);
    expect(boosted.placement).toBe('rescore');
    expect(unranked(await shop.send(boosted.body))).toEqual(unranked(await shop.send(body)));
    expect(() => shop.rewritten({ ...body, ...ties })).toThrow('unsupported');
  });

  test.each<[string, object]>([
    ['indices_boost', { query, indices_boost: [{ INDEX: 3 }] }],
    ['runtime fields that were mapped', { query, runtime_mappings: { price2: { type: 'double' } } }],
    ['the shop’s own explain', { query, explain: true }],
    ['profile', { query, profile: true }],
    ['terminate_after beyond', { query, terminate_after: 1000 }],
    ['a timeout', { query, timeout: '10s' }],
  ])('%s: the score is multiplied all the same', async (what, search) => {
    if (kind === 'opensearch' && what.startsWith('runtime')) return;
    const body = JSON.parse(JSON.stringify({ size, ...search }).replace('INDEX', shop.index));
    expect(await shop.compare(body)).toMatchObject({ placement: 'rescore' });
    if (what !== 'terminate_after beyond')
      expect(await shop.compare({ ...body, ...ties })).toMatchObject({ placement: 'wrap' });
  });

  test.each<[string, object]>([
    ['a query', { query, min_score: 1.2 }],
    ['a number written as text', { query, min_score: '1.2' }],
    ['no query', { min_score: 1 }],
    ['a query that only filters', { query: filters, min_score: 0 }],
    ['a query that only filters, and none passes', { query: filters, min_score: 0.5 }],
  ])('min_score beside %s lets the same hits through', async (_what, search) => {
    const scoreOf = 'query' in search && search.query === filters ? () => 1 : (score: number) => score;
    const aggs = { brands: { terms: { field: 'brand' } } };
    for (const [placement, rest] of [['rescore', {}] as const, ['wrap', ties] as const]) {
      const body = { size, ...search, ...rest, aggs };
      const plain = await shop.send(body);
      if (plain.hits.hits.length > 0)
        expect(await shop.compare(body, { scoreOf })).toMatchObject({ placement });
      else expect(unranked(await shop.send(shop.rewritten(body).body))).toEqual(unranked(plain));
    }
  });

  const oats = { match: { title: 'oat' } };
  const popular = { function_score: { field_value_factor: { field: 'popularity', modifier: 'sqrt' } } };
  const weights = { query_weight: 0.7, rescore_query_weight: 1.9 };
  test.each<[string, object]>([
    ['of a few hits', { query: { rescore_query: popular } }],
    ['of all', { window_size: 200, query: { rescore_query: oats, ...weights } }],
    ['that multiplies', { window_size: 20, query: { rescore_query: popular, score_mode: 'multiply' } }],
    ['that averages', { window_size: 20, query: { rescore_query: popular, score_mode: 'avg', ...weights } }],
    ['that takes the best', { window_size: 40, query: { rescore_query: popular, score_mode: 'max' } }],
    ['that takes the least', { window_size: 12, query: { rescore_query: popular, score_mode: 'min' } }],
    ['in a list', [{ window_size: 15, query: { rescore_query: popular } }]],
    [
      'in steps',
      [
        { window_size: 30, query: { rescore_query: popular } },
        { window_size: 10, query: { rescore_query: oats, score_mode: 'multiply', ...weights } },
      ],
    ],
  ])('a rescore of its own, %s, looks at the personalized order', async (_what, rescore) => {
    for (const search of [{ query }, { query: filters }, {}]) {
      const listed = shop.rewritten({ ...search, size, rescore });
      expect(listed.placement).toBe('rescore');
      // Wrapped by hand: a query that scores the personalized score, and theirs over it.
      const { query: personal } = shop.rewritten({ ...search, ...ties }).body as { query: object };
      const [windowed, wrapped] = [
        await shop.send(listed.body),
        await shop.send({ query: personal, size, rescore }),
      ];
      const scores = ({ hits }: Answer) =>
        Object.fromEntries(hits.hits.map(({ _id, _score }) => [_id, _score]));
      expect(Object.keys(scores(windowed)).sort()).toEqual(Object.keys(scores(wrapped)).sort());
      for (const [id, score] of Object.entries(scores(wrapped)))
        expect(Math.abs(scores(windowed)[id]! - score)).toBeLessThanOrEqual(1e-5 * score);
    }
  });

  test('collapse keeps the hit of each group that is best for this person', async () => {
    const inner_hits = { name: 'others', size: 3, _source: false, sort: [{ popularity: 'desc' }] };
    const body = { query, size, collapse: { field: 'brand', inner_hits } };
    const { placement, body: boosted } = shop.rewritten(body);
    expect(placement).toBe('wrap');
    const [plain, personal] = [await shop.send(body), await shop.send(boosted)];
    const brand = ({ _id }: { _id: string }) => PRODUCTS[Number(_id)]!.brand;
    expect(personal.hits.hits.map(brand).sort()).toEqual(plain.hits.hits.map(brand).sort());
    expect(personal.hits.total).toEqual(plain.hits.total);
    const inside = ({ hits }: Answer) =>
      Object.fromEntries(
        hits.hits.map((hit) => {
          const { others } = (hit as unknown as { inner_hits: { others: Answer } }).inner_hits;
          return [brand(hit), others.hits.hits.map(({ _id }) => _id)];
        }),
      );
    expect(inside(personal)).toEqual(inside(plain));
    const all = await shop.send(shop.rewritten({ query, size }).body);
    for (const hit of personal.hits.hits) {
      const best = all.hits.hits.find((one) => brand(one) === brand(hit))!;
      expect(hit._score / best._score).toBeCloseTo(1, 5);
    }
  });
});
