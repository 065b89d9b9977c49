// The port's contract, on both engines.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { EngineClient, ScannedHit } from '../../../src/engine/client/client.js';
import { createEngineClient } from '../../../src/engine/client/create-engine-client.js';
import { connectTest, engines, uniqueIndex } from '../../helpers/engines.js';

const HOSTILE_IDS = ['a/b?c#%2F"é', '..', '.', 'a,b', '*', ' ', '_doc', '🧺', '+&=', "';--", '\\', '\u0000x'];

interface Counter {
  readonly n: number;
}

describe.each(engines())('$kind', ({ kind, url }) => {
  let engine: EngineClient;
  let index = '';

  beforeAll(async () => {
    engine = await connectTest(kind);
    index = uniqueIndex('engine-contract');
    const mappings = { dynamic: 'strict', properties: { n: { type: 'long' } }, _meta: { of: 'test' } };
    await engine.createIndex(index, { settings: { number_of_shards: 2, number_of_replicas: 0 }, mappings });
  });
  afterAll(async () => {
    await engine.deleteIndex(index);
    await engine.close();
  });

  test('knows what it is connected to', () => {
    expect(engine.kind).toBe(kind);
    expect(engine.url).toBe(url);
    expect(engine.version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('an index: there or not, created once, described', async () => {
    expect(await engine.indexExists(index)).toBe(true);
    expect(await engine.indexExists('engine-nowhere')).toBe(false);
    await expect(engine.createIndex(index, { mappings: {} })).rejects.toMatchObject({
      code: 'index-exists',
      status: 409,
    });
    expect(await engine.getMapping(index)).toEqual({
      properties: { n: { type: 'long' } },
      meta: { of: 'test' },
    });
    expect(await engine.getMapping('engine-nowhere')).toBeNull();
  });

  test('dropping what is not there is no error; a pattern drops nothing', async () => {
    await engine.deleteIndex('engine-nowhere');
    await expect(engine.deleteIndex('engine-contract*')).rejects.toMatchObject({ code: 'index-name' });
    expect(await engine.indexExists(index)).toBe(true);
  });

  test('a refused index definition says why', async () => {
    const mappings = { properties: { n: { type: 'no-such-type' } } };
    await expect(engine.createIndex('engine-refused', { mappings })).rejects.toMatchObject({
      code: 'engine-error',
      message: expect.stringContaining('no-such-type'),
    });
  });

  test('put, get, and optimistic concurrency', async () => {
    const first = await engine.put(index, 'one', { n: 1 });
    expect(await engine.get<Counter>(index, 'one')).toEqual({ ...first, source: { n: 1 } });
    const second = await engine.put(index, 'one', { n: 2 }, { ifMatch: first });
    await expect(engine.put(index, 'one', { n: 3 }, { ifMatch: first })).rejects.toMatchObject({
      code: 'stale',
      status: 412,
    });
    await expect(engine.put(index, 'one', { n: 3 }, { create: true })).rejects.toMatchObject({
      code: 'conflict',
      status: 409,
    });
    await expect(engine.delete(index, 'one', { ifMatch: first })).rejects.toMatchObject({ code: 'stale' });
    expect((await engine.get<Counter>(index, 'one'))?.source).toEqual({ n: 2 });
    await engine.delete(index, 'one', { ifMatch: second });
    expect(await engine.get(index, 'one')).toBeNull();
    await engine.delete(index, 'one');
  });

  test('absent is null, unreadable is an error', async () => {
    expect(await engine.get(index, 'absent')).toBeNull();
    expect(await engine.get('engine-nowhere', 'absent')).toBeNull();
    await engine.put(index, 'here', { n: 7 });
    expect(await engine.mget<Counter>(index, ['absent', 'here'])).toMatchObject([null, { source: { n: 7 } }]);
    expect(await engine.mget(index, [])).toEqual([]);
    await expect(engine.mget('engine-nowhere', ['a'])).rejects.toMatchObject({ code: 'index-not-found' });
    await expect(engine.count('engine-nowhere')).rejects.toMatchObject({
      code: 'index-not-found',
      message: expect.stringContaining('engine-nowhere'),
    });
  });

  test.each(HOSTILE_IDS)('id %j stays what it is', async (id) => {
    await engine.put(index, id, { n: 5 });
    expect((await engine.get(index, id))?.id).toBe(id);
    expect(await engine.mget(index, [id])).toMatchObject([{ id, source: { n: 5 } }]);
    await engine.delete(index, id);
    expect(await engine.get(index, id)).toBeNull();
  });

  test('mget fetches only the fields asked for', async () => {
    await engine.put(index, 'here', { n: 7 });
    expect(await engine.mget(index, ['here'], ['other'])).toMatchObject([{ source: {} }]);
  });

  test('a bulk request tells what failed, item by item', async () => {
    const failures = await engine.bulk(
      index,
      [
        { action: 'index', id: 'b1', document: { n: 1 } },
        { action: 'create', id: 'b2', document: '{"n":2}' },
        { action: 'index', id: 'b3', document: { unknown: true } },
        { action: 'delete', id: 'absent' },
        { action: 'create', id: 'b1', document: { n: 9 } },
      ],
      { refresh: true },
    );
    expect(failures).toEqual([
      { id: 'b3', status: 400, reason: expect.stringContaining('unknown') },
      { id: 'b1', status: 409, reason: expect.any(String) },
    ]);
    expect(await engine.mget<Counter>(index, ['b1', 'b2', 'b3'])).toMatchObject([
      { source: { n: 1 } },
      { source: { n: 2 } },
      null,
    ]);
    expect(await engine.bulk(index, [])).toEqual([]);
  });

  test('a key named __proto__ comes back as data', async () => {
    const open = uniqueIndex('engine-open');
    await engine.createIndex(open, { mappings: { dynamic: false } });
    await engine.bulk(open, [{ action: 'index', id: '1', document: '{"__proto__":{"x":1},"n":1}' }]);
    const found = await engine.get<Record<string, unknown>>(open, '1');
    expect(Object.keys(found?.source ?? {})).toEqual(['__proto__', 'n']);
    expect({}).not.toHaveProperty('x');
    await engine.deleteIndex(open);
  });

  describe('aliases', () => {
    const names = [uniqueIndex('engine-alias-1'), uniqueIndex('engine-alias-2')] as const;
    afterEach(async () => {
      for (const name of names) await engine.deleteIndex(name);
    });

    test('point at one index, moved in one step', async () => {
      const alias = uniqueIndex('engine-alias');
      for (const name of names) await engine.createIndex(name, { mappings: {} });
      expect(await engine.aliasTargets(alias)).toEqual([]);
      await engine.swapAlias(alias, names[0]);
      expect(await engine.aliasTargets(alias)).toEqual([names[0]]);
      await engine.swapAlias(alias, names[1]);
      await engine.swapAlias(alias, names[1]);
      expect(await engine.aliasTargets(alias)).toEqual([names[1]]);
      expect(await engine.getMapping(alias)).toEqual({ properties: {}, meta: {} });
      expect(await engine.listIndices('engine-alias-*')).toEqual(expect.arrayContaining([...names]));
      expect(await engine.listIndices('engine-nothing-*')).toEqual([]);
    });
  });

  describe('scan', () => {
    let scanned = '';
    beforeAll(async () => {
      scanned = uniqueIndex('engine-scan');
      const mappings = { properties: { n: { type: 'long' }, tag: { type: 'keyword' } } };
      await engine.createIndex(scanned, {
        settings: { number_of_shards: 3, number_of_replicas: 0 },
        mappings,
      });
      const items = Array.from({ length: 1_000 }, (_, n) => ({
        action: 'index' as const,
        id: `d${n}`,
        document: { n, tag: n % 10 === 0 ? 'round' : 'odd' },
      }));
      await engine.bulk(scanned, items, { refresh: true });
    });
    afterAll(() => engine.deleteIndex(scanned));

    async function collect(batches: AsyncIterable<ScannedHit<Counter>[]>): Promise<number[]> {
      const all: number[] = [];
      for await (const batch of batches) all.push(...batch.map(({ source }) => source.n));
      return all.sort((a, b) => a - b);
    }
    const everything = Array.from({ length: 1_000 }, (_, n) => n);

    test('brings every hit once, whatever the batches', async () => {
      expect(await collect(engine.scan(scanned, { batch: 300 }))).toEqual(everything);
      expect(await collect(engine.scan(scanned, { batch: 500 }))).toEqual(everything);
      expect(await collect(engine.scan(scanned))).toEqual(everything);
    });

    test('also where the shard tie-break is not known yet', async () => {
      if (kind !== 'opensearch') return;
      const { version: _, request: transport, ...rest } = engine;
      const older = createEngineClient({ ...rest, transport, version: '2.19.0' });
      expect(await collect(older.scan(scanned, { batch: 300 }))).toEqual(everything);
    });

    test('with a query and chosen fields', async () => {
      const batches = engine.scan<Counter>(scanned, {
        query: { term: { tag: 'round' } },
        sourceIncludes: ['n'],
        batch: 60,
      });
      const sources: unknown[] = [];
      for await (const batch of batches) sources.push(...batch.map(({ source }) => source));
      expect(sources).toHaveLength(100);
      expect(sources).toContainEqual({ n: 990 });
    });

    test('stops with its consumer, on a signal, and on an absent index', async () => {
      for await (const batch of engine.scan(scanned, { batch: 10 })) {
        expect(batch).toHaveLength(10);
        break;
      }
      const signal = AbortSignal.abort();
      await expect(collect(engine.scan(scanned, { signal }))).rejects.toMatchObject({ code: 'cancelled' });
      await expect(collect(engine.scan('engine-nowhere'))).rejects.toMatchObject({
        code: 'index-not-found',
      });
    });

    test('search and count', async () => {
      expect(await engine.count(scanned)).toBe(1_000);
      expect(await engine.count(scanned, { term: { tag: 'round' } })).toBe(100);
      const answer = await engine.search(scanned, { size: 1, aggs: { top: { max: { field: 'n' } } } });
      expect(answer.hits.hits).toHaveLength(1);
      expect(answer.aggregations).toEqual({ top: { value: 999 } });
    });

    test('putSettings and refresh', async () => {
      await engine.putSettings(scanned, { index: { refresh_interval: '-1' } });
      await engine.put(scanned, 'late', { n: 1_000 });
      expect(await engine.count(scanned)).toBe(1_000);
      await engine.refresh(scanned);
      expect(await engine.count(scanned)).toBe(1_001);
      await engine.delete(scanned, 'late', { refresh: true });
      expect(await engine.count(scanned)).toBe(1_000);
    });
  });
});
