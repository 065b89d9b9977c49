// From a running session to a plan: what it leads to, for known and unknown visitors, under each switch.
import { expect, test } from '@jest/globals';
import type { ProductEvent } from '../../src/core/affinity/affinity.js';
import { type Model, modelSchema } from '../../src/core/model/model.js';
import {
  individualId,
  type ProfileDocument,
  populationId,
  productId,
} from '../../src/core/profile/profile.js';
import { planBoosts } from '../../src/profiles/plan-boosts.js';
import { readInTime } from '../helpers/search-context.js';

const model = modelSchema.parse({
  id: 'm',
  name: 'M',
  globalAffinityFields: [{ field: 'brand', weight: 100 }],
  eventWeights: [{ event: 'view', weight: 100 }],
  products: { related: 25 },
});
const about = { people: 1, events: 1, scopes: [] };
const values: [string, number][] = [
  ['acme', 50],
  ['bolt', 50],
];
const neighbours = (bought: string, next: string): ProfileDocument['neighbours'] => ({
  category: 'shoes',
  bought_with: [[bought, 0.2, 1]],
  next: [
    [next, 0.2, 1],
    ['p1', 0.2, 1],
  ],
});
const documents = new Map<string, ProfileDocument>(
  [null, 'shoes'].map((category) => [
    populationId(category),
    {
      ...about,
      kind: 'population',
      key: 'all',
      scopes: [{ category, fields: [{ field: 'brand', total: 100, values }] }],
      assortment: { total: 100, products: 50 },
    },
  ]),
);
documents.set(individualId('ann'), {
  ...about,
  kind: 'individual',
  key: 'ann',
  products: [['p3', 1, 1, 'shoes']],
});
for (const [id, bought, next] of [
  ['p1', 'b1', 'n1'],
  ['p2', 'b2', 'n2'],
  ['p3', 'b3', 'n3'],
] as const)
  documents.set(productId(id), { ...about, kind: 'product', key: id, neighbours: neighbours(bought, next) });

const clicks: ProductEvent[] = ['p1', 'p2'].map((objectId) => ({
  action: 'view',
  timestamp: 0,
  product: { objectId, category: 'shoes', values: new Map([['brand', ['acme']]]) },
}));

/** What a search in shoes is answered with, and how often the profile index was asked. */
async function raised(profiles: Partial<Model['profiles']> = {}, userId?: string) {
  const asked: (readonly string[])[] = [];
  const active = {
    model: { ...model, profiles: { ...model.profiles, ...profiles } },
    version: 1,
    profileIndex: 'memory',
    multiValuedFields: [],
  };
  const visitor = await readInTime({
    active,
    identity: { sessionId: 's', ...(userId !== undefined && { userId }) },
    category: 'shoes',
    readProfiles: async (_, ids) => {
      asked.push(ids);
      return ids.map((id) => documents.get(id) ?? null);
    },
    readSession: async () => clicks,
    deadlineMs: 1_000,
    now: () => 0,
  });
  if (typeof visitor === 'string') throw new Error(visitor);
  const { boosts } = planBoosts(active, visitor, 50, 0);
  return { boosts: boosts.map(({ value, profile }) => `${value} ${profile}`), asked };
}

test('a visitor nobody knows gets what the session leads to, but for what it has seen', async () => {
  const { boosts } = await raised();
  expect(boosts).toEqual(['acme session', 'n2 session', 'n1 session']);
});

test('history and session are asked for together, after the session is known', async () => {
  const { boosts, asked } = await raised({}, 'ann');
  expect(boosts).toEqual(['acme session', 'n2 session', 'b3 individual', 'n1 session']);
  expect(asked).toEqual([
    [populationId(null), populationId('shoes'), individualId('ann')],
    [productId('p3'), productId('p2'), productId('p1')],
  ]);
});

test('each switch takes its own part away', async () => {
  expect((await raised({ sessionProfile: false }, 'ann')).boosts).toEqual([
    'n2 session',
    'b3 individual',
    'n1 session',
  ]);
  expect((await raised({ individual: false }, 'ann')).boosts).toEqual([
    'acme session',
    'n2 session',
    'n1 session',
  ]);
  expect((await raised({ inSession: false }, 'ann')).boosts).toEqual(['b3 individual']);
});
