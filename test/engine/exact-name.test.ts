// A search for a product's name, id or code finds it first, however strongly others are boosted.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BoostPlan } from '../../src/core/boost-plan/boost-plan.js';
import { namedFactor } from '../../src/core/boost-plan/multiplier-bounds.js';
import { catalogSchema } from '../../src/core/catalog.js';
import type { EngineClient } from '../../src/engine/client/client.js';
import { readBoostFields } from '../../src/models/serving/boost-fields.js';
import { readSearchBody } from '../../src/query/body/search-body.js';
import { rewriteSearch } from '../../src/query/boosts/rewrite.js';
import { readSearchFacts } from '../../src/query/facts/search-facts.js';
import { choosePlacement } from '../../src/query/placement/placement.js';
import { withExplanation } from '../../src/search/answer/explain.js';
import { namedProduct } from '../../src/search/named-product.js';
import { connectTest, engines, uniqueIndex } from '../helpers/engines.js';

const NAME = 'Refrigerated Mexican Products, 75 oz, National Brand';
const SHORT = 'Oat Milk';
const text = { type: 'text' };
const keyword = { type: 'keyword' };

/** The named product is of a brand that nobody likes; others have its words and a brand that this user loves. */
const WANTED = { title: NAME, brand: 'zeta', sku: 'AB-100', ean: 4006381333931, details: { mpn: 'q/7' } };
const documents = [
  { id: 'wanted', ...WANTED },
  { id: 'short', ...WANTED, title: SHORT, sku: 'AB-200', ean: 2, details: { mpn: 'q/8' } },
  ...Array.from({ length: 40 }, (_, i) => ({
    id: `other-${i}`,
    title: [
      'Oat Milk Drink AB-100',
      'Refrigerated Mexican Products, 80 oz, National Brand',
      'wanted q/7 4006381333931',
    ][i % 3],
    brand: 'acme',
    sku: `AB-100-${i}`,
    ean: 100 + i,
    details: { mpn: `m${i}` },
  })),
];

const PLAN: BoostPlan = {
  category: null,
  profiles: ['individual'],
  overridden: [],
  maxBoost: 900,
  boosts: [
    { field: 'brand', value: 'acme', factor: 200, profile: 'individual' },
    { field: 'brand', value: 'zeta', factor: 0.5, profile: 'individual' },
  ],
};

const MAPPINGS = {
  'a text alone': text,
  'a text with a sub-field of any name': { ...text, fields: { untouched: keyword } },
  'a text without positions': { ...text, index_options: 'docs', fields: { raw: keyword } },
};

describe.each(engines())('$kind', (kind) => {
  let engine: EngineClient;
  const indices = new Map<string, string>();

  beforeAll(async () => {
    engine = await connectTest(kind.kind);
    for (const [name, title] of Object.entries(MAPPINGS)) {
      const index = uniqueIndex('exact-name');
      indices.set(name, index);
      const properties = { title, brand: keyword, sku: keyword, ean: { type: 'long' }, id: keyword };
      await engine.createIndex(index, {
        settings: { number_of_shards: 3, number_of_replicas: 0 },
        mappings: { properties: { ...properties, details: { properties: { mpn: keyword } } } },
      });
      const items = documents.map((document) => ({ action: 'index' as const, id: document.id, document }));
      expect(await engine.bulk(index, items, { refresh: true })).toEqual([]);
    }
  });
  afterAll(async () => {
    for (const index of indices.values()) await engine.deleteIndex(index);
    await engine.close();
  });

  async function search(mapping: keyof typeof MAPPINGS, body: object, guarded = true, parameters = '') {
    const index = indices.get(mapping) ?? '';
    const read = readSearchBody(Buffer.from(JSON.stringify({ size: 50, ...body })));
    if (!read.ok) throw new Error(read.reason);
    const { document } = read.body;
    const inUrl = new URLSearchParams(parameters);
    const facts = readSearchFacts(document, inUrl);
    const placement = choosePlacement(facts, {
      kind: kind.kind,
      painless: null,
      rescorerRetriever: false,
      maxWindow: 10_000,
    });
    if ('skip' in placement) throw new Error(placement.skip);
    const catalog = catalogSchema.parse({ index, idField: 'id' });
    const named = namedProduct(
      { facts, catalog, category: null },
      await readBoostFields(engine, index),
      namedFactor(PLAN),
      inUrl,
    );
    const options = { categoryField: 'category', multiValuedFields: [], names: true, plan: PLAN };
    const bytes = rewriteSearch({
      body: document,
      placement,
      ...options,
      ...(guarded && { exactName: named }),
    });
    const path = `/${index}/_search${parameters && `?${parameters}`}`;
    const sent = await engine.request({ method: 'POST', path, body: JSON.parse(bytes.toString()) as object });
    expect({ status: sent.status, body: sent.body }).toMatchObject({ status: 200 });
    const explained = withExplanation({
      response: Buffer.from(JSON.stringify(sent.body)),
      baseline: null,
      from: 0,
      plan: PLAN,
      multiValuedFields: [],
      named,
    });
    return JSON.parse(explained.toString()) as {
      hits: { total: object; hits: { _id: string; _score: number }[] };
      ext: { kindred: { hits: { _id: string; boost: number; named?: number }[] } };
    };
  }
  const first = async (...asked: Parameters<typeof search>) => (await search(...asked)).hits.hits[0]?._id;

  const multi = (query: unknown) => ({
    query: { multi_match: { query, fields: ['title', 'sku', 'id', 'details.mpn'] } },
  });

  describe.each(Object.keys(MAPPINGS) as (keyof typeof MAPPINGS)[])('title is %s', (mapping) => {
    test.each<[string, { body: object; parameters?: string }]>([
      ['match', { body: { query: { match: { title: NAME } } } }],
      ['match in lower case', { body: { query: { match: { title: NAME.toLowerCase() } } } }],
      ['multi_match', { body: multi(NAME) }],
      [
        'simple_query_string',
        { body: { query: { simple_query_string: { query: NAME, fields: ['title'] } } } },
      ],
      [
        'in a bool, wrapped',
        {
          body: {
            query: { bool: { must: { match: { title: NAME } } } },
            sort: ['_score', 'id'],
            track_scores: true,
          },
        },
      ],
      ['q', { body: {}, parameters: `q=${NAME.replaceAll(/[,/]/g, '').replaceAll(' ', '+')}&df=title` }],
    ])('by title, %s', async (form, { body, parameters }) => {
      // Without punctuation the title is known as text alone.
      if (form === 'q' && mapping !== 'a text alone') return;
      expect(await first(mapping, body, false, parameters)).not.toBe('wanted');
      expect(await first(mapping, body, true, parameters)).toBe('wanted');
    });

    test.each<[string, string]>([
      ['id', 'wanted'],
      ['SKU', 'AB-100'],
      ['SKU in lower case', 'ab-100'],
      ['a code inside an object', 'q/7'],
    ])('by %s', async (_, typed) => {
      const body = {
        query: { bool: { should: [{ match: { title: typed } }, { match_all: { boost: 0.01 } }] } },
      };
      expect(await first(mapping, body, false)).not.toBe('wanted');
      expect(await first(mapping, body)).toBe('wanted');
    });

    test('by a barcode that is a number', async () => {
      const body = {
        query: { bool: { should: [{ match: { title: '4006381333931' } }, { match_all: { boost: 0.01 } }] } },
      };
      expect(await first(mapping, body)).toBe('wanted');
    });

    test('the same hits, and explain says so', async () => {
      const [before, after] = [await search(mapping, multi(NAME), false), await search(mapping, multi(NAME))];
      expect(after.hits.total).toEqual(before.hits.total);
      expect(after.hits.hits.map(({ _id }) => _id).sort()).toEqual(
        before.hits.hits.map(({ _id }) => _id).sort(),
      );
      const [top, ...others] = after.ext.kindred.hits;
      expect(top?._id).toBe('wanted');
      expect(top?.named).toBeGreaterThan(1);
      expect(top?.boost).toBeCloseTo(0.5 * (top?.named ?? 0), 3);
      expect(others.filter(({ named }) => named !== undefined)).toEqual([]);
      const scores = new Map(before.hits.hits.map(({ _id, _score }) => [_id, _score]));
      for (const { _id, _score } of after.hits.hits.filter(({ _id }) => _id !== 'wanted'))
        expect(_score).toBeCloseTo(scores.get(_id) ?? 0, 3);
    });
  });

  test('a short name is found where the title has a keyword, and part of a name moves nothing', async () => {
    const mapping = 'a text with a sub-field of any name';
    expect(await first(mapping, multi(SHORT), false)).not.toBe('short');
    expect(await first(mapping, multi(SHORT))).toBe('short');
    const part = { query: { match: { title: 'oat' } } };
    expect((await search(mapping, part)).hits).toEqual((await search(mapping, part, false)).hits);
    expect((await search('a text alone', multi(SHORT))).hits).toEqual(
      (await search('a text alone', multi(SHORT), false)).hits,
    );
  });

  test('scores that the shop multiplies by all that is let through stay numbers', async () => {
    const body = (boost: number) => ({ query: { match: { title: { query: NAME, boost } } } });
    for (const rest of [{}, { sort: ['_score', 'id'], track_scores: true }, { collapse: { field: 'id' } }]) {
      const { hits } = await search('a text alone', { ...body(9e19), ...rest });
      expect(hits.hits[0]?._id).toBe('wanted');
      expect(hits.hits.filter(({ _score }) => !Number.isFinite(_score))).toEqual([]);
      await expect(search('a text alone', { ...body(1e20), ...rest })).rejects.toThrow('unsupported');
    }
  });
});
