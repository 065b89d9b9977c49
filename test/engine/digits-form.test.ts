// On real engines: long lists sent as the digits of their factors score as one function for each boost does.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { roundFactors } from '../../src/core/boost-plan/binary-factors.js';
import { type Boost, type BoostPlan, ID_FIELD } from '../../src/core/boost-plan/boost-plan.js';
import { engines } from '../helpers/engines.js';
import { type BoostedShop, createBoostedShop, PRODUCTS } from './boosted-shop.js';

const size = PRODUCTS.length;
const query = { match_all: {} };

/** Values that products have between others that none has. */
function long(field: string, values: readonly string[], more: Partial<Boost> = {}): Boost[] {
  const all = values.flatMap((value, i) => [value, ...Array.from({ length: 9 }, (_, n) => `none-${i}-${n}`)]);
  return all.map((value, i) => ({
    field,
    value,
    factor: 0.4 + (i % 17) / 5,
    profile: 'individual',
    ...more,
  }));
}

const ids = PRODUCTS.map(({ id }) => id);
const brands = ['acme', 'b"ra\\nd', 'zoë'];
const PLANS: Readonly<Record<string, readonly Boost[]>> = {
  'values of a field': long('brand', brands),
  'products for two reasons': [
    ...long(ID_FIELD, ids.slice(0, 40), { product: 'buy_again' }),
    ...long(ID_FIELD, ids.slice(20), { product: 'related' }),
  ],
  'a field with several values': long('tags', ['red', 'blue', 'green']),
  'overrides beside the global list': [
    ...long('brand', brands),
    ...long('brand', brands, { categories: ['shoes', 'shirts'] }),
  ],
};

describe.each(engines())('$kind', ({ kind }) => {
  let shop: BoostedShop;
  beforeAll(async () => {
    shop = await createBoostedShop(kind);
  });
  afterAll(() => shop.close());

  test.each(Object.entries(PLANS))('%s', async (_name, boosts) => {
    const plan: BoostPlan = roundFactors({
      category: null,
      profiles: ['individual'],
      boosts,
      overridden: boosts.some(({ categories }) => categories) ? ['shoes', 'shirts'] : [],
      maxBoost: 1e4,
    });
    const scores = async (one: BoostPlan) => {
      const { body } = shop.rewritten({ query, size }, '', { names: false, plan: one });
      const { hits } = (await shop.send(body)).hits;
      return { text: JSON.stringify(body), scores: new Map(hits.map(({ _id, _score }) => [_id, _score])) };
    };
    const singly = await scores({ ...plan, rounded: false });
    const digits = await scores(plan);
    expect(digits.text.split('"weight"').length).toBeLessThan(singly.text.split('"weight"').length);
    expect(digits.scores.size).toBe(PRODUCTS.length);
    expect(new Set(digits.scores.values()).size).toBeGreaterThan(2);
    for (const [id, score] of singly.scores)
      expect((digits.scores.get(id) ?? 0) / (score ?? 0)).toBeCloseTo(1, 4);
  });
});
