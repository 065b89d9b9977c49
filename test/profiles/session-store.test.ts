// The session store in memory: bounded, forgetful, and whole under concurrency.
import { describe, expect, test } from '@jest/globals';
import type { ProductEvent } from '../../src/core/affinity.js';
import { createMemorySessionStore } from '../../src/profiles/session-store.js';

function event(timestamp: number): ProductEvent {
  return {
    action: 'view',
    timestamp,
    product: { objectId: `p${timestamp}`, category: null, values: new Map() },
  };
}
const times = (events: readonly ProductEvent[]) => events.map(({ timestamp }) => timestamp);

describe('createMemorySessionStore', () => {
  test('an unknown session is empty', async () => {
    expect(await createMemorySessionStore({ maxBytes: 1_000_000 }).read('session:nobody')).toEqual([]);
  });

  test('keeps the newest events of each session, oldest first', async () => {
    const store = createMemorySessionStore({ maxBytes: 1_000_000, maxEventsPerSession: 3 });
    await store.append('session:a', [event(1), event(2)]);
    await store.append('session:a', [event(3), event(4)]);
    await store.append('session:b', [event(9)]);
    expect(times(await store.read('session:a'))).toEqual([2, 3, 4]);
    expect(times(await store.read('session:b'))).toEqual([9]);
  });

  test('concurrent appends all count, and a read is not changed by a later append', async () => {
    const store = createMemorySessionStore({ maxBytes: 1_000_000 });
    await store.append('session:a', [event(0)]);
    const before = await store.read('session:a');
    await Promise.all(Array.from({ length: 50 }, (_, at) => store.append('session:a', [event(at + 1)])));
    expect((await store.read('session:a')).length).toBe(51);
    expect(times(before)).toEqual([0]);
  });

  test('forgets the least recently used session, and every session in time', async () => {
    const store = createMemorySessionStore({ maxBytes: 1_200, ttlMs: 30 });
    for (const key of ['a', 'b', 'c']) await store.append(key, [event(1)]);
    expect(await store.read('a')).toEqual([]);
    expect((await store.read('c')).length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await store.read('c')).toEqual([]);
  });

  test('products with long values make room for fewer sessions', async () => {
    const kept = async (length: number) => {
      const store = createMemorySessionStore({ maxBytes: 1_000_000 });
      const values = new Map([['brand', ['x'.repeat(length)]]]);
      const product = { objectId: 'p', category: null, values };
      const keys = Array.from({ length: 3_000 }, (_, at) => `session:${at}`);
      for (const key of keys) await store.append(key, [{ action: 'view', timestamp: 1, product }]);
      return (await Promise.all(keys.map(store.read))).filter(({ length }) => length > 0).length;
    };
    expect(await kept(10)).toBeGreaterThan(1_000);
    expect(await kept(10_000)).toBeLessThan(50);
    expect(await kept(10_000)).toBeGreaterThan(40);
  });
});
