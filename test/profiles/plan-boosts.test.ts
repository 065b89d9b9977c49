// A plan is made once for what it is made of, and anew as soon as any of that is another.
import { expect, test } from '@jest/globals';
import type { SessionEvent } from '../../src/core/event/session-event.js';
import {
  individualId,
  type ProfileDocument,
  populationId,
  productId,
} from '../../src/core/profile/profile.js';
import { planBoosts } from '../../src/profiles/plan-boosts.js';
import { boostPlanCacheKey } from '../../src/search/answer/x-personalization.js';
import { activeModel, brandModel, brandProfile, mustRead, readFrom } from '../helpers/brand-shop.js';

const NOW = Date.parse('2026-03-01T12:00:30Z');
const model = brandModel({ timeDecay: '7d', products: { related: 25 } });
const activate = () => activeModel(model);
const active = activate();

function brands(kind: ProfileDocument['kind'], key: string, bolt: number): ProfileDocument {
  const values = [['acme', 50] as const, ['bolt', bolt] as const];
  const assortment = { total: 100, products: 10 };
  return { ...brandProfile(kind, key, values, [null, 'shoes']), assortment };
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
  product: { objectId: 'seen', categories: [], values: new Map([['brand', ['bolt']]]) },
  ...(arrival !== undefined && { arrival }),
});

interface Request {
  readonly from?: Map<string, ProfileDocument>;
  readonly userId?: string;
  readonly sessionId?: string;
  readonly category?: string | null;
  readonly session?: ReturnType<typeof event>[];
  readonly impact?: number;
  readonly now?: number;
  readonly serving?: typeof active;
}

async function plan(request: Request = {}) {
  const { from = known, userId = 'u1', sessionId = 's', category = null, session = [] } = request;
  const { impact = 50, now = NOW, serving = active } = request;
  const visitor = await mustRead({
    active: serving,
    identity: { userId, sessionId },
    category,
    readProfiles: readFrom(from),
    readSession: async () => session,
    now: () => now,
  });
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

test.each<[string, Request]>([
  ['person', { userId: 'u2' }],
  ['scope', { category: 'shoes' }],
  ['impact', { impact: 80 }],
  ['version', { serving: activate() }],
  ['profile', { from: new Map(known).set(individualId('u1'), brands('individual', 'u1', 300)) }],
  ['population', { from: new Map(known).set(populationId(null), brands('population', 'all', 90)) }],
  ['session', { session: [event(1)] }],
])('another %s is another plan', async (_, request) => {
  expect(await plan(request)).not.toBe(await plan());
});

test.each<[string, Request]>([
  ['one event more', { session: [event(1), event(2)] }],
  ['another event', { session: [event(2)] }],
  ['another visitor', { session: [event(1)], sessionId: 'another' }],
  ['a minute later', { session: [event(1)], now: NOW + 30_000 }],
  [
    'neighbours trained anew',
    { session: [event(1)], from: new Map(known).set(productId('seen'), product('other')) },
  ],
])('in a session: %s', async (_, request) => {
  const before = await plan({ session: [event(1)] });
  expect(await plan({ session: [event(1)] })).toBe(before);
  expect(await plan(request)).not.toBe(before);
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
