// How large a rescore window may be: what is read is what the engine goes by.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EngineClient } from '../../src/engine/client.js';
import { createWindowLimit } from '../../src/models/window-limit.js';
import { connectTest, engines, uniqueIndex } from '../helpers/engines.js';

describe.each(engines())('window limit on $kind', ({ kind }) => {
  let engine: EngineClient;
  const [plain, small] = [uniqueIndex('window-plain'), uniqueIndex('window-small')];
  const failures: unknown[] = [];
  const limitOf = (...indices: string[]) =>
    createWindowLimit(engine, indices, { onFailure: (error) => failures.push(error) });

  beforeAll(async () => {
    engine = await connectTest(kind);
    for (const index of [plain, small])
      await engine.createIndex(index, {
        settings: { number_of_shards: 1, number_of_replicas: 0 },
        mappings: {},
      });
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
  ])('%j: the engine takes %i hits and no more', async (settings, expected) => {
    await engine.putSettings(small, { index: settings });
    const limit = limitOf(plain, small, 'window-none');
    await limit.refreshNow();
    expect(limit.current()).toBe(expected);
    const statuses = [expected, expected + 1].map(async (window_size) => {
      const body = { rescore: { window_size, query: { rescore_query: { match_all: {} } } } };
      return (await engine.request({ method: 'POST', path: `/${small}/_search`, body })).status;
    });
    expect(await Promise.all(statuses)).toEqual([200, 400]);
  });

  test('a catalog stands for itself, or for what its alias points to', async () => {
    const alias = uniqueIndex('window-alias');
    const actions = [plain, small].map((index) => ({ add: { index, alias } }));
    await engine.request({ method: 'POST', path: '/_aliases', body: { actions } });
    const limit = limitOf(plain, alias, 'window-none');
    expect(limit.indicesOf(plain).size).toBe(0);
    await limit.refreshNow();
    expect([plain, alias, 'window-none'].map((index) => [...limit.indicesOf(index)].sort())).toEqual([
      [plain],
      [plain, small],
      [],
    ]);
  });

  test('a failed read is told once and changes nothing', async () => {
    let down = false;
    const request: EngineClient['request'] = (sent) =>
      down ? Promise.reject(new Error('gone')) : engine.request(sent);
    const told: unknown[] = [];
    const limit = createWindowLimit({ request }, [small], { onFailure: (error) => told.push(error) });
    await limit.start();
    limit.stop();
    const known = limit.current();
    expect(known).toBe(900);
    down = true;
    await limit.refreshNow();
    await limit.refreshNow();
    expect([limit.current(), told.length]).toEqual([known, 1]);
    expect(failures).toEqual([]);
  });
});
