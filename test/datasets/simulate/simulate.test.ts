// The simulated shop: the same seed gives the same bytes, sizes are exact, and what was planted can be found again.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDataset } from '../../../src/datasets/format/open-dataset.js';
import { type SimulateOptions, simulateShop } from '../../../src/datasets/simulate/simulate-shop.js';
import { type DuckDb, openDuckDb, sqlString } from '../../../src/duckdb/duckdb.js';

const SHOP = { users: 300, products: 2_000, events: 30_000, seed: 7 };

let dir: string;
let db: DuckDb;
const rows = async (sql: string) => (await db.connection.runAndReadAll(sql)).getRowObjectsJson();
const simulate = async (name: string, more: Partial<SimulateOptions> = {}) => {
  await simulateShop({ ...SHOP, out: join(dir, name), ...more });
  return join(dir, name);
};
const digest = async (shop: string) => {
  const hash = createHash('sha256');
  for (const file of (await readdir(shop)).sort()) hash.update(file).update(await readFile(join(shop, file)));
  return hash.digest('hex');
};

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kindred-test-'));
  db = await openDuckDb();
  await openDataset(db.connection, await simulate('shop'));
  await db.connection.run(
    `CREATE VIEW planted AS FROM read_parquet(${sqlString(join(dir, 'shop', 'planted.parquet'))})`,
  );
});
afterAll(async () => {
  await db.close();
  await rm(dir, { recursive: true });
});

describe('a simulated shop', () => {
  test('is the same for the same seed, another for another, and leaves no working files', async () => {
    const first = await digest(join(dir, 'shop'));
    expect(await digest(await simulate('again'))).toBe(first);
    expect(await digest(await simulate('other', { seed: 8 }))).not.toBe(first);
    expect((await readdir(dir)).sort()).toEqual(['again', 'other', 'shop']);
  });

  test('has exactly the size asked for, inside the days asked for, down to one of each', async () => {
    const [size] = await rows(`SELECT
      (SELECT count(*) FROM dataset_products)::INTEGER AS products,
      (SELECT count(*) FROM dataset_customers)::INTEGER AS users,
      count(*)::INTEGER AS events,
      count(*) FILTER (object_id NOT IN (SELECT object_id FROM dataset_products))::INTEGER AS unknown,
      min(timestamp) >= '2025-07-05' AND max(timestamp) <= '2026-01-01' AS within
      FROM dataset_events`);
    expect(size).toEqual({ products: 2_000, users: 300, events: 30_000, unknown: 0, within: true });
    const tiny = await simulate('tiny', { users: 1, products: 1, events: 1, days: 1 });
    const other = await openDuckDb();
    expect(await openDataset(other.connection, tiny)).toMatchObject({ products: 1, events: 1, customers: 1 });
    await other.close();
  });

  test('has every event type, funnels that narrow, and searches whose words are in the titles', async () => {
    const counts = new Map(
      (await rows('SELECT action_name, count(*)::INTEGER AS n FROM dataset_events GROUP BY action_name')).map(
        ({ action_name, n }) => [String(action_name), Number(n)],
      ),
    );
    const of = (action: string) => counts.get(action) ?? 0;
    expect(of('click') + of('view')).toBeGreaterThan(of('add_to_cart'));
    expect(of('add_to_cart')).toBeGreaterThan(of('purchase'));
    expect(of('purchase')).toBeGreaterThan(of('remove_from_cart'));
    expect(of('remove_from_cart')).toBeGreaterThan(0);
    expect(of('wishlist')).toBeGreaterThan(0);
    const [misses] = await rows(`SELECT count(*)::INTEGER AS searches,
      count(*) FILTER (NOT contains(lower(title), split_part(query, ' ', -1)))::INTEGER AS misses
      FROM dataset_events JOIN dataset_products USING (object_id) WHERE query IS NOT NULL`);
    expect(misses).toMatchObject({ misses: 0 });
    expect(Number(misses?.searches)).toBeGreaterThan(1_000);
  });

  test('has popular products and hardly noticed ones', async () => {
    const [skew] = await rows(`SELECT sum(n) FILTER (place <= total / 10) / sum(n) AS top
      FROM (SELECT count(*) AS n, row_number() OVER (ORDER BY count(*) DESC) AS place, count(*) OVER () AS total
        FROM dataset_events GROUP BY object_id)`);
    expect(Number(skew?.top)).toBeGreaterThan(0.25);
  });

  test.each(['category', 'brand', 'color', 'size'])(
    'what people like in %s shows in what they do: rank correlation at least .8 from 50 events on',
    async (field) => {
      // Spearman per person between the planted share and the lift over everybody, ties by their mean rank.
      const ranks = (value: string) =>
        `rank() OVER (PARTITION BY user_id ORDER BY ${value}) + (count(*) OVER (PARTITION BY user_id, ${value}) - 1) / 2`;
      const [found] = await rows(`
        WITH done AS (
          SELECT user_id, ${field} AS value, count(*) AS n
          FROM dataset_events JOIN dataset_products USING (object_id) GROUP BY ALL
        ), everybody AS (SELECT value, sum(n) / sum(sum(n)) OVER () AS share FROM done GROUP BY value),
        compared AS (
          SELECT user_id, preference, ln((coalesce(n, 0) + 100 * share) / (100 * share)) AS lift
          FROM planted JOIN everybody USING (value) LEFT JOIN done USING (user_id, value)
          WHERE field = '${field}'
            AND user_id IN (SELECT user_id FROM dataset_events GROUP BY user_id HAVING count(*) >= 50)
        ), ranked AS (SELECT user_id, ${ranks('preference')} AS planted, ${ranks('lift')} AS learned FROM compared)
        SELECT count(*)::INTEGER AS people, avg(r) AS correlation
        FROM (SELECT corr(planted, learned) AS r FROM ranked GROUP BY user_id)`);
      expect(Number(found?.people)).toBeGreaterThan(100);
      expect(Number(found?.correlation)).toBeGreaterThanOrEqual(0.8);
    },
  );

  test('people of one age share a taste', async () => {
    // The spread of a brand's mean preference between ages, beside what chance alone would give.
    const spread = (group: string) =>
      `(SELECT avg(v) FROM (SELECT var_pop(mean) AS v FROM (SELECT value, ${group} AS g, avg(preference) AS mean
         FROM planted JOIN dataset_customers USING (user_id) WHERE field = 'brand' GROUP BY ALL) GROUP BY value))`;
    const [found] = await rows(
      `SELECT ${spread('age')} AS age, ${spread("hash(user_id || 'x') % 5")} AS chance`,
    );
    expect(Number(found?.age)).toBeGreaterThan(2 * Number(found?.chance));
  });

  test('does not touch a directory that holds something', async () => {
    await mkdir(join(dir, 'full'));
    await writeFile(join(dir, 'full', 'kept.txt'), 'kept');
    await expect(simulate('full')).rejects.toMatchObject({
      code: 'out-exists',
      message: expect.stringMatching(/full is not empty; name a new directory/),
    });
    expect(await readdir(join(dir, 'full'))).toEqual(['kept.txt']);
    await expect(simulate('full/kept.txt')).rejects.toMatchObject({ code: 'out-exists' });
    await rm(join(dir, 'full'), { recursive: true });
  });
});
