// A small shop on a real engine, and a plan for it whose multiplier is known from the product alone.
import { expect } from '@jest/globals';
import { bandsOf } from '../../src/core/affinity/number-bands.js';
import { type Boost, type BoostPlan, ID_FIELD } from '../../src/core/boost-plan/boost-plan.js';
import type { EngineKind } from '../../src/core/engine-kind.js';
import type { EngineClient } from '../../src/engine/client/client.js';
import { readSearchBody } from '../../src/query/body/search-body.js';
import type { BoostScript } from '../../src/query/boosts/boost-script.js';
import { rewriteSearch } from '../../src/query/boosts/rewrite.js';
import { readSearchFacts } from '../../src/query/facts/search-facts.js';
import type { EngineCapabilities } from '../../src/query/placement/engine-capabilities.js';
import { choosePlacement } from '../../src/query/placement/placement.js';
import { unfoldRetriever } from '../../src/query/placement/unfold-retriever.js';
import { connectTest, uniqueIndex } from '../helpers/engines.js';

export interface Product {
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
export const PRODUCTS: readonly Product[] = Array.from({ length: 90 }, (_, i) => ({
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
export const SEVERAL = ['tags', 'weights'];

export const PLAN: BoostPlan = {
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
export function multiplier(product: Product): { factor: number; fired: string[] } {
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

export interface Hit {
  readonly _id: string;
  readonly _score: number;
  readonly matched_queries?: readonly string[];
  readonly sort?: readonly unknown[];
}

export interface Answer {
  readonly _scroll_id?: string;
  readonly pit_id?: string;
  readonly hits: { readonly total: object; readonly hits: readonly Hit[] };
  readonly aggregations?: object;
}

export interface BoostedShop {
  readonly engine: EngineClient;
  readonly index: string;
  /** the body that is sent, and where its boosts went */
  rewritten(body: object, parameters?: string, options?: RewriteOptions): { placement: string; body: object };
  /** the engine's answer, which must be 200 */
  send(body: object, parameters?: string, index?: string | null): Promise<Answer>;
  /** sends a search with and without boosts; hits, totals and aggregations must be the same, scores × the multiplier */
  compare(body: object, options?: CompareOptions): Promise<{ placement: string; hits: readonly Hit[] }>;
  close(): Promise<void>;
}

/** What some products have and others have not, and many share. */
const detailsOf = (i: number) => ({
  attributes: [
    { name: i % 2 ? 'fat' : 'size', value: 'low fresh', ...(i % 3 && { position: i % 4 }) },
    { name: 'origin', value: i % 3 ? 'alps' : 'fresh alps' },
  ],
  available: new Date(Date.UTC(2026, 10, 1 + (i % 6))).toISOString(),
  place: { lat: 48 + (i % 4), lon: 9 },
});

export interface RewriteOptions {
  readonly plan?: BoostPlan;
  readonly capabilities?: Partial<EngineCapabilities>;
  readonly names?: boolean;
  readonly script?: BoostScript;
}

export interface CompareOptions extends RewriteOptions {
  readonly parameters?: string;
  /** of the query's own score, what the multiplier multiplies */
  readonly scoreOf?: (score: number) => number;
}

export async function createBoostedShop(kind: EngineKind): Promise<BoostedShop> {
  const engine = await connectTest(kind);
  const index = uniqueIndex('query-shop');
  const keyword = { type: 'keyword' };
  const properties = {
    title: { type: 'text' },
    brand: keyword,
    category: keyword,
    tags: keyword,
    popularity: { type: 'integer' },
    price: { type: 'float' },
    weights: { type: 'byte' },
    id: keyword,
    attributes: {
      type: 'nested',
      properties: { name: keyword, value: { type: 'text' }, position: { type: 'integer' } },
    },
    available: { type: 'date' },
    place: { type: 'geo_point' },
    // The vectors of an OpenSearch are a plugin's, which this one has not.
    ...(kind === 'elasticsearch' && { vector: { type: 'dense_vector', dims: 2, similarity: 'l2_norm' } }),
  };
  await engine.createIndex(index, {
    settings: { number_of_shards: 2, number_of_replicas: 0 },
    mappings: { properties },
  });
  const items = PRODUCTS.map((product, i) => ({
    action: 'index' as const,
    id: product.id,
    document: {
      ...product,
      ...detailsOf(i),
      ...(kind === 'elasticsearch' && { vector: [i / 10, 1] }),
    },
  }));
  expect(await engine.bulk(index, items, { refresh: true })).toEqual([]);

  const shop: BoostedShop = {
    engine,
    index,

    rewritten(body, parameters = '', { plan = PLAN, capabilities, names = true, script } = {}) {
      const read = readSearchBody(Buffer.from(JSON.stringify(body)));
      if (!read.ok) throw new Error(read.reason);
      const rescorerRetriever = kind === 'elasticsearch';
      const all = { kind, painless: null, rescorerRetriever, maxWindow: 10_000, ...capabilities };
      const inUrl = new URLSearchParams(parameters);
      const { document } = read.body;
      const search = all.rescorerRetriever ? unfoldRetriever(document, inUrl) : document;
      const facts = readSearchFacts(search, inUrl, 'id');
      const placement = choosePlacement(facts, all);
      if ('skip' in placement) throw new Error(placement.skip);
      const fields = { plan, categoryField: 'category', multiValuedFields: SEVERAL, names };
      const text = rewriteSearch({
        body: search,
        placement,
        ...fields,
        ...(script && { script }),
      }).toString();
      return { placement: placement.placement, body: JSON.parse(text) as object };
    },

    async send(body, parameters = '', where = index) {
      const path = `${where === null ? '' : `/${where}`}/_search${parameters && `?${parameters}`}`;
      const answer = await engine.request({ method: 'POST', path, body });
      expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200 });
      return answer.body as Answer;
    },

    async compare(body, { parameters = '', scoreOf = (score: number) => score, ...options } = {}) {
      const boosted = shop.rewritten(body, parameters, options);
      const [plain, personal] = [
        await shop.send(body, parameters),
        await shop.send(boosted.body, parameters),
      ];
      const scores = new Map(plain.hits.hits.map(({ _id, _score }) => [_id, scoreOf(_score)]));
      expect(personal.hits.total).toEqual(plain.hits.total);
      expect(personal.aggregations).toEqual(plain.aggregations);
      expect(personal.hits.hits.map(({ _id }) => _id).sort()).toEqual([...scores.keys()].sort());
      for (const { _id, _score } of personal.hits.hits) {
        const { factor } = multiplier(PRODUCTS[Number(_id)]!);
        expect(Math.abs(_score - (scores.get(_id) ?? 0) * factor)).toBeLessThanOrEqual(1e-5 * _score);
      }
      const ranks = personal.hits.hits.map(({ _score }) => _score);
      expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
      expect(personal.hits.hits.map(({ _id }) => _id)).not.toEqual(plain.hits.hits.map(({ _id }) => _id));
      return { placement: boosted.placement, hits: personal.hits.hits };
    },

    async close() {
      await engine.deleteIndex(index);
      await engine.close();
    },
  };
  return shop;
}

/** The names of the boosts that a hit met, as the engine says. */
export function fired({ matched_queries = [] }: Hit): string[] {
  return matched_queries.filter((name) => name.startsWith('kindred:')).sort();
}
