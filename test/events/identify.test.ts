// Identify on real engines: stored before it is acknowledged, once, and felt by the next search of the user.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ProductEvent } from '../../src/core/affinity/affinity.js';
import type { EngineClient } from '../../src/engine/client/client.js';
import { readMapping } from '../../src/engine/indices/mappings.js';
import { createIdentify } from '../../src/events/identify.js';
import { validateEvent } from '../../src/events/validate-event.js';
import { createMemorySessionStore } from '../../src/sessions/memory-stores.js';
import { connectTest, engines, uniqueIndex } from '../helpers/engines.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const click: ProductEvent = {
  action: 'click',
  timestamp: NOW - 60_000,
  product: { objectId: 'p1', categories: [], values: new Map() },
};

describe.each(engines())('$kind', ({ kind }) => {
  let engine: EngineClient;
  let now = NOW;
  let errors: unknown[] = [];
  const eventsIndex = uniqueIndex('events-identify');
  const sessions = createMemorySessionStore({ maxBytes: 1_000_000 });
  const onSessionError = (error: unknown) => void errors.push(error);
  const stored = async (userId: string) => {
    await engine.refresh(eventsIndex);
    const found = await engine.search(eventsIndex, { query: { term: { user_id: userId } }, size: 100 });
    return found.hits.hits.map(({ _source }) => _source);
  };

  beforeAll(async () => {
    engine = await connectTest(kind);
    await engine.createIndex(eventsIndex, await readMapping('ubi_events'));
  });
  afterAll(async () => {
    await engine.deleteIndex(eventsIndex);
    await engine.close();
  });

  test('it is an event without an object, stored once however often it is sent, and again at a later login', async () => {
    const identify = createIdentify({ engine, sessions, now: () => now, onSessionError, eventsIndex });
    await sessions.append({ clientId: 'device' }, [click]);
    const ann = { user_id: 'ann', client_id: 'device' };
    expect((await Promise.all([identify(ann), identify(ann)])).sort()).toEqual([0, 1]);
    now += 1_000;
    expect(await identify(ann)).toBe(0);
    const login = { ...ann, action_name: 'identify', timestamp: '2026-03-01T12:00:00.000Z' };
    expect(await stored('ann')).toEqual([login]);
    expect(await sessions.read({ userId: 'ann' })).toMatchObject([click]);
    now += 86_400_000;
    await identify(ann);
    expect((await stored('ann')).length).toBe(2);
  });

  test('while the sessions cannot be reached it is stored and acknowledged', async () => {
    errors = [];
    const gone = new Error('gone');
    const unreachable = { join: () => Promise.reject(gone) };
    const identify = createIdentify({
      engine,
      sessions: unreachable,
      now: () => now,
      onSessionError,
      eventsIndex,
    });
    expect(await identify({ user_id: 'cleo', session_id: 'unreachable' })).toBe(0);
    expect((await stored('cleo')).length).toBe(1);
    expect(errors).toEqual([gone]);
  });

  test('while the disk is full nothing is joined', async () => {
    const identify = createIdentify({ engine, sessions, now: () => now, onSessionError, eventsIndex });
    await sessions.append({ sessionId: 's' }, [click]);
    const ben = { user_id: 'ben', session_id: 's' };
    await engine.putSettings(eventsIndex, { 'index.blocks.read_only_allow_delete': true });
    await expect(identify(ben)).rejects.toMatchObject({ code: 'events-not-stored', status: 503 });
    expect(await sessions.read({ userId: 'ben' })).toEqual([]);
    await engine.putSettings(eventsIndex, { 'index.blocks.read_only_allow_delete': null });
    expect(await identify(ben)).toBe(1);
  });
});

test('among events it is refused, trusted or not: it has a door of its own', () => {
  const event = {
    action_name: 'identify',
    timestamp: '2026-03-01T11:59:00Z',
    user_id: 'victim',
    event_attributes: { object: { object_id: 'p1' } },
  };
  for (const trusted of [true, false])
    expect(validateEvent({ event }, { trusted, identity: { sessionId: 's' } }, NOW)).toEqual({
      errors: [{ path: 'action_name', message: expect.stringContaining('POST /_kindred/identify') }],
    });
});
