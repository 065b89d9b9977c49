// A category in which the user did nothing yet: their taste elsewhere counts, for fields that mean the same there.
import { expect, test } from '@jest/globals';
import type { SessionEvent } from '../../src/core/event/session-event.js';
import { individualId, type ProfileDocument, populationId } from '../../src/core/profile/profile.js';
import { planBoosts } from '../../src/profiles/plan-boosts.js';
import {
  activeModel,
  type BrandValues,
  brandModel,
  brandProfile,
  mustRead,
  readFrom,
} from '../helpers/brand-shop.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const everyone: BrandValues = [
  ['acme', 50],
  ['bolt', 50],
];

interface Shop {
  /** how far brands carry over; undefined: a version trained before that was learned */
  readonly transfer?: number;
  /** weighted events: elsewhere, and in the category of the search */
  readonly elsewhere?: number;
  readonly inCategory?: number;
  readonly session?: readonly SessionEvent[];
  readonly category?: string | null;
  readonly profiles?: Parameters<typeof brandModel>[0];
}

async function planOf({ transfer, elsewhere = 0, inCategory = 0, session = [], ...shop }: Shop) {
  const { category = 'shoes', profiles } = shop;
  const active = activeModel(brandModel(profiles));
  const population = brandProfile('population', 'all', everyone, [null]);
  const all = brandProfile('individual', 'ann', [['bolt', elsewhere + inCategory]], [null]);
  const own = brandProfile('individual', 'ann', [['bolt', inCategory]], ['shoes']);
  const documents = new Map<string, ProfileDocument>([
    [
      populationId(null),
      transfer === undefined ? population : { ...population, transfer: [['brand', transfer]] },
    ],
    [populationId('shoes'), brandProfile('population', 'all', everyone, ['shoes'])],
    [
      individualId('ann'),
      { ...all, scopes: [...(elsewhere + inCategory ? all.scopes : []), ...(inCategory ? own.scopes : [])] },
    ],
  ]);
  const visitor = await mustRead({
    active,
    identity: { userId: 'ann', sessionId: 's' },
    category,
    readProfiles: readFrom(documents),
    readSession: async () => session,
    now: () => NOW,
  });
  return planBoosts(active, visitor, 50, NOW);
}
const boltIn = async (shop: Shop) =>
  (await planOf(shop)).boosts.find(({ value }) => value === 'bolt')?.factor ?? 1;
const clicked: SessionEvent = {
  action: 'view',
  timestamp: NOW,
  product: { objectId: 'p', categories: ['shirts'], values: new Map([['brand', ['bolt']]]) },
};

test('the factor is the lift of the other categories, to the power that the field carries over', async () => {
  const p = (50 + 0.5) / (100 + 1);
  expect(await boltIn({ transfer: 0.5, elsewhere: 20 })).toBeCloseTo(((20 + 10 * p) / (10 * p)) ** 0.5, 5);
  const { profiles } = await planOf({ transfer: 0.5, elsewhere: 20 });
  expect(profiles).toEqual(['individual']);
});

test.each<[string, Shop]>([
  ['where the field means something else there', { transfer: 0, elsewhere: 20 }],
  ['of a version that did not learn it', { elsewhere: 20 }],
  ['of a user without any history', { transfer: 1 }],
  [
    'with the individual profile off',
    { transfer: 1, elsewhere: 20, profiles: { profiles: { individual: false } } },
  ],
])('nothing carries over %s', async (_, shop) => {
  expect((await planOf(shop)).boosts).toEqual([]);
});

test("the user's own events in the category count once, and the more there are, the less is carried over", async () => {
  const alone = async (inCategory: number) => boltIn({ transfer: 0, elsewhere: 20, inCategory });
  expect(await boltIn({ transfer: 1, inCategory: 2 })).toBeCloseTo(await alone(2), 9);
  const gain = async (inCategory: number) =>
    (await boltIn({ transfer: 1, elsewhere: 20, inCategory })) / (await alone(inCategory));
  expect(await gain(1)).toBeGreaterThan(await gain(6));
  expect(await gain(200)).toBeLessThan(1.01);
});

test('a session carries over too, as the session profile', async () => {
  const plan = await planOf({ transfer: 1, session: [clicked] });
  expect(plan.profiles).toEqual(['session']);
  expect(await boltIn({ transfer: 1, session: [clicked] })).toBeGreaterThan(1);
  const off = { profiles: { sessionProfile: false } };
  expect((await planOf({ transfer: 1, session: [clicked], profiles: off })).boosts).toEqual([]);
});

test('a search in all products is what it was', async () => {
  const all = { elsewhere: 20, category: null };
  expect(await planOf({ ...all, transfer: 1 })).toEqual(await planOf(all));
});
