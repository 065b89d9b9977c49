// What the engine can do on the catalogs: what is read is what the engine goes by.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { catalogSchema } from '../../../src/core/catalog.js';
import { hasUbiPlugin } from '../../../src/engine/capabilities/engine-features.js';
import type { EngineClient } from '../../../src/engine/client/client.js';
import { readBoostFields } from '../../../src/models/serving/boost-fields.js';
import {
  type CapabilityWatcher,
  createCapabilityWatcher,
  readWindowLimit,
} from '../../../src/models/serving/capability-watcher.js';
import { connectTest, engines, uniqueIndex } from '../../helpers/engines.js';

const catalog = (index: string) => catalogSchema.parse({ index });

describe.each(engines())('capabilities of $kind', ({ kind }) => {
  let engine: EngineClient;
  const [plain, small] = [uniqueIndex('abilities-plain'), uniqueIndex('abilities-small')];
  const both = uniqueIndex('abilities-both');
  const told: unknown[] = [];
  const words: string[] = [];

  const watch = (using: Pick<EngineClient, 'request'> = engine): CapabilityWatcher =>
    createCapabilityWatcher({ ...using, kind, version: engine.version }, [plain, small].map(catalog), {
      onFailure: (error) => told.push(error),
      onScriptRefused: (refusal) => words.push(refusal),
    });

  beforeAll(async () => {
    engine = await connectTest(kind);
    const settings = {
      number_of_shards: 1,
      number_of_replicas: 0,
      analysis: { normalizer: { lower: { type: 'custom', filter: ['lowercase'] } } },
    };
    const common = { brand: { type: 'keyword' }, price: { type: 'float' }, changed: { type: 'keyword' } };
    await engine.createIndex(plain, {
      settings,
      mappings: {
        properties: {
          ...common,
          title: { type: 'text', fields: { keyword: { type: 'keyword' }, length: { type: 'integer' } } },
          lower: { type: 'keyword', normalizer: 'lower' },
          unread: { type: 'keyword', doc_values: false },
          organic: { type: 'boolean' },
          details: { properties: { size: { type: 'long' }, half: { type: 'half_float' } } },
          offers: { type: 'nested', properties: { shop: { type: 'keyword' } } },
          seen: { type: 'date' },
          other: { type: 'alias', path: 'brand' },
        },
      },
    });
    await engine.createIndex(small, {
      settings: { number_of_shards: 1, number_of_replicas: 0 },
      mappings: {
        properties: {
          ...common,
          changed: { type: 'integer' },
          title: { type: 'keyword' },
          organic: { type: 'keyword' },
          seen: { type: 'keyword' },
          lower: { type: 'keyword', index: false, doc_values: false },
          details: { properties: { size: { type: 'double' } } },
        },
      },
    });
    for (const index of [plain, small])
      await engine.request({ method: 'PUT', path: `/${index}/_alias/${both}` });
  });
  afterAll(async () => {
    await engine.deleteIndex(plain);
    await engine.deleteIndex(small);
    await engine.close();
  });

  test.each([
    [{ max_result_window: null }, 10_000],
    [{ max_result_window: 700 }, 700],
    [{ max_rescore_window: 300 }, 300],
    [{ max_rescore_window: 900 }, 900],
  ])('%j: the engine takes %i hits in a window and no more', async (settings, expected) => {
    await engine.putSettings(small, { index: settings });
    expect(await readWindowLimit(engine, [plain, small, 'window-none'])).toBe(expected);
    const statuses = [expected, expected + 1].map(async (window_size) => {
      const body = { rescore: { window_size, query: { rescore_query: { match_all: {} } } } };
      return (await engine.request({ method: 'POST', path: `/${small}/_search`, body })).status;
    });
    expect(await Promise.all(statuses)).toEqual([200, 400]);
  });

  test('the script reads what filters read in the same way', async () => {
    expect(Object.fromEntries((await readBoostFields(engine, plain)).script)).toEqual({
      brand: 'text',
      price: 'float',
      changed: 'text',
      'title.keyword': 'text',
      'title.length': 'number',
      organic: 'text',
      other: 'text',
      'details.size': 'number',
    });
    expect(Object.fromEntries((await readBoostFields(engine, both)).script)).toEqual({
      brand: 'text',
      price: 'float',
      organic: 'text',
      'details.size': 'number',
    });
    const names = { keywords: new Set(), longs: new Set(), phrases: new Set() };
    const nothing = { script: new Map(), conflicting: new Set(), exact: new Map(), nested: new Map(), names };
    expect(await readBoostFields(engine, 'abilities-none')).toEqual(nothing);
  });

  test('fields that hold the same value as it is: of one field, its sub-fields and aliases', async () => {
    const { exact } = await readBoostFields(engine, plain);
    const paths = (path: string) => [...(exact?.get(path) ?? [])].sort();
    expect(paths('title')).toEqual(['title.keyword', 'title.length']);
    expect(paths('title.keyword')).toEqual(['title.keyword', 'title.length']);
    expect(paths('brand')).toEqual(['brand', 'other']);
    expect(paths('other')).toEqual(['brand', 'other']);
    expect(paths('offers.shop')).toEqual(['offers.shop']);
    expect(paths('lower')).toEqual([]);
    expect((await readBoostFields(engine, both)).exact?.get('lower')).toEqual(new Set());
  });

  test('a field is conflicting when a filter that one index takes fails in another', async () => {
    expect((await readBoostFields(engine, plain)).conflicting.size).toBe(0);
    const { conflicting } = await readBoostFields(engine, both);
    const failing: string[] = [];
    for (const field of ['brand', 'price', 'changed', 'title', 'organic', 'seen', 'details.size', 'lower']) {
      const filters = [
        { term: { [field]: 'Mirano' } },
        { term: { [field]: '1' } },
        { range: { [field]: { gte: 1.5 } } },
      ];
      const failed = await Promise.all(
        filters.map(async (query) => {
          const { body } = await engine.request({
            method: 'POST',
            path: `/${both}/_search`,
            body: { query },
          });
          // Refused by every shard, the plain search would follow: nothing is lost.
          return (body as { _shards?: { failed: number } })._shards?.failed ?? 0;
        }),
      );
      if (failed.some((count) => count > 0)) failing.push(field);
    }
    expect([...conflicting].sort()).toEqual(['changed', 'lower', 'organic', 'seen']);
    expect(failing).toEqual(expect.arrayContaining(['changed', 'lower', 'organic', 'seen']));
    expect(failing.filter((field) => !conflicting.has(field))).toEqual([]);
  });

  test('all of it together', async () => {
    const watcher = watch();
    await watcher.start();
    watcher.stop();
    const { painless, boostFields, ...rest } = watcher.current();
    expect(rest).toEqual({ kind, rescorerRetriever: kind === 'elasticsearch', maxWindow: 900, ubi: false });
    expect(boostFields?.get(small)).toEqual(await readBoostFields(engine, small));
    // The embedded Elasticsearch has no Painless, and says so.
    if (kind === 'elasticsearch') {
      expect(painless).toBeNull();
      expect(words).toEqual([expect.stringContaining('painless')]);
    } else {
      expect(painless).toMatch(/^kindred-boost-[0-9a-f]{16}$/);
      const { status } = await engine.request({ method: 'GET', path: `/_scripts/${painless}` });
      expect([status, words]).toEqual([200, []]);
    }
  });

  test('ext.ubi is for an engine whose nodes all have the plugin', async () => {
    expect(await hasUbiPlugin(engine)).toBe(false);
    // The plugin is not in the packages: what a node says that has it is made up here.
    const answer = (status: number, ...nodes: string[][]) => {
      const entries = nodes.map((names, n) => [`n${n}`, { plugins: names.map((name) => ({ name })) }]);
      return { request: async () => ({ status, body: { nodes: Object.fromEntries(entries) } }) };
    };
    const both = ['opensearch-knn', 'opensearch-ubi'];
    expect(await hasUbiPlugin(answer(200, both, both))).toBe(true);
    expect(await hasUbiPlugin(answer(200, both, ['opensearch-knn']))).toBe(false);
    expect(await hasUbiPlugin(answer(200, both, []))).toBe(false);
    expect(await hasUbiPlugin(answer(200))).toBe(false);
    expect(await hasUbiPlugin(answer(403, both))).toBe(false);
  });

  test('a catalog stands for itself, or for what its alias points to', async () => {
    const watcher = createCapabilityWatcher(engine, [plain, both, 'abilities-none'].map(catalog), {
      onFailure: (error) => told.push(error),
      onScriptRefused: () => {},
    });
    expect(watcher.indicesOf(plain).size).toBe(0);
    await watcher.refreshNow();
    expect([plain, both, 'abilities-none'].map((index) => [...watcher.indicesOf(index)].sort())).toEqual([
      [plain],
      [plain, small],
      [],
    ]);
  });

  test('a failed read is told once and changes nothing', async () => {
    let down = false;
    const watcher = watch({
      request: (sent) => (down ? Promise.reject(new Error('gone')) : engine.request(sent)),
    });
    await watcher.refreshNow();
    const known = watcher.current();
    down = true;
    told.length = 0;
    await watcher.refreshNow();
    await watcher.refreshNow();
    expect([watcher.current(), told.length]).toEqual([known, 1]);
  });

  test('a refused script is not used until it has been asked for again', async () => {
    const watcher = watch();
    await watcher.refreshNow();
    const known = watcher.current();
    watcher.refused('failed to create query: field [brand] is unknown');
    expect(watcher.current()).toBe(known);
    watcher.refused('unable to find script [kindred-boost-0] in cluster state');
    expect(watcher.current().painless).toBeNull();
    await watcher.refreshNow();
    expect(watcher.current()).toEqual(known);
  });
});
