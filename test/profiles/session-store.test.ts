// The session store in memory: bounded, forgetful, and whole under concurrency.
import { describe, expect, test } from '@jest/globals';
import type { ProductEvent } from '../../src/core/affinity.js';
import type { SessionEvent } from '../../src/core/search-event.js';
import { createMemorySessionStore } from '../../src/profiles/session-store.js';

function event(timestamp: number): ProductEvent {
  return {
    action: 'view',
    timestamp,
    product: { objectId: `p${timestamp}`, category: null, values: new Map() },
  };
}
const times = (events: readonly SessionEvent[]) => events.map(({ timestamp }) => timestamp);

describe('createMemorySessionStore', () => {
  test('an unknown session is empty', async () => {
    expect(await createMemorySessionStore({ maxBytes: 1_000_000 }).read({ sessionId: 'nobody' })).toEqual([]);
  });

  test('keeps the newest events of each session, oldest first', async () => {
    const store = createMemorySessionStore({ maxBytes: 1_000_000, maxEventsPerSession: 3 });
    await store.append({ sessionId: 'a' }, [event(1), event(2)]);
    await store.append({ sessionId: 'a' }, [event(3), event(4)]);
    await store.append({ sessionId: 'b' }, [event(9)]);
    expect(times(await store.read({ sessionId: 'a' }))).toEqual([2, 3, 4]);
    expect(times(await store.read({ sessionId: 'b' }))).toEqual([9]);
  });

  test('concurrent appends all count, and a read is not changed by a later append', async () => {
    const store = createMemorySessionStore({ maxBytes: 1_000_000 });
    await store.append({ sessionId: 'a' }, [event(0)]);
    const before = await store.read({ sessionId: 'a' });
    await Promise.all(
      Array.from({ length: 50 }, (_, at) => store.append({ sessionId: 'a' }, [event(at + 1)])),
    );
    expect((await store.read({ sessionId: 'a' })).length).toBe(51);
    expect(times(before)).toEqual([0]);
  });

  test('forgets the least recently used session, and every session in time', async () => {
    const store = createMemorySessionStore({ maxBytes: 1_200, ttlMs: 30 });
    for (const sessionId of ['a', 'b', 'c']) await store.append({ sessionId }, [event(1)]);
    expect(await store.read({ sessionId: 'a' })).toEqual([]);
    expect((await store.read({ sessionId: 'c' })).length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await store.read({ sessionId: 'c' })).toEqual([]);
  });

  test('products with long values make room for fewer sessions', async () => {
    const kept = async (length: number) => {
      const store = createMemorySessionStore({ maxBytes: 1_000_000 });
      const values = new Map([['brand', ['x'.repeat(length)]]]);
      const product = { objectId: 'p', category: null, values };
      const keys = Array.from({ length: 3_000 }, (_, at) => ({ sessionId: `${at}` }));
      for (const key of keys) await store.append(key, [{ action: 'view', timestamp: 1, product }]);
      return (await Promise.all(keys.map(store.read))).filter(({ length }) => length > 0).length;
    };
    expect(await kept(10)).toBeGreaterThan(1_000);
    expect(await kept(10_000)).toBeLessThan(50);
    expect(await kept(10_000)).toBeGreaterThan(40);
  });
});

describe('joining a visit to a user', () => {
  const store = () => createMemorySessionStore({ maxBytes: 1_000_000, maxEventsPerSession: 5 });
  const ann = { userId: 'ann' };
  const device = { clientId: 'device' };
  const session = { sessionId: 'session' };

  test('the user has what was done before, by session, by client, by neither and from another session', async () => {
    const { append, join, read } = store();
    await append(device, [event(1)]);
    await append(session, [event(2)]);
    expect(await join('ann', { ...session, ...device })).toBe(2);
    for (const whose of [session, device, {}, { sessionId: 'after login' }])
      expect(times(await read({ ...ann, ...whose }))).toEqual([1, 2]);
    await append({ ...session, ...device }, [event(4)]);
    await append(ann, [event(3)]);
    expect(times(await read({ ...ann, ...session }))).toEqual([1, 2, 3, 4]);
    expect(times(await read(session))).toEqual([2, 4]);
  });

  test('again it changes nothing, and what is new since then is joined', async () => {
    const { append, join, read } = store();
    await append(device, [event(1)]);
    for (const joined of [1, 0]) expect(await join('ann', device)).toBe(joined);
    await append(device, [event(2)]);
    expect(await join('ann', device)).toBe(1);
    expect(times(await read(ann))).toEqual([1, 2]);
  });

  test('on a shared device nobody sees what another did, before and after they are known', async () => {
    const { append, join, read } = store();
    await append(device, [event(1)]);
    await join('ann', device);
    await append(device, [event(2)]);
    await append({ ...device, ...ann }, [event(3)]);
    expect(await read({ ...device, userId: 'ben' })).toEqual([]);
    expect(await join('ben', device)).toBe(0);
    await append(device, [event(4)]);
    for (const whose of [device, {}])
      expect(times(await read({ ...whose, userId: 'ben' }))).toEqual('clientId' in whose ? [4] : []);
    expect(times(await read(device))).toEqual([4]);
    expect(times(await read({ ...device, ...ann }))).toEqual([1]);
  });

  test('a visit that names its user is theirs without being joined', async () => {
    const { append, read } = store();
    await append({ ...session, ...ann }, [event(1)]);
    expect(times(await read(session))).toEqual([1]);
    expect(await read({ ...session, userId: 'ben' })).toEqual([]);
    await append({ ...session, userId: 'ben' }, [event(2)]);
    expect(times(await read(session))).toEqual([2]);
  });
});
