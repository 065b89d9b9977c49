// A shop that indexes its catalog anew while Kindred runs, with an affinity field mapped in another way.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EngineClient } from '../../src/engine/client/client.js';
import { connectTest, engines } from '../helpers/engines.js';
import { indexDocuments } from '../helpers/index-documents.js';
import { answersOf, type BuiltRequest, send, sendPersonal, withoutOrder } from './support/built-requests.js';
import { PRODUCTS, SHOPPER } from './support/catalog.js';
import { type ClientShop, openClientShop, SERVER_KEY } from './support/shop.js';

const ON = { 'x-kindred-key': SERVER_KEY, 'x-user-id': SHOPPER.user };
const keyword = { type: 'keyword' };

type Remapping = readonly [name: string, brand: object | null, value: (brand: string) => unknown];
const REMAPPINGS: readonly Remapping[] = [
  ['a text', { type: 'text' }, (brand) => brand],
  ['a number', { type: 'long' }, (brand) => brand.length],
  ['a date', { type: 'date' }, (brand) => 1_700_000_000_000 + brand.length],
  ['an object', { properties: { name: keyword } }, (name) => ({ name })],
  ['nested objects', { type: 'nested', properties: { name: keyword } }, (name) => [{ name }]],
  ['not searchable', { type: 'keyword', index: false, doc_values: false }, (brand) => brand],
  ['not mapped', null, (brand) => brand],
];

describe.each(engines())('a catalog indexed anew at $kind', ({ kind }) => {
  let shop: ClientShop;
  let engine: EngineClient;
  beforeAll(async () => {
    shop = await openClientShop(kind, { logLevel: 'fatal' });
    engine = await connectTest(kind);
  });
  afterAll(async () => {
    await engine.close();
    await shop.close();
  });

  test.each(REMAPPINGS)('the brand is %s: no hit is lost', async (_, brand, value) => {
    await engine.deleteIndex(shop.index);
    await engine.createIndex(shop.index, {
      settings: { number_of_shards: 3, number_of_replicas: 0 },
      mappings: {
        dynamic: false,
        properties: { title: { type: 'text' }, color: keyword, object_id: keyword, ...(brand && { brand }) },
      },
    });
    await indexDocuments(
      engine,
      shop.index,
      PRODUCTS.map((product) => [product.object_id, { ...product, brand: value(product.brand) }]),
    );
    const path = `/${shop.index}/_search`;
    const query = { match: { title: 'jacket' } };
    const bodies = [
      { query, size: 60, aggs: { colors: { terms: { field: 'color' } } } },
      { query, size: 60, collapse: { field: 'object_id' } },
      { query: { bool: { filter: [query] } }, size: 60 },
    ];
    for (const body of bodies) {
      const request: BuiltRequest = { name: 'search', path, body };
      const straight = await send(shop.engineUrl, request);
      const own = await sendPersonal(shop.url, request, ON);
      expect(own.status).toBe(200);
      expect(answersOf(own).map(withoutOrder)).toEqual(answersOf(straight).map(withoutOrder));
    }
  });
});
