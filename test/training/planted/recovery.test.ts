// Preferences planted in simulated people are what a training finds in them.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mean, type PlantedShop, plantShop, rankCorrelation, type TrainedShop } from './planted-shop.js';

const LEAST_EVENTS = 50;

let shop: PlantedShop;
let trained: TrainedShop;

beforeAll(async () => {
  shop = await plantShop({ users: 200, products: 1_500, events: 20_000 });
  trained = await shop.train();
});
afterAll(() => shop.close());

/** Per person with enough events: the correlation of what was planted and the ln of what scores are multiplied by. */
async function correlations(field: string, where: 'category' | 'null'): Promise<number[]> {
  const people = await shop.rows(`
    WITH busy AS (
      SELECT user_id, ${where} AS category
      FROM events JOIN products USING (object_id) GROUP BY ALL HAVING count(*) >= ${LEAST_EVENTS}
    )
    SELECT user_id, category, list(value ORDER BY value) AS values, list(preference ORDER BY value) AS preferences
    FROM planted JOIN busy USING (user_id) WHERE field = '${field}' GROUP BY ALL`);
  return Promise.all(
    people.map(async ({ user_id, category, values, preferences }) => {
      const request = { userId: String(user_id), ...(category !== null && { category: String(category) }) };
      const found = await trained.logFactors(request, field);
      const learned = (values as string[]).map((value) => found.get(value) ?? 0);
      return rankCorrelation(learned, preferences as number[]);
    }),
  );
}

test.each(['brand', 'color', 'size', 'category'])(
  'in %s, over all products: at least .8 from 50 events on',
  async (field) => {
    const found = await correlations(field, 'null');
    expect(found.length).toBeGreaterThan(100);
    expect(mean(found)).toBeGreaterThanOrEqual(0.8);
  },
);

test.each(['brand', 'color'])(
  'in %s, within a category: at least .8 from 50 events in it on',
  async (field) => {
    const found = await correlations(field, 'category');
    expect(found.length).toBeGreaterThan(50);
    expect(mean(found)).toBeGreaterThanOrEqual(0.8);
  },
);
