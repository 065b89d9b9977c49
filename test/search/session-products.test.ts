// From a running session to a plan: what it leads to, for known and unknown visitors, under each switch.
import { expect, test } from '@jest/globals';
import type { ProductEvent } from '../../src/core/affinity/affinity.js';
import type { Model } from '../../src/core/model/model.js';
import {
  individualId,
  type ProfileDocument,
  populationId,
  productId,
} from '../../src/core/profile/profile.js';
import { planBoosts } from '../../src/profiles/plan-boosts.js';
import { activeModel, brandModel, brandProfile, mustRead, readFrom } from '../helpers/brand-shop.js';

const model = brandModel({ products: { related: 25 } });
const values = [['acme', 50] as const, ['bolt', 50] as const];
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
      ...brandProfile('population', 'all', values, [category]),
      assortment: { total: 100, products: 50 },
    },
  ]),
);
documents.set(individualId('ann'), {
  ...brandProfile('individual', 'ann', [], []),
  products: [['p3', 1, 1, 'shoes']],
});
for (const [id, bought, next] of [
  ['p1', 'b1', 'n1'],
  ['p2', 'b2', 'n2'],
  ['p3', 'b3', 'n3'],
] as const)
  documents.set(productId(id), {
    ...brandProfile('product', id, [], []),
    neighbours: neighbours(bought, next),
  });

const clicks: ProductEvent[] = ['p1', 'p2'].map((objectId) => ({
  action: 'view',
  timestamp: 0,
  product: { objectId, categories: ['shoes'], values: new Map([['brand', ['acme']]]) },
}));

/** What a search in shoes is answered with, and how often the profile index was asked. */
async function raised(profiles: Partial<Model['profiles']> = {}, userId?: string) {
  const asked: string[][] = [];
  const active = activeModel({ ...model, profiles: { ...model.profiles, ...profiles } });
  const visitor = await mustRead({
    active,
    identity: { sessionId: 's', userId },
    category: 'shoes',
    readProfiles: readFrom(documents, asked),
    readSession: async () => clicks,
    now: () => 0,
  });
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
    [populationId(null), individualId('ann'), populationId('shoes')],
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
