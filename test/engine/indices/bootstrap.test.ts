// Bootstrap on both engines: once, twice, two at a time, after a newer Kindred, after an older one.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EngineClient } from '../../../src/engine/client/client.js';
import { call } from '../../../src/engine/client/engine-response.js';
import { bootstrapIndices, createProfileIndex } from '../../../src/engine/indices/bootstrap.js';
import { connectTest, engines, uniqueIndex } from '../../helpers/engines.js';

/** The indices have fixed names and the engine is shared: every name gets a prefix on its way out. */
function prefixed(engine: EngineClient, prefix: string): EngineClient {
  return {
    ...engine,
    createIndex: (name, definition) => engine.createIndex(prefix + name, definition),
    getMapping: (name) => engine.getMapping(prefix + name),
    request: (request) => engine.request({ ...request, path: request.path.replace('/', `/${prefix}`) }),
  };
}

describe.each(engines())('$kind', ({ kind }) => {
  let engine: EngineClient;
  let mine: EngineClient;
  const prefix = `${uniqueIndex('engine-bootstrap')}-`;

  beforeAll(async () => {
    engine = await connectTest(kind);
    mine = prefixed(engine, prefix);
  });
  afterAll(async () => {
    for (const name of await engine.listIndices(`${prefix}*`)) await engine.deleteIndex(name);
    await engine.close();
  });

  async function state(): Promise<unknown> {
    return (await call(engine.request, { method: 'GET', path: `/${prefix}*` })).body;
  }

  test('two at once create everything, a third changes nothing', async () => {
    await Promise.all([bootstrapIndices(mine), bootstrapIndices(mine)]);
    expect(await engine.listIndices(`${prefix}*`)).toEqual(
      [
        'kindred-audit',
        'kindred-models',
        'kindred-rules',
        'kindred-settings',
        'ubi_events',
        'ubi_queries',
      ].map((name) => prefix + name),
    );
    const before = await state();
    await bootstrapIndices(mine);
    expect(await state()).toEqual(before);
  });

  test('what Kindred writes fits, what it does not know is refused', async () => {
    await bootstrapIndices(mine);
    const model = { kind: 'model', name: 'A', state: 'draft', version: 0, record: { any: [{ thing: 1 }] } };
    await engine.put(`${prefix}kindred-models`, 'a', { ...model, updated_at: '2026-01-01T00:00:00.000Z' });
    await engine.put(`${prefix}kindred-audit`, 'a', { at: '2026-01-01T00:00:00Z', detail: 'text' });
    await engine.put(`${prefix}kindred-audit`, 'b', { at: '2026-01-01T00:00:00Z', detail: { is: 'data' } });
    await expect(engine.put(`${prefix}kindred-models`, 'b', { secret: 1 })).rejects.toMatchObject({
      code: 'engine-error',
      message: expect.stringContaining('secret'),
    });
    const event = {
      action_name: 'view',
      timestamp: '2026-01-01T00:00:00.000Z',
      event_attributes: {
        object: { object_id: '7', internal_id: 'x'.repeat(40_000), any: { thing: 1 } },
        position: { ordinal: 3, xy: { x: 1, y: 2 } },
        extra: { price: '12' },
      },
    };
    const other = { ...event, event_attributes: { object: { object_id: '8', any: 'text' }, extra: [1] } };
    const items = [event, other].map((document, n) => ({ action: 'index' as const, id: `${n}`, document }));
    expect(await engine.bulk(`${prefix}ubi_events`, items, { refresh: true })).toEqual([]);
    const seven = { term: { 'event_attributes.object.object_id': '7' } };
    expect(await engine.count(`${prefix}ubi_events`, seven)).toBe(1);
    const mapping = await engine.getMapping(`${prefix}ubi_events`);
    expect(mapping?.properties.event_attributes?.properties).not.toHaveProperty('extra');
  });

  test('profile indices are made one by one', async () => {
    const name = `${prefix}kindred-profiles-summer-1`;
    await createProfileIndex(engine, name);
    await expect(createProfileIndex(engine, name)).rejects.toMatchObject({ code: 'index-exists' });
    const profile = {
      kind: 'individual',
      key: 'u',
      cohort: null,
      people: 1,
      events: 2,
      scopes: [{ a: [['b', 1]] }],
    };
    await engine.put(name, 'individual:u', profile);
    expect((await engine.get(name, 'individual:u'))?.source).toEqual(profile);
  });

  test('an older mapping is brought up, a foreign index left alone, a newer one stops everything', async () => {
    const prefix2 = `${prefix}b-`;
    const second = prefixed(engine, prefix2);
    const old = {
      _meta: { kindred: { version: 0 } },
      dynamic: 'strict',
      properties: { kind: { type: 'keyword' } },
    };
    await engine.createIndex(`${prefix2}kindred-models`, { mappings: old });
    await engine.createIndex(`${prefix2}ubi_events`, { mappings: { properties: { a: { type: 'text' } } } });
    await bootstrapIndices(second);
    expect((await engine.getMapping(`${prefix2}kindred-models`))?.meta).toEqual({ kindred: { version: 1 } });
    expect((await engine.getMapping(`${prefix2}kindred-models`))?.properties).toHaveProperty('record');
    expect((await engine.getMapping(`${prefix2}ubi_events`))?.properties).toEqual({ a: { type: 'text' } });

    const newer = { _meta: { kindred: { version: 2 } } };
    const prefix3 = `${prefix}c-`;
    await engine.createIndex(`${prefix3}kindred-settings`, { mappings: newer });
    await expect(bootstrapIndices(prefixed(engine, prefix3))).rejects.toMatchObject({
      code: 'newer-mapping',
      message: expect.stringMatching(/kindred-settings .*mapping 2.*upgrade/),
    });
    expect(await engine.listIndices(`${prefix3}*`)).toEqual([`${prefix3}kindred-settings`]);
  });
});
