// What every session store must do, whatever holds the sessions: run by the tests of each of them.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ProductEvent } from '../../src/core/affinity/affinity.js';
import type { SessionEvent } from '../../src/core/event/session-event.js';
import { MAX_KEPT_EVENTS, MAX_SESSION_EVENTS, type SessionStore } from '../../src/sessions/session-store.js';
import { eventually, pause } from '../helpers/eventually.js';

/** Stores that know the same sessions, as the processes of one Kindred do; one alone for a store of one process. */
export interface OpenStores {
  readonly stores: readonly [SessionStore, ...SessionStore[]];
  close(): Promise<void>;
}

/** @param open empty stores that forget a visit after so long */
export type Open = (ttlMs?: number) => Promise<OpenStores>;

export function event(timestamp: number, values: [string, string[]][] = []): ProductEvent {
  return {
    action: 'view',
    timestamp,
    product: { objectId: `p${timestamp}`, categories: [], values: new Map(values) },
  };
}

export const times = (events: readonly SessionEvent[]) => events.map(({ timestamp }) => timestamp);
const upTo = (length: number) => Array.from({ length }, (_, at) => at + 1);

/** Visitors of their own for each test: the store may be shared with all others. */
function visitors() {
  const name = Math.random().toString(36).slice(2);
  return {
    session: { sessionId: `session ${name}` },
    device: { clientId: `device ${name}` },
    ann: { userId: `ann ${name}` },
    ben: { userId: `ben ${name}` },
  };
}

export function sessionStoreContract(open: Open): void {
  let opened: OpenStores;
  /** Each call is made through another of the stores. */
  let turn = 0;
  const next = (): SessionStore => {
    turn += 1;
    return opened.stores[turn % opened.stores.length] ?? opened.stores[0];
  };
  const append: SessionStore['append'] = (...args) => next().append(...args);
  const read: SessionStore['read'] = (...args) => next().read(...args);
  const join: SessionStore['join'] = (...args) => next().join(...args);

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  describe('a visit', () => {
    test('is empty as long as nothing is known', async () => {
      const { session, device, ann } = visitors();
      for (const whose of [session, device, ann, { ...session, ...ann }, {}])
        expect(await read(whose)).toEqual([]);
      await append({}, [event(1)]);
      expect(await read({})).toEqual([]);
    });

    test('has events and searches as they were, whatever their texts hold', async () => {
      const { session } = visitors();
      const texts = ['', '"', '[1,2]', ',', 'zoë \u{1f45f}\u2028\n', '{"a":1}', '__proto__'];
      const product = {
        objectId: 'ü"/1',
        categories: ['läufer', 'schuhe'],
        values: new Map(texts.map((t) => [t, texts])),
      };
      const events: SessionEvent[] = [
        { action: 'add "to" cart', timestamp: 1_764_110_000_001, product },
        { action: 'search', timestamp: 1_764_110_000_002, query: texts.join() },
        event(1_764_110_000_003),
      ];
      await append(session, events);
      const found = await read(session);
      expect(found.map(({ arrival: _, ...rest }) => rest)).toEqual(events);
    });

    test('is read from the oldest event to the newest, whenever they arrived', async () => {
      const { session } = visitors();
      for (const at of [3, 1, 2]) await append(session, [event(at)]);
      expect(times(await read(session))).toEqual([1, 2, 3]);
    });

    test('is found by the session, else by the client, else by the user', async () => {
      const { session, device, ann } = visitors();
      await append({ ...session, ...device }, [event(1)]);
      await append(device, [event(2)]);
      await append(ann, [event(3)]);
      expect(times(await read({ ...session, ...device }))).toEqual([1]);
      expect(times(await read(device))).toEqual([2]);
      expect(times(await read(ann))).toEqual([3]);
    });

    test('keeps what arrived last', async () => {
      const { session } = visitors();
      const all = upTo(MAX_KEPT_EVENTS + 50);
      await append(
        session,
        all.slice(0, MAX_KEPT_EVENTS).map((at) => event(at)),
      );
      const middle = (await read(session)).at(-1)?.arrival;
      await append(
        session,
        all.slice(MAX_KEPT_EVENTS).map((at) => event(at)),
      );
      expect(times(await read(session))).toEqual(all.slice(-MAX_SESSION_EVENTS));
      expect(times(await read(session, middle))).toEqual(all.slice(-MAX_SESSION_EVENTS - 50, -50));
      await append(session, [event(7)]);
      expect(times(await read(session))[0]).toBe(7);
    });

    test('appends at the same time all count, and a batch stays together', async () => {
      const { session } = visitors();
      await Promise.all(upTo(50).map((at) => append(session, [event(at), event(at)])));
      const found = await read(session);
      expect(times(found)).toEqual(upTo(50).flatMap((at) => [at, at]));
      expect(new Set(found.map(({ arrival }) => arrival)).size).toBe(50);
    });

    test('an append that is through is in the very next read, by whatever process', async () => {
      const { session } = visitors();
      for (const at of upTo(30)) {
        await append(session, [event(at)]);
        expect((await read(session)).length).toBe(at);
      }
    });

    test('can be read as it was: up to what had arrived then', async () => {
      const { session, device } = visitors();
      const marks: number[] = [];
      for (const at of [5, 1, 3]) {
        await append(session, [event(at)]);
        await append(device, [event(9)]);
        marks.push(Math.max(...(await read(session)).map(({ arrival }) => arrival)));
      }
      expect(await read(session, 0)).toEqual([]);
      const then = await Promise.all(marks.map((mark) => read(session, mark)));
      expect(then.map(times)).toEqual([[5], [1, 5], [1, 3, 5]]);
    });
  });

  describe('joining a visit to a user', () => {
    test('the user has what was done before, by session, by client, by neither and from another session', async () => {
      const { session, device, ann } = visitors();
      await append(device, [event(1)]);
      await append(session, [event(2)]);
      expect(await join(ann.userId, { ...session, ...device })).toBe(2);
      for (const whose of [session, device, {}, { sessionId: `${session.sessionId} after login` }])
        expect(times(await read({ ...ann, ...whose }))).toEqual([1, 2]);
      await append({ ...session, ...device }, [event(4)]);
      await append(ann, [event(3)]);
      expect(times(await read({ ...ann, ...session }))).toEqual([1, 2, 3, 4]);
      expect(times(await read(session))).toEqual([2, 4]);
    });

    test('again it changes nothing, and what is new since then is joined', async () => {
      const { device, ann } = visitors();
      await append(device, [event(1), event(1)]);
      for (const joined of [2, 0]) expect(await join(ann.userId, device)).toBe(joined);
      await append(device, [event(2)]);
      expect(await join(ann.userId, device)).toBe(1);
      expect(times(await read(ann))).toEqual([1, 1, 2]);
    });

    test('a visit where nothing was done yet is theirs too', async () => {
      const { session, ann, ben } = visitors();
      expect(await join(ann.userId, session)).toBe(0);
      await append(session, [event(1)]);
      expect(times(await read({ ...session, ...ann }))).toEqual([1]);
      expect(await read({ ...session, ...ben })).toEqual([]);
    });

    test('on a shared device nobody sees what another did, before and after they are known', async () => {
      const { device, ann, ben } = visitors();
      await append(device, [event(1)]);
      await join(ann.userId, device);
      await append(device, [event(2)]);
      await append({ ...device, ...ann }, [event(3)]);
      expect(await read({ ...device, ...ben })).toEqual([]);
      expect(await join(ben.userId, device)).toBe(0);
      await append(device, [event(4)]);
      expect(times(await read({ ...device, ...ben }))).toEqual([4]);
      expect(await read(ben)).toEqual([]);
      expect(times(await read(device))).toEqual([4]);
      expect(times(await read({ ...device, ...ann }))).toEqual([1]);
    });

    test('a visit that names its user is theirs without being joined', async () => {
      const { session, ann, ben } = visitors();
      await append({ ...session, ...ann }, [event(1)]);
      expect(times(await read(session))).toEqual([1]);
      expect(await read({ ...session, ...ben })).toEqual([]);
      await append({ ...session, ...ben }, [event(2)]);
      expect(times(await read(session))).toEqual([2]);
    });

    test('two users who join one device at the same time never both have it', async () => {
      for (let round = 0; round < 20; round += 1) {
        const { device, ann, ben } = visitors();
        await append(device, [event(1)]);
        const joined = await Promise.all([ann, ben].map(({ userId }) => join(userId, device)));
        expect(joined.sort()).toEqual([0, 1]);
        const seen = await Promise.all([ann, ben].map((user) => read({ ...device, ...user })));
        expect(seen.map(({ length }) => length).sort()).toEqual([0, 1]);
      }
    });
  });

  test('forgets a visit some time after its last event', async () => {
    // On a busy machine the pause between two events may be longer than a visit is kept: then it is kept longer.
    let ttlMs = 150;
    while (!(await forgetsInTime(ttlMs))) ttlMs *= 3;
  });

  /** @returns false when the machine was too slow to say */
  async function forgetsInTime(ttlMs: number): Promise<boolean> {
    const { session, device, ann, ben } = visitors();
    const short = await open(ttlMs);
    const [store] = short.stores;
    try {
      await store.append(device, [event(1)]);
      await store.join(ann.userId, device);
      let longest = 0;
      for (let round = 0; round < 4; round += 1) {
        const begun = performance.now();
        await store.append(session, [event(round)]);
        await pause(ttlMs * 0.4);
        longest = Math.max(longest, performance.now() - begun);
      }
      const begun = performance.now();
      const { length } = await store.read(session);
      if (longest + performance.now() - begun > ttlMs) return false;
      expect(length).toBe(4);
      expect(await store.read({ ...device, ...ann })).toEqual([]);
      await eventually(async () => expect(await store.read(session)).toEqual([]));
      await store.append(device, [event(2)]);
      expect(times(await store.read({ ...device, ...ben }))).toEqual([2]);
      return true;
    } finally {
      await short.close();
    }
  }
}
