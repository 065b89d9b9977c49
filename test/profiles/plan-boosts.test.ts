// A plan is made once for what it is made of, and anew as soon as any of that is another.
import { expect, test } from '@jest/globals';
import type { SessionEvent } from '../../src/core/event/session-event.js';
import { modelSchema } from '../../src/core/model/model.js';
import {
  individualId,
  type ProfileDocument,
  populationId,
  productId,
} from '../../src/core/profile/profile.js';
import { boostPlanCacheKey, planBoosts } from '../../src/profiles/plan-boosts.js';
import { readInTime } from '../helpers/search-context.js';

const NOW = Date.parse('2026-03-01T12:00:30Z');
const model = modelSchema.parse({
  id: 'm',
  name: 'M',
  globalAffinityFields: [{ field: 'brand', weight: 100 }],
  eventWeights: [{ event: 'view', weight: 100 }],
  timeDecay: '7d',
  products: { related: 25 },
});
const activate = () => ({ model, version: 1, profileIndex: 'profiles', multiValuedFields: [] });
const active = activate();

function brands(kind: ProfileDocument['kind'], key: string, bolt: number): ProfileDocument {
  const values: [string, number][] = [
    ['acme', 50],
    ['bolt', bolt],
  ];
  const scopes = [null, 'shoes'].map((category) => ({
    category,
    fields: [{ field: 'brand', total: 50 + bolt, values }],
  }));
  return { kind, key, people: 1, events: 1, scopes, assortment: { total: 100, products: 10 } };
}
const product = (next: string): ProfileDocument => ({
  ...brands('product', 'seen', 0),
  neighbours: { category: null, bought_with: [], next: [[next, 0.5, 1]] },
});
const documents = () =>
  new Map([
    [populationId(null), brands('population', 'all', 50)],
    [populationId('shoes'), brands('population', 'all', 50)],
    [individualId('u1'), brands('individual', 'u1', 200)],
    [individualId('u2'), brands('individual', 'u2', 200)],
    [productId('seen'), product('led-to')],
  ]);
const known = documents();
const event = (arrival?: number): SessionEvent & { arrival?: number } => ({
  action: 'view',
  timestamp: NOW - 60_000,
  product: { objectId: 'seen', category: null, values: new Map([['brand', ['bolt']]]) },
  ...(arrival !== undefined && { arrival }),
});

interface Visit {
  readonly from?: Map<string, ProfileDocument>;
  readonly userId?: string;
  readonly sessionId?: string;
  readonly category?: string | null;
  readonly session?: ReturnType<typeof event>[];
  readonly impact?: number;
  readonly now?: number;
  readonly serving?: typeof active;
}

async function plan(visit: Visit = {}) {
  const { from = known, userId = 'u1', sessionId = 's', category = null, session = [] } = visit;
  const { impact = 50, now = NOW, serving = active } = visit;
  const visitor = await readInTime({
    active: serving,
    identity: { userId, sessionId },
    category,
    readProfiles: async (_index, ids) => ids.map((id) => from.get(id) ?? null),
    readSession: async () => session,
    deadlineMs: 1_000,
    now: () => now,
  });
  if (typeof visitor === 'string') throw new Error(visitor);
  return planBoosts(serving, visitor, impact, now);
}

test('who searches again gets the plan of before, whatever the time without a session', async () => {
  const first = await plan();
  expect(first.boosts).toHaveLength(2);
  expect(await plan()).toBe(first);
  expect(await plan({ now: NOW + 3_600_000 })).toBe(first);
  expect(await plan({ sessionId: 'another' })).toBe(first);
  const clicked = await plan({ session: [event(1), event(2)] });
  expect(await plan({ session: [event(1), event(2)], now: NOW + 29_000 })).toBe(clicked);
  expect(clicked.boosts.map(({ value }) => value)).toContain('led-to');
});

test.each<[string, Visit]>([
  ['person', { userId: 'u2' }],
  ['scope', { category: 'shoes' }],
  ['impact', { impact: 80 }],
  ['version', { serving: activate() }],
  ['profile', { from: new Map(known).set(individualId('u1'), brands('individual', 'u1', 300)) }],
  ['population', { from: new Map(known).set(populationId(null), brands('population', 'all', 90)) }],
  ['session', { session: [event(1)] }],
])('another %s is another plan', async (_, visit) => {
  expect(await plan(visit)).not.toBe(await plan());
});

test.each<[string, Visit]>([
  ['one event more', { session: [event(1), event(2)] }],
  ['another event', { session: [event(2)] }],
  ['another visitor', { session: [event(1)], sessionId: 'another' }],
  ['a minute later', { session: [event(1)], now: NOW + 30_000 }],
  [
    'neighbours trained anew',
    { session: [event(1)], from: new Map(known).set(productId('seen'), product('other')) },
  ],
])('in a session: %s', async (_, visit) => {
  const before = await plan({ session: [event(1)] });
  expect(await plan({ session: [event(1)] })).toBe(before);
  expect(await plan(visit)).not.toBe(before);
});

test('a session whose events have no order of arrival is never taken for another', async () => {
  const unordered = { session: [event()] };
  const first = await plan(unordered);
  expect(await plan(unordered)).not.toBe(first);
  expect(await plan(unordered)).toEqual(first);
});

test('equal plans have equal keys, also where they were made apart', async () => {
  const here = await plan();
  const elsewhere = await plan({ from: documents(), serving: activate() });
  expect(elsewhere).not.toBe(here);
  expect(boostPlanCacheKey(active, elsewhere)).toBe(boostPlanCacheKey(active, here));
  expect(boostPlanCacheKey(active, await plan({ impact: 80 }))).not.toBe(boostPlanCacheKey(active, here));
});
