// A search goes on without what is missing: the history counts without the session, the session without the history.
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { Identity } from '../../../src/core/event/identity.js';
import type { SessionEvent } from '../../../src/core/event/session-event.js';
import { individualId, type ProfileDocument, populationId } from '../../../src/core/profile/profile.js';
import type { EngineClient } from '../../../src/engine/client/client.js';
import { planBoosts } from '../../../src/profiles/plan-boosts.js';
import { createProfileStore } from '../../../src/profiles/profile-store.js';
import { createProfileLookup, type ProfileSources } from '../../../src/search/visitor/profile-lookup.js';
import { createMemoryPageOrderStore } from '../../../src/sessions/memory-stores.js';
import { activeModel, brandModel, brandProfile } from '../../helpers/brand-shop.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const DEADLINE_MS = 60;
const LATE_MS = 4 * DEADLINE_MS;
const documents = new Map<string, ProfileDocument>([
  [
    populationId(null),
    brandProfile('population', 'all', [
      ['acme', 90],
      ['bolt', 90],
    ]),
  ],
  [individualId('ann'), brandProfile('individual', 'ann', [['acme', 9]])],
]);
const clicked: SessionEvent = {
  action: 'view',
  timestamp: NOW,
  product: { objectId: 'p', categories: [], values: new Map([['brand', ['bolt']]]) },
};
const never = () => new Promise<never>(() => {});
const down = async () => Promise.reject(new Error('down'));

/** The real cache in front of an index that answers after `profilesMs`, with the population in memory. */
async function shop(change: Partial<ProfileSources> = {}) {
  const slowness = { profilesMs: 0, failing: false };
  const asked: string[] = [];
  const mget = async (_index: string, ids: readonly string[]) => {
    asked.push(...ids);
    await wait(slowness.profilesMs);
    if (slowness.failing) throw new Error('down');
    return ids.map((id) => {
      const source = documents.get(id);
      return source ? { id, source } : null;
    });
  };
  const engine = { mget } as unknown as Pick<EngineClient, 'mget'>;
  const store = createProfileStore(engine, { maxBytes: 1e7, ttlMs: 60_000, negativeTtlMs: 60_000 });
  const active = activeModel(brandModel());
  await store.read(active.profileIndex, [populationId(null)]);
  const lookUp = createProfileLookup({
    readProfiles: store.read,
    readSession: async () => [clicked],
    deadlineMs: DEADLINE_MS,
    now: () => NOW,
    ...change,
  });
  async function search(identity: Identity = { userId: 'ann', sessionId: 's' }, laterPage = false) {
    const begun = performance.now();
    const found = await lookUp({ active, identity, category: null, listKey: [identity], laterPage });
    const ms = performance.now() - begun;
    if (typeof found === 'string') return { outcome: found, ms };
    const plan = planBoosts(active, found.profiles, 50, NOW);
    return { outcome: plan.profiles.join('+'), partial: found.partial, ms };
  }
  return { search, slowness, asked };
}

test('with both in time both count, and nothing is missing', async () => {
  const { search } = await shop();
  expect(await search()).toMatchObject({ outcome: 'individual+session', partial: undefined });
});

describe('the history without the session', () => {
  test.each<[string, ProfileSources['readSession'], string]>([
    ['of a store that is down', down, 'profile-error'],
    ['of a store that hangs', never, 'profile-timeout'],
    ['of a store that is slow', () => wait(LATE_MS, [clicked]), 'profile-timeout'],
  ])('%s', async (_, readSession, partial) => {
    const { search } = await shop({ readSession });
    expect(await search()).toMatchObject({ outcome: 'individual', partial });
  });

  test('a store that is down costs no time', async () => {
    const { search } = await shop({ readSession: down, deadlineMs: 60_000 });
    expect((await search()).ms).toBeLessThan(30_000);
  });

  test('page orders that hang with it are done without too', async () => {
    const pageOrders = { read: never, write: never };
    const { search } = await shop({ readSession: never, pageOrders });
    expect(await search()).toMatchObject({ outcome: 'individual', partial: 'profile-timeout' });
    expect(await search(undefined, true)).toMatchObject({ outcome: 'individual' });
  });

  test('pages behind it keep to what ranked the first', async () => {
    let readSession: ProfileSources['readSession'] = never;
    const { search } = await shop({
      // The store tells what arrived up to the moment of the first page.
      readSession: (identity, upTo) => readSession(identity).then((events) => (upTo === 0 ? [] : events)),
      pageOrders: createMemoryPageOrderStore(),
    });
    expect(await search()).toMatchObject({ outcome: 'individual' });
    readSession = async () => [clicked];
    expect(await search(undefined, true)).toMatchObject({ outcome: 'individual', partial: undefined });
  });

  test('a visitor without a history has nothing left: the reason is the session’s', async () => {
    const { search } = await shop({ readSession: down });
    expect(await search({ sessionId: 's' })).toMatchObject({ outcome: '', partial: 'profile-error' });
  });
});

describe('the session without the history', () => {
  test('of an index that is slow; the read goes on, and the next search finds it in memory', async () => {
    const { search, slowness, asked } = await shop();
    slowness.profilesMs = LATE_MS;
    expect(await search()).toMatchObject({ outcome: 'session', partial: 'profile-timeout' });
    await wait(2 * LATE_MS);
    expect(await search()).toMatchObject({ outcome: 'individual+session', partial: undefined });
    expect(asked.filter((id) => id === individualId('ann'))).toHaveLength(1);
  });

  test('of an index that is down', async () => {
    const { search, slowness } = await shop();
    slowness.failing = true;
    expect(await search()).toMatchObject({ outcome: 'session', partial: 'profile-error' });
  });
});

test('without the population nothing can be ranked', async () => {
  const { search } = await shop({ readProfiles: never });
  expect((await search()).outcome).toBe('profile-timeout');
  const { search: failing } = await shop({ readProfiles: down });
  expect((await failing()).outcome).toBe('profile-error');
});

test('what arrived while the process was too busy to look is not missing', async () => {
  const { search, slowness } = await shop({ readSession: () => wait(DEADLINE_MS / 4, [clicked]) });
  slowness.profilesMs = DEADLINE_MS / 4;
  const searching = search();
  const busyUntil = performance.now() + 3 * DEADLINE_MS;
  await Promise.resolve();
  while (performance.now() < busyUntil);
  expect(await searching).toMatchObject({ outcome: 'individual+session', partial: undefined });
});
