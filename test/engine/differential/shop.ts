// The shop that generated searches ask: a small catalog with every kind of field, the same in every run.
import type { Product } from '../../../src/core/product.js';
import { below, createRandom, pick } from '../../../src/datasets/simulate/random.js';
import type { EngineClient } from '../../../src/engine/client/client.js';
import { indexDocuments } from '../../helpers/index-documents.js';
import { Digits, type Json, spell } from './spelling.js';

export const BRANDS = ['acme', 'bolt', 'zoë', 'b"ra\\nd', 'plain & co'];
export const CATEGORIES = ['milk', 'shoes', 'bread', 'shirts', 'crème'];
/** Their products follow the model's override. */
export const OVERRIDDEN = ['shoes', 'shirts'];
export const COLORS = ['red', 'blue', 'green', 'grün'];
export const TAGS = ['new', 'sale', 'eco', 'kids'];
export const WORDS = ['fresh', 'oat', 'sour', 'running', 'slim', 'dark', 'zoë', '牛乳', '🧺'];
const PRICES = [9.99, 10, 10.1, 19.99, 20, 49.5, 0.07, 120];
export const PRODUCTS = 300;
/** Beyond what a double tells apart. */
const FIRST_SKU = 9_007_199_254_740_993n;

interface ShopProduct {
  readonly [field: string]: Json | undefined;
  readonly object_id: string;
  readonly brand: string;
  readonly category: string;
  readonly color?: string;
  readonly tags: readonly string[];
  readonly price: number;
  readonly weights: readonly number[];
}

export const SHOP: readonly ShopProduct[] = Array.from({ length: PRODUCTS }, (_, i) => {
  const random = createRandom(5, i);
  const category = pick(random, CATEGORIES);
  const words = Array.from({ length: 1 + below(random, 4) }, () => pick(random, WORDS));
  return {
    object_id: String(i),
    title: `${words.join(' ')} ${category} ${i}`,
    description: `${pick(random, WORDS)} ${pick(random, BRANDS)} ${pick(random, COLORS)}`,
    brand: pick(random, BRANDS),
    category,
    ...(below(random, 5) > 0 && { color: pick(random, COLORS) }),
    tags: TAGS.filter(() => random() < 0.4),
    price: pick(random, PRICES),
    weights: [below(random, 7), below(random, 50)],
    popularity: below(random, 1000),
    ...(below(random, 4) > 0 && { rating: below(random, 50) / 10 }),
    in_stock: below(random, 4) > 0,
    added: new Date(Date.UTC(2026, below(random, 12), 1 + below(random, 28))).toISOString(),
    sku: new Digits(String(FIRST_SKU + BigInt(i))),
    suggest: [words[0] ?? '', category],
    vector: Array.from({ length: 4 }, () => 0.05 + Math.round(random() * 100) / 100),
    ...(i % 3 > 0 && {
      attributes: [
        { name: 'list', position: i % 4 },
        { name: i % 2 ? 'fat' : 'size', ...(i % 5 && { position: i % 7 }) },
      ],
    }),
  };
});

const keyword = { type: 'keyword' };

function properties(kind: EngineClient['kind']): object {
  return {
    object_id: keyword,
    title: { type: 'text', fields: { raw: keyword } },
    description: { type: 'text' },
    brand: keyword,
    category: keyword,
    color: keyword,
    tags: keyword,
    price: { type: 'float' },
    weights: { type: 'byte' },
    popularity: { type: 'integer' },
    rating: { type: 'half_float' },
    in_stock: { type: 'boolean' },
    added: { type: 'date' },
    sku: { type: 'long' },
    suggest: { type: 'completion' },
    attributes: { type: 'nested', properties: { name: keyword, position: { type: 'integer' } } },
    // Vectors are a plugin's on OpenSearch.
    vector:
      kind === 'elasticsearch'
        ? { type: 'dense_vector', dims: 4, index: true, similarity: 'cosine' }
        : { type: 'float', index: false },
  };
}

/**
 * Two shards of one segment each: equal searches then have equal answers, ties included.
 * @param maxWindow hits that a rescore window may hold
 */
export async function fillShop(engine: EngineClient, index: string, maxWindow: number): Promise<void> {
  await engine.createIndex(index, {
    settings: { number_of_shards: 2, number_of_replicas: 0, max_rescore_window: maxWindow },
    mappings: { dynamic: false, properties: properties(engine.kind) },
  });
  await indexDocuments(
    engine,
    index,
    SHOP.map((product) => [product.object_id, spell(product)]),
  );
  const merged = await engine.request({
    method: 'POST',
    path: `/${index}/_forcemerge`,
    querystring: { max_num_segments: 1 },
  });
  if (merged.status !== 200) throw new Error(JSON.stringify(merged.body));
  await engine.refresh(index);
}

/** As affinities see it, by id. */
export const PRODUCT_BY_ID: ReadonlyMap<string, Product> = new Map(
  SHOP.map(({ object_id: objectId, category, brand, color, tags, price, weights }) => [
    objectId,
    {
      objectId,
      categories: [category],
      values: new Map([
        ['brand', [brand]],
        ['color', color === undefined ? [] : [color]],
        ['tags', tags],
        ['price', [String(price)]],
        ['weights', weights.map(String)],
      ]),
    },
  ]),
);
