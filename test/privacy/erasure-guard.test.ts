// The guard over what a proxy has in memory: who was erased is not served, not even what was on its way just then.
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { SessionEvent } from '../../src/core/event/session-event.js';
import { individualId, type ProfileDocument } from '../../src/core/profile/profile.js';
import type { EngineClient } from '../../src/engine/client/client.js';
import type { Tombstone } from '../../src/engine/documents/tombstones.js';
import { userHash } from '../../src/engine/documents/user-hash.js';
import { createErasureGuard } from '../../src/privacy/erasure-guard.js';

const START = Date.parse('2026-03-01T12:00:00Z');
let written: Tombstone[];
let forgotten: string[][];
const held = [individualId('ann'), individualId('ben'), 'population:all:'];

beforeEach(() => {
  jest.useFakeTimers({ now: START, doNotFake: ['setImmediate', 'nextTick'] });
  written = [];
  forgotten = [];
});
afterEach(() => void jest.useRealTimers());

function guardOf() {
  const scan = async function* () {
    yield written.map((record) => ({ id: record.hash, source: { record }, fields: {} }));
  } as unknown as EngineClient['scan'];
  const store = {
    forget: async (isMeant: (id: string) => boolean) => void forgotten.push(held.filter(isMeant)),
  };
  return createErasureGuard({ engine: { scan }, store, now: Date.now });
}
const stone = (user: string, at: number, visits: string[] = []): Tombstone => ({
  hash: userHash(user),
  at,
  visits: visits.map(userHash),
});
const profile = (key: string) => ({ key }) as ProfileDocument;
const read = async (_index: string, ids: readonly string[]) => ids.map(profile);

test('a profile is not served, and forgotten twice: at once, and when what was on its way has come', async () => {
  const guard = guardOf();
  const served = async () => (await guard.profiles(read)('i', held)).map((found) => found?.key);
  expect(await served()).toEqual(held);
  written = [stone('ann', START)];
  await guard.refresh();
  expect(await served()).toEqual([undefined, held[1], held[2]]);
  expect(forgotten).toEqual([[held[0]]]);
  await guard.refresh();
  expect(forgotten).toHaveLength(1);
  jest.advanceTimersByTime(120_000);
  expect(forgotten).toEqual([[held[0]], [held[0]]]);
  expect(await served()).toEqual(held);
  // Erased again, gone again.
  written = [stone('ann', Date.now())];
  await guard.refresh();
  expect(await served()).toEqual([undefined, held[1], held[2]]);
  guard.stop();
});

test('of a session that was theirs, by whatever id it is read, only what came later is left', async () => {
  const guard = guardOf();
  const event = (timestamp: number): SessionEvent => ({ action: 'search', timestamp, query: 'x' });
  const events = [event(START - 1), event(START), event(START + 1)];
  const times = async (whose: object) =>
    (await guard.sessions(async () => events)(whose)).map(({ timestamp }) => timestamp - START);
  written = [stone('ann', START, ['session:s1', 'client:c1'])];
  await guard.refresh();
  for (const whose of [{ userId: 'ann' }, { sessionId: 's1' }, { clientId: 'c1', sessionId: 's9' }])
    expect(await times(whose)).toEqual([1]);
  for (const whose of [{}, { userId: 'ben' }, { sessionId: 's2', clientId: 'c2' }, { sessionId: 'c1' }])
    expect(await times(whose)).toEqual([-1, 0, 1]);
  guard.stop();
});

test('what was known stays known while tombstones cannot be read', async () => {
  const guard = guardOf();
  written = [stone('ann', START)];
  await guard.refresh();
  Object.defineProperty(written, 'map', {
    value: () => {
      throw new Error('gone');
    },
  });
  await expect(guard.refresh()).rejects.toThrow('gone');
  expect((await guard.profiles(read)('i', held))[0]).toBeNull();
  guard.stop();
});
