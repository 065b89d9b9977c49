// People whose searches are personalized, and every plan that the proxy can make for them.
import { roundFactors } from '../../../src/core/boost-plan/binary-factors.js';
import { type BoostPlan, limitPlan } from '../../../src/core/boost-plan/boost-plan.js';
import type { SessionEvent } from '../../../src/core/event/session-event.js';
import { type Model, modelSchema } from '../../../src/core/model/model.js';
import {
  groupId,
  individualId,
  type ProfileDocument,
  populationId,
  productId,
} from '../../../src/core/profile/profile.js';
import { createRandom, type Random } from '../../../src/datasets/simulate/random.js';
import { planBoosts } from '../../../src/profiles/plan-boosts.js';
import type { ReadProfiles } from '../../../src/profiles/profile-store.js';
import { boostPlanCacheKey } from '../../../src/search/answer/x-personalization.js';
import { readInTime } from '../../helpers/search-context.js';
import { BRANDS, CATEGORIES, COLORS, OVERRIDDEN, PRODUCT_BY_ID, TAGS } from './shop.js';

export const NOW = Date.parse('2026-03-01T12:00:00Z');
/** Has everything: history, a cohort, products of their own, a running session. */
export const RICH = 'rich';
/** Nothing is known of them. */
export const STRANGER = 'stranger';
const COHORT = 'age:30';
export const IMPACTS = [50, 80];

const MULTI_VALUED = ['tags', 'weights'];
const PRICE_BANDS = ['..10', '10..20', '20..50', '50..'];
const WEIGHT_BANDS = ['..3', '3..20', '20..'];
const VALUES: Readonly<Record<string, readonly string[]>> = {
  brand: BRANDS,
  tags: TAGS,
  color: COLORS,
  price: PRICE_BANDS,
  weights: WEIGHT_BANDS,
};
const SCOPES = [null, ...CATEGORIES];

const model: Model = modelSchema.parse({
  id: 'm',
  name: 'M',
  globalAffinityFields: [
    { field: 'brand', weight: 40 },
    { field: 'tags', weight: 30 },
    { field: 'price', weight: 15 },
    { field: 'weights', weight: 15 },
  ],
  categoryOverrides: [
    {
      categories: OVERRIDDEN,
      fields: [
        { field: 'color', weight: 60 },
        { field: 'brand', weight: 40 },
      ],
    },
  ],
  group: { by: 'demographic', attributes: ['age'] },
  products: { buyAgain: 35, related: 25 },
  eventWeights: [{ event: 'view', weight: 100 }],
});

export const ACTIVE = { model, version: 1, profileIndex: 'profiles', multiValuedFields: MULTI_VALUED };

type Scope = ProfileDocument['scopes'][number];

/** @param known the part of all values that it has */
function scope(category: string | null, random: Random, most: number, known = 1): Scope {
  const fields = Object.entries(VALUES).map(([field, names]) => {
    const values = names
      .filter(() => random() < known)
      .map((name): [string, number] => [name, Math.ceil(random() * most)]);
    const total = values.reduce((sum, [, x]) => sum + x, 0);
    const sorted = values.sort(([, a], [, b]) => b - a);
    const [band] = names.filter((name) => name.includes('..'));
    return { field, total, values: sorted, ...(band !== undefined && { bands: true as const }) };
  });
  return { category, fields };
}

function profile(kind: ProfileDocument['kind'], key: string, scopes: readonly Scope[]): ProfileDocument {
  return { kind, key, people: 1, events: 1, scopes: [...scopes] };
}

const categoryOf = (id: string) => PRODUCT_BY_ID.get(id)?.categories[0] ?? null;
/** Every twelfth product is their own; each leads to the one behind it. */
const OWNED = [...PRODUCT_BY_ID.keys()].filter((_id, i) => i % 12 === 0);

const documents = new Map<string, ProfileDocument>([
  [
    individualId(RICH),
    {
      ...profile(
        'individual',
        RICH,
        SCOPES.map((category, i) => scope(category, createRandom(1, i), category === null ? 30 : 6, 0.5)),
      ),
      cohort: COHORT,
      products: OWNED.map((id, i) => [id, 3 + (i % 5), 20 + i, categoryOf(id)]),
    },
  ],
  ...SCOPES.map((category, i): [string, ProfileDocument] => [
    populationId(category),
    {
      ...profile('population', 'all', [scope(category, createRandom(2, i), 900)]),
      assortment: { total: 5_000, products: PRODUCT_BY_ID.size },
    },
  ]),
  ...SCOPES.map((category, i): [string, ProfileDocument] => [
    groupId(COHORT, category),
    profile('group', COHORT, [scope(category, createRandom(3, i), 600)]),
  ]),
  ...OWNED.map((id, i): [string, ProfileDocument] => [
    productId(id),
    {
      ...profile('product', id, []),
      neighbours: {
        category: categoryOf(id),
        bought_with: [[String(Number(id) + 1), 0.3 + (i % 4) / 10, 15]],
        next: [[String(Number(id) + 2), 0.2 + (i % 3) / 10, 15]],
      },
    },
  ]),
]);

const SESSION: readonly SessionEvent[] = OWNED.slice(3, 8).flatMap((id) => {
  const product = PRODUCT_BY_ID.get(id);
  return product ? [{ action: 'view', timestamp: NOW - 60_000, product }] : [];
});

export const readProfiles: ReadProfiles = async (_index, ids) => ids.map((id) => documents.get(id) ?? null);
export const readSession = async ({ userId }: { readonly userId?: string }) =>
  userId === RICH ? SESSION : [];

/** By `X-Kindred-Cache-Key`: which plan an answer was made with, asking the answer alone. */
export async function allPlans(): Promise<ReadonlyMap<string, BoostPlan>> {
  const plans = new Map<string, BoostPlan>();
  for (const category of SCOPES) {
    const visitor = await readInTime({
      active: ACTIVE,
      identity: { userId: RICH },
      category,
      readProfiles,
      readSession,
      deadlineMs: 1_000,
      now: () => NOW,
    });
    if (typeof visitor === 'string') throw new Error(visitor);
    for (const impact of IMPACTS) {
      const whole = planBoosts(ACTIVE, visitor, impact, NOW);
      for (const plan of [whole, limitPlan(whole), roundFactors(whole)])
        plans.set(boostPlanCacheKey(ACTIVE, plan), plan);
    }
  }
  return plans;
}
