// Loading a dataset into real engines: documents, ids that may hold anything, a second load, moved timestamps.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type LoadOptions, loadDataset } from '../../../src/datasets/load/load-dataset.js';
import { simulateShop } from '../../../src/datasets/simulate/simulate-shop.js';
import type { EngineClient } from '../../../src/engine/client/client.js';
import { connectTest, engines, uniqueIndex } from '../../helpers/engines.js';

const HOSTILE = '../a b?"\\\n{"index":{}}*,<ü>';
const NOW = Date.parse('2026-06-17T12:00:00Z');

const PRODUCTS = [
  {
    object_id: HOSTILE,
    title: 'Red shoes',
    category: 'shoes',
    colors: ['red', 'blue'],
    price: 9.5,
    sizes: [41, 42],
  },
  { object_id: 'plain', title: null, category: null, colors: [], price: 12, sale: true },
];
const event = (timestamp: string, object_id: string | null, action_name = 'purchase') => ({
  timestamp,
  user_id: HOSTILE,
  session_id: 's',
  action_name,
  object_id,
  query: 'red "shoes"',
});
const EVENTS = [
  event('2020-01-29T12:00:00.250Z', HOSTILE),
  event('2020-01-01T12:00:00.250Z', HOSTILE, 'Order Completed'),
  event('2019-05-01T12:00:00Z', 'plain'),
  event('2019-05-01T12:00:00Z', 'plain', 'view'),
  event('2019-05-01T12:00:00Z', 'gone'),
  event('2019-05-01T12:00:00Z', null),
  { ...event('2019-04-01T12:00:00Z', null, 'identify'), query: null, client_id: 'device' },
  event('2019-05-01T12:00:00Z', null, 'view_search_results'),
  { ...event('2019-05-01T12:00:00Z', null, 'search'), query: null },
];

const ndjson = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

describe.each(engines())('loading into $kind', ({ kind }) => {
  let engine: EngineClient;
  let dir: string;
  let index: string;
  let eventsIndex: string;

  const load = (more: Partial<LoadOptions> = {}) =>
    loadDataset({ engine, dataset: dir, index, eventsIndex, ...more });
  const sources = async (name: string, sort: string) =>
    (await engine.search(name, { size: 100, sort: [sort] })).hits.hits.map(({ _id, _source }) => ({
      _id,
      ..._source,
    }));
  const drop = async () => {
    for (const name of [index, `${index}-customers`, eventsIndex]) await engine.deleteIndex(name);
  };

  beforeAll(async () => {
    engine = await connectTest(kind);
    dir = await mkdtemp(join(tmpdir(), 'kindred-test-'));
    await writeFile(join(dir, 'products.ndjson'), ndjson(PRODUCTS));
    await writeFile(join(dir, 'events.ndjson'), ndjson(EVENTS));
    await writeFile(
      join(dir, 'customers.ndjson'),
      ndjson([{ user_id: HOSTILE, age: '65+', kids: 2, region: null }]),
    );
    index = uniqueIndex('load');
    eventsIndex = uniqueIndex('load-events');
  });
  beforeEach(drop);
  afterAll(async () => {
    await drop();
    await engine.close();
    await rm(dir, { recursive: true });
  });

  test('products, customers and events arrive as documents; what cannot count is counted', async () => {
    const seen: string[] = [];
    const result = await load({ onProgress: (part, done, total) => seen.push(`${part} ${done}/${total}`) });
    expect(result).toMatchObject({ products: 2, customers: 1, events: 6, unknownProducts: 1, incomplete: 2 });
    expect(seen).toEqual([
      'products 0/2',
      'products 2/2',
      'customers 0/1',
      'customers 1/1',
      'events 0/6',
      'events 6/6',
    ]);
    expect(await sources(index, 'price')).toEqual([
      // 1 now + half of one 28 days ago + .02 × 2 + .01
      { _id: HOSTILE, ...PRODUCTS[0], popularity: 1.55 },
      { _id: 'plain', object_id: 'plain', colors: [], price: 12, sale: true, popularity: 0.011161 },
    ]);
    expect((await engine.getMapping(index))?.properties).toMatchObject({
      title: { type: 'text' },
      category: { type: 'keyword' },
      colors: { type: 'keyword' },
      price: { type: 'double' },
      sizes: { type: 'long' },
      sale: { type: 'boolean' },
      popularity: { type: 'double' },
    });
    expect(await engine.count(index, { term: { colors: 'blue' } })).toBe(1);
    expect(await sources(`${index}-customers`, 'user_id')).toEqual([
      { _id: HOSTILE, user_id: HOSTILE, age: '65+', kids: '2' },
    ]);
    const events = await sources(eventsIndex, 'timestamp');
    expect(events[0]).toMatchObject({ action_name: 'identify', user_id: HOSTILE, client_id: 'device' });
    expect(events.at(-1)).toEqual({
      _id: expect.any(String),
      action_name: 'purchase',
      timestamp: '2020-01-29T12:00:00.250Z',
      user_id: HOSTILE,
      session_id: 's',
      user_query: 'red "shoes"',
      event_attributes: { object: { object_id: HOSTILE } },
    });
    expect(events).toContainEqual({
      _id: expect.any(String),
      action_name: 'view_search_results',
      timestamp: '2019-05-01T12:00:00.000Z',
      user_id: HOSTILE,
      session_id: 's',
      user_query: 'red "shoes"',
    });
  });

  test('moves by whole weeks into the seven days before, and meets its documents again', async () => {
    expect(await load()).toMatchObject({ shiftedWeeks: 0 });
    const before = await sources(eventsIndex, 'timestamp');
    expect(await load()).toMatchObject({ events: 6, products: 2 });
    expect(await sources(eventsIndex, 'timestamp')).toEqual(before);
    // 333 weeks would be a quarter of a second in the future.
    expect(await load({ shiftTo: NOW })).toMatchObject({ shiftedWeeks: 332 });
    const after = await sources(eventsIndex, 'timestamp');
    expect(after.map(({ _id }) => _id)).toEqual(before.map(({ _id }) => _id));
    expect(after.at(-1)).toMatchObject({ timestamp: '2026-06-10T12:00:00.250Z' });
    expect(await engine.count(index)).toBe(2);
  });

  test('an index that holds another catalog is left alone unless it may be replaced', async () => {
    await engine.createIndex(index, { mappings: { properties: { other: { type: 'keyword' } } } });
    await expect(load()).rejects.toMatchObject({
      code: 'index-exists',
      message: expect.stringContaining('--replace'),
    });
    expect(Object.keys((await engine.getMapping(index))?.properties ?? {})).toEqual(['other']);
    expect(await engine.indexExists(eventsIndex)).toBe(false);
    expect(await load({ replace: true })).toMatchObject({ products: 2 });
  });

  test('a run that fails leaves no catalog behind', async () => {
    await engine.createIndex(eventsIndex, { mappings: { dynamic: 'strict', properties: {} } });
    await expect(load()).rejects.toMatchObject({
      code: 'document-refused',
      message: expect.stringContaining('strict'),
    });
    expect(await engine.indexExists(index)).toBe(false);
    expect(await engine.indexExists(`${index}-customers`)).toBe(false);
  });

  test('a simulated shop arrives whole, in several requests, with refreshes as they were', async () => {
    const out = join(dir, 'shop');
    await simulateShop({ users: 200, products: 500, events: 20_000, seed: 3, out });
    const result = await load({ dataset: out, shiftTo: NOW });
    expect(result).toMatchObject({ products: 500, customers: 200, events: 20_000, unknownProducts: 0 });
    expect(await engine.count(eventsIndex)).toBe(20_000);
    const newest = (await engine.search(eventsIndex, { size: 1, sort: [{ timestamp: 'desc' }] })).hits
      .hits[0];
    const age = NOW - Date.parse(String(newest?._source?.timestamp));
    expect(age).toBeGreaterThanOrEqual(0);
    expect(age).toBeLessThan(7 * 86_400_000);
    const { body } = await engine.request({ method: 'GET', path: `/${eventsIndex}/_settings` });
    expect(JSON.stringify(body)).not.toContain('refresh_interval');
  });
});
