// Which products speak for others, and how loudly: a person's own by what they did, a session's by how fresh they are.
import { describe, expect, test } from '@jest/globals';
import type { ProductEvent } from '../../../src/core/affinity/affinity.js';
import { ownSeeds, relatedEvidence, sessionSeeds } from '../../../src/core/boost-plan/product-boosts.js';

const weights = [
  { event: 'purchase', weight: 50 },
  { event: 'add_to_cart', weight: 30 },
  { event: 'view', weight: 20 },
];
const did = (action: string, objectId: string, category = 'shoes'): ProductEvent => ({
  action,
  timestamp: 0,
  product: { objectId, categories: [category], values: new Map() },
});
const own = (objectId: string, x: number, category = 'shoes') =>
  ({ objectId, categories: [category], x, populationX: 10, profile: 'individual' }) as const;

describe('seeds', () => {
  test('of a person are of the scope, a frequent product no louder than one', () => {
    const products = [own('h1', 5, 'hats'), own('p1', 3), own('p2', 0.5)];
    expect(ownSeeds(products, 'shoes').map(({ objectId, weight }) => [objectId, weight])).toEqual([
      ['p1', 1],
      ['p2', 0.5],
    ]);
    expect(ownSeeds(products, null)).toHaveLength(3);
  });

  const seeds = (events: readonly ProductEvent[], category: string | null = 'shoes') =>
    sessionSeeds(events, weights, category).map(({ objectId, weight }) => [objectId, weight]);

  test('of a session are its last products, the newest loudest; what is done again is the newest', () => {
    const events = ['a', 'b', 'c', 'a'].map((id) => did('click', id));
    expect(seeds(events)).toEqual([
      ['a', 1],
      ['c', 1 / 4],
      ['b', 1 / 9],
    ]);
    const many = Array.from({ length: 30 }, (_, place) => did('view', `p${place}`));
    expect(seeds(many).map(([id]) => id)).toEqual(Array.from({ length: 10 }, (_, place) => `p${29 - place}`));
  });

  test('of a session are of the scope, and of events that count', () => {
    const events = [did('view', 'a'), did('view', 'h', 'hats'), did('ponder', 'b')];
    expect(seeds(events)).toEqual([['a', 1]]);
    expect(seeds(events, null)).toEqual([
      ['h', 1],
      ['a', 1 / 4],
    ]);
  });

  test('what was taken back whole is none; what was looked at besides still is, in its place', () => {
    const taken = [did('view', 'a'), did('add_to_cart', 'b'), did('remove_from_cart', 'b')];
    expect(seeds(taken)).toEqual([['a', 1]]);
    const looked = [
      did('view', 'b'),
      did('add_to_cart', 'b'),
      did('view', 'a'),
      did('remove_from_cart', 'b'),
    ];
    expect(seeds(looked)).toEqual([
      ['a', 1],
      ['b', 1 / 4],
    ]);
  });
});

test('strengths add up over seeds, by their weight', () => {
  const next = new Map<string, [string, number, number][]>([
    [
      'p1',
      [
        ['p7', 0.5, 10],
        ['p8', 0.2, 10],
      ],
    ],
    ['p2', [['p7', 0.4, 10]]],
  ]);
  const seeds = ownSeeds([own('p1', 3), own('p2', 0.5), own('p3', 1)], null);
  expect(relatedEvidence(seeds, 'session', (objectId) => next.get(objectId))).toEqual([
    { objectId: 'p7', categories: ['shoes'], x: 0.5 + 0.5 * 0.4, populationX: 10, profile: 'session' },
    { objectId: 'p8', categories: ['shoes'], x: 0.2, populationX: 10, profile: 'session' },
  ]);
});
