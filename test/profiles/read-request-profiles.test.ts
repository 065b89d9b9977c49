// Which cohort speaks for a visitor: the trained one, else the one that the session shows.
import { expect, test } from '@jest/globals';
import type { ProductEvent } from '../../src/core/affinity/affinity.js';
import type { Model } from '../../src/core/model/model.js';
import {
  COHORT_DEFINITIONS_ID,
  groupId,
  individualId,
  type ProfileDocument,
  populationId,
} from '../../src/core/profile/profile.js';
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
const brands = (kind: ProfileDocument['kind'], key: string, values: BrandValues) =>
  brandProfile(kind, key, values, [null, 'shoes']);
const population: BrandValues = [
  ['acme', 300],
  ['bolt', 300],
  ['cord', 300],
];
const documents = new Map<string, ProfileDocument>([
  [populationId(null), brands('population', 'all', population)],
  [populationId('shoes'), brands('population', 'all', population)],
  [individualId('known'), { ...brands('individual', 'known', [['acme', 3]]), cohort: 'taste 1' }],
  [
    COHORT_DEFINITIONS_ID,
    {
      ...brands('tastes', 'all', []),
      tastes: {
        values: [
          ['brand', 'acme', 1 / 3, 1],
          ['brand', 'bolt', 1 / 3, 1],
          ['brand', 'cord', 1 / 3, 1],
        ],
        cohorts: [
          { cohort: 'taste 1', likes: ['brand acme'], centre: [0.8, -0.4, -0.4] },
          { cohort: 'taste 2', likes: ['brand bolt'], centre: [-0.6, 0.4, 0.2] },
        ],
      },
    },
  ],
]);
for (const category of [null, 'shoes']) {
  documents.set(groupId('taste 1', category), brands('group', 'taste 1', [['acme', 900]]));
  documents.set(
    groupId('taste 2', category),
    brands('group', 'taste 2', [
      ['bolt', 500],
      ['cord', 400],
    ]),
  );
}

const event = (brand: string): ProductEvent => ({
  action: 'view',
  timestamp: NOW,
  product: { objectId: brand, categories: ['shoes'], values: new Map([['brand', [brand]]]) },
});

async function visit(session: string[], userId?: string, changes: Partial<Model> = {}) {
  const active = activeModel(brandModel({ group: { by: 'behavioral' }, ...changes }));
  const asked: string[][] = [];
  const visitor = await mustRead({
    active,
    identity: { sessionId: 's', userId },
    category: 'shoes',
    readProfiles: readFrom(documents, asked),
    readSession: async () => session.map(event),
    now: () => NOW,
  });
  return { asked: asked.flat(), cohort: visitor.group?.key, plan: planBoosts(active, visitor, 50, NOW) };
}

test('a visitor without history is placed by the session, and the cohort raises what they have not seen', async () => {
  for (const userId of [undefined, 'unknown']) {
    const { cohort, plan } = await visit(['bolt'], userId);
    expect(cohort).toBe('taste 2');
    expect(plan.profiles).toEqual(['session', 'group']);
    const factors = new Map(plan.boosts.map(({ value, factor }) => [value, factor]));
    expect(factors.get('cord')).toBeGreaterThan(1);
    expect(factors.get('bolt')).toBeGreaterThan(factors.get('cord')!);
  }
});

test('the trained cohort stays, whatever the session shows', async () => {
  expect((await visit(['bolt', 'cord'], 'known')).cohort).toBe('taste 1');
});

test('a session that says nothing of taste places nobody', async () => {
  expect((await visit([])).cohort).toBeUndefined();
  expect((await visit(['unheard of'])).cohort).toBeUndefined();
});

test('switches take the cohort away, and demographic cohorts ask for no tastes', async () => {
  const on = { inSession: true, sessionProfile: true, individual: true, group: true };
  for (const part of ['group', 'inSession', 'sessionProfile'])
    expect((await visit(['bolt'], undefined, { profiles: { ...on, [part]: false } })).cohort).toBeUndefined();
  const demographic = await visit(['bolt'], 'known', { group: { by: 'demographic', attributes: ['age'] } });
  expect(demographic.asked).not.toContain(COHORT_DEFINITIONS_ID);
  expect(demographic.cohort).toBe('taste 1');
});

const path = (category: string | null, events: number, separator?: string): [string, ProfileDocument] => [
  populationId(category),
  { ...brandProfile('population', 'all', population, [category]), events, ...(separator && { separator }) },
];
const tree = [path('Men', 400), path('Men > Shoes', 90), path('Men > Shoes > Clogs', 3)];
const few = [path('Men', 40), path('Men > Shoes', 9)];
const arrows: [string, ProfileDocument] = path(null, 900, ' > ');

test.each<[string | null, string | null, [string, ProfileDocument][]]>([
  ['Men > Shoes', 'Men > Shoes', [arrows, ...tree]],
  ['Men > Shoes > Clogs', 'Men > Shoes', [arrows, ...tree]],
  ['Men > Shoes > Clogs > Blue', 'Men > Shoes', [arrows, ...tree]],
  ['Men > Hats', 'Men', [arrows, ...tree]],
  ['Women > Shoes', null, [arrows, ...tree]],
  ['Men > Shoes', 'Men', [arrows, ...few]],
  [null, null, [arrows, ...tree]],
  // Names that only look like paths have no parents, however little is known of them.
  ['Men > Shoes > Clogs', 'Men > Shoes > Clogs', [path(null, 900), ...tree]],
  ['Men > Hats', null, [path(null, 900), ...tree]],
  ['Men > Hats', null, [path(null, 900, '/'), ...tree]],
])('%j is ranked by %j', async (category, scope, profiles) => {
  const visitor = await mustRead({
    active: activeModel(brandModel()),
    identity: { userId: 'u' },
    category,
    readProfiles: readFrom(new Map(profiles)),
    readSession: async () => [],
    now: () => NOW,
  });
  expect([visitor.category, visitor.named]).toEqual([scope, category]);
});
