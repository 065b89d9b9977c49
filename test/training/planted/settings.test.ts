// Each setting moves rankings as a merchandiser would expect, on a simulated shop with more planted in it.
import { afterEach, describe, expect, test } from '@jest/globals';
import { DAY_MS, type ProductEvent } from '../../../src/core/affinity/affinity.js';
import type { Model } from '../../../src/core/model/model.js';
import { END, mean, type PlantedShop, plantShop, rankCorrelation, type TrainedShop } from './planted-shop.js';

const SIZE = { users: 60, products: 600, events: 5_000 };

let shop: PlantedShop;
afterEach(() => shop.close());

/** Events that everyone does now: on a brand of each person's own, which has nothing to do with their taste. */
const newBrand = (action: string, times: number) => `
  WITH brands AS (SELECT list(DISTINCT brand ORDER BY brand) AS names FROM products),
  chosen AS (SELECT user_id, names[(1 + hash(user_id) % len(names))::INTEGER] AS brand FROM customers, brands)
  FROM events UNION ALL
  SELECT TIMESTAMP '2025-12-25' + to_minutes(i::INTEGER), user_id, user_id || '-new', '${action}', object_id, NULL
  FROM (
    SELECT user_id, object_id, row_number() OVER (PARTITION BY user_id ORDER BY hash(user_id || object_id)) AS i
    FROM chosen JOIN products USING (brand)
  )
  WHERE i <= ${times}`;

async function people(): Promise<string[]> {
  return (await shop.rows('SELECT user_id FROM customers ORDER BY user_id')).map(({ user_id }) =>
    String(user_id),
  );
}

/** How far up, on average, products of people's new brand are: 1 is the top, 0 the bottom. */
async function newBrandHeight(trained: TrainedShop): Promise<number> {
  const brands = [...new Set(shop.products.map((product) => product.values.get('brand')?.[0] ?? ''))].sort();
  const chosen = await shop.rows(
    `SELECT user_id, (hash(user_id) % ${brands.length})::INTEGER AS brand FROM customers`,
  );
  const heights = await Promise.all(
    chosen.map(async ({ user_id, brand }) => {
      const scores = await trained.logMultipliers({ userId: String(user_id) });
      const its = shop.products.flatMap(({ values }, i) =>
        values.get('brand')?.[0] === brands[Number(brand)] ? [scores[i] ?? 0] : [],
      );
      return mean(its.map((score) => scores.filter((other) => other < score).length / scores.length));
    }),
  );
  return mean(heights);
}

test('raising an event’s weight moves rankings toward what that event is done with', async () => {
  shop = await plantShop(SIZE, { events: newBrand('pin', 20) });
  const heights: number[] = [];
  for (const weight of [0, 10, 50, 95]) {
    const eventWeights = [
      { event: 'purchase', weight: 100 - weight },
      { event: 'pin', weight },
    ];
    heights.push(await newBrandHeight(await shop.train({ eventWeights })));
  }
  expect(heights).toEqual([...heights].sort((a, b) => a - b));
  expect((heights.at(-1) ?? 0) - (heights[0] ?? 1)).toBeGreaterThan(0.2);
});

test('a shorter decay follows a change of taste', async () => {
  shop = await plantShop(SIZE, { events: newBrand('purchase', 8) });
  const heights: number[] = [];
  for (const timeDecay of ['all', '60d', '30d', '14d'] as const)
    heights.push(await newBrandHeight(await shop.train({ timeDecay })));
  expect(heights).toEqual([...heights].sort((a, b) => a - b));
  expect((heights.at(-1) ?? 0) - (heights[0] ?? 1)).toBeGreaterThan(0.1);
});

test('an override for one category leaves the order of every other untouched', async () => {
  shop = await plantShop(SIZE);
  const categories = [...new Set(shop.products.flatMap(({ categories }) => categories))];
  const [overridden = ''] = categories;
  const override = { categories: [overridden], fields: [{ field: 'size', weight: 100 }] };
  const [plain, changed] = [await shop.train(), await shop.train({ categoryOverrides: [override] })];
  let moved = 0;
  // Mixed results, and the pages of single categories.
  for (const userId of await people())
    for (const page of [undefined, ...categories]) {
      const request = { userId, ...(page !== undefined && { category: page }) };
      const [before, after] = [await plain.logMultipliers(request), await changed.logMultipliers(request)];
      for (const shown of page === undefined ? categories : [page]) {
        const orderOf = (scores: readonly number[]) =>
          order(scores.filter((_, i) => shop.products[i]?.categories.includes(shown)));
        if (shown !== overridden) expect(orderOf(after)).toEqual(orderOf(before));
        else if (orderOf(after).join() !== orderOf(before).join()) moved++;
      }
    }
  expect(moved).toBeGreaterThan(SIZE.users);
});

/** Places from the highest score; scores that differ by less than a billionth are equal. */
function order(scores: readonly number[]): number[] {
  const rounded = scores.map((score) => Math.round(score * 1e9));
  const sorted = [...new Set(rounded)].sort((a, b) => b - a);
  return rounded.map((score) => sorted.indexOf(score));
}

describe('each switch of a profile changes exactly the people it should', () => {
  const ON: Model['profiles'] = { inSession: true, sessionProfile: true, individual: true, group: true };
  // A third are in no cohort, a fifth have never done anything.
  const log = {
    customers: `FROM customers WHERE hash(user_id) % 3 > 0`,
    events: `FROM events WHERE hash(user_id || 'new') % 5 > 0`,
  };

  async function changedBy(off: Partial<Model['profiles']>, session: readonly ProductEvent[]) {
    const [on, without] = [
      await shop.train({ profiles: ON }),
      await shop.train({ profiles: { ...ON, ...off } }),
    ];
    const changed: string[] = [];
    for (const userId of await people()) {
      const [before, after] = [
        await on.logMultipliers({ userId, session }),
        await without.logMultipliers({ userId, session }),
      ];
      if (before.some((score, i) => Math.abs(score - (after[i] ?? 0)) > 1e-9)) changed.push(userId);
    }
    return changed;
  }

  async function peopleOf(sql: string): Promise<string[]> {
    return (await shop.rows(sql)).map(({ user_id }) => String(user_id));
  }

  test('individual, group and session, each alone', async () => {
    shop = await plantShop(SIZE, log);
    const clicked: ProductEvent[] = shop.products.slice(0, 5).map((product) => ({
      action: 'view',
      timestamp: END - DAY_MS / 1_440,
      product,
    }));
    const withHistory = await peopleOf(`SELECT DISTINCT user_id FROM (${log.events}) ORDER BY user_id`);
    // Who is left out of their own cohort must find somebody else's events in it.
    const withCohort = await peopleOf(`
      WITH members AS (${log.customers}), active AS (SELECT DISTINCT user_id FROM (${log.events}))
      SELECT user_id FROM members AS m
      WHERE EXISTS (
        FROM members AS o JOIN active AS a ON a.user_id = o.user_id
        WHERE o.age = m.age AND o.income = m.income AND o.user_id <> m.user_id
      )
      ORDER BY user_id`);
    expect(await changedBy({ individual: false }, [])).toEqual(withHistory);
    expect(await changedBy({ group: false }, [])).toEqual(withCohort);
    for (const off of [{ inSession: false }, { sessionProfile: false }]) {
      expect(await changedBy(off, clicked)).toEqual(await people());
      expect(await changedBy(off, [])).toEqual([]);
    }
  });
});

test('impact 0 is exactly OFF, and order changes grow with it', async () => {
  shop = await plantShop(SIZE);
  const base = shop.popularity.map((popularity) => Math.log(popularity) / 2);
  const likeness: number[] = [];
  for (const impact of [0, 25, 50, 75, 100]) {
    const trained = await shop.train({ impact });
    const each = await Promise.all(
      (await people()).slice(0, 40).map(async (userId) => {
        const scores = await trained.logMultipliers({ userId });
        if (impact === 0) expect(new Set(scores)).toEqual(new Set([0]));
        return rankCorrelation(
          base,
          scores.map((score, i) => score + (base[i] ?? 0)),
        );
      }),
    );
    likeness.push(mean(each));
  }
  expect(likeness[0]).toBeCloseTo(1, 9);
  for (const [step, less] of likeness.slice(1).entries()) expect(less).toBeLessThan(likeness[step] ?? 0);
});
