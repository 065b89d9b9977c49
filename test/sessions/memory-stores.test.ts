// The session store of one process: what every session store does, and bounded by memory.
import { describe, expect, test } from '@jest/globals';
import { createMemorySessionStore } from '../../src/sessions/memory-stores.js';
import { event, sessionStoreContract, times } from './session-store.contract.js';

describe('sessions in memory', () => {
  sessionStoreContract(async (ttlMs) => ({
    stores: [createMemorySessionStore({ maxBytes: 10_000_000, ttlMs })],
    close: async () => {},
  }));

  test('what was read is not changed by a later append', async () => {
    const store = createMemorySessionStore({ maxBytes: 1_000_000 });
    await store.append({ sessionId: 'a' }, [event(0)]);
    const before = await store.read({ sessionId: 'a' });
    await store.append({ sessionId: 'a' }, [event(1)]);
    expect(times(before)).toEqual([0]);
  });

  test('the least recently used session makes room', async () => {
    const store = createMemorySessionStore({ maxBytes: 1_400 });
    for (const sessionId of ['a', 'b', 'c']) await store.append({ sessionId }, [event(1)]);
    expect(await store.read({ sessionId: 'a' })).toEqual([]);
    expect((await store.read({ sessionId: 'c' })).length).toBe(1);
  });

  test('products with long values make room for fewer sessions', async () => {
    const kept = async (length: number) => {
      const store = createMemorySessionStore({ maxBytes: 1_000_000 });
      const keys = Array.from({ length: 3_000 }, (_, at) => ({ sessionId: `${at}` }));
      for (const key of keys) await store.append(key, [event(1, [['brand', ['x'.repeat(length)]]])]);
      return (await Promise.all(keys.map((key) => store.read(key)))).filter((found) => found.length > 0)
        .length;
    };
    expect(await kept(10)).toBeGreaterThan(1_000);
    expect(await kept(10_000)).toBeLessThan(50);
    expect(await kept(10_000)).toBeGreaterThan(40);
  });
});
