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
    expect(await createMemorySessionStore({ maxSessions: 10 }).read('session:nobody')).toEqual([]);
  });

  test('keeps the newest events of each session, oldest first', async () => {
    const store = createMemorySessionStore({ maxSessions: 10, maxEventsPerSession: 3 });
    await store.append('session:a', [event(1), event(2)]);
    await store.append('session:a', [event(3), event(4)]);
    await store.append('session:b', [event(9)]);
    expect(times(await store.read('session:a'))).toEqual([2, 3, 4]);
    expect(times(await store.read('session:b'))).toEqual([9]);
  });

  test('concurrent appends all count, and a read is not changed by a later append', async () => {
    const store = createMemorySessionStore({ maxSessions: 10 });
    await store.append('session:a', [event(0)]);
    const before = await store.read('session:a');
    await Promise.all(Array.from({ length: 50 }, (_, at) => store.append('session:a', [event(at + 1)])));
    expect((await store.read('session:a')).length).toBe(51);
    expect(times(before)).toEqual([0]);
  });

  test('forgets the least recently used session, and every session in time', async () => {
    const store = createMemorySessionStore({ maxSessions: 2, ttlMs: 30 });
    for (const key of ['a', 'b', 'c']) await store.append(key, [event(1)]);
    expect(await store.read('a')).toEqual([]);
    expect((await store.read('c')).length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await store.read('c')).toEqual([]);
  });
});
