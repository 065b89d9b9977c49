// The rhythm of buying: what people take again often and soon counts more than what they took once, long ago.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDuckDb } from '../../../src/duckdb/duckdb.js';
import { readSqlFile } from '../../../src/duckdb/sql-file.js';
import { createSqlSteps, type SqlSteps } from '../../../src/duckdb/sql-steps.js';

const SQL = readSqlFile(new URL('../../../src/training/affinities/buy-again.sql', import.meta.url));
const WEEK = 7 * 86_400_000;
const AS_OF = BigInt(100 * WEEK);
const HORIZON = BigInt(4 * WEEK);

let database: Awaited<ReturnType<typeof openDuckDb>>;
let steps: SqlSteps;
beforeAll(async () => {
  database = await openDuckDb({ threads: 1 });
  steps = createSqlSteps(database.connection);
  await steps.run(SQL, 'rhythm-step');
});
afterAll(() => database.close());

/**
 * People with two products each, as they stood four weeks ago: bread was taken 8 times, the last time a week before,
 * and is taken again by `again` of ten; a toaster was taken once, 40 weeks before, and never again.
 */
async function rhythmOf(people: number, again: number) {
  const { connection } = steps;
  await connection.run(`CREATE OR REPLACE TABLE signals AS
    SELECT user_number, item, 1 AS scope, 1.0 AS worth,
      CASE WHEN item = 2 THEN 1 WHEN user_number % 10 < ${again} THEN 9 ELSE 8 END AS taken,
      10 AS events,
      ${AS_OF} - CASE WHEN item = 2 THEN 44 ELSE 5 END * ${WEEK}::BIGINT AS last_taken,
      CASE item WHEN 2 THEN 1 ELSE 8 END AS taken_before,
      ${AS_OF} - CASE WHEN item = 2 THEN 44 ELSE 5 END * ${WEEK}::BIGINT AS last_before
    FROM range(${people}) AS u(user_number), range(1, 3) AS i(item)`);
  for (const table of ['rhythm', 'own_products']) await connection.run(`DROP TABLE IF EXISTS ${table}`);
  await steps.run(SQL, 'rhythm', { values: { as_of: AS_OF, horizon: HORIZON } });
  await steps.run(SQL, 'own-products', { values: { as_of: AS_OF } });
  const rows = await connection.runAndReadAll('FROM rhythm ORDER BY times, weeks');
  const own = await connection.runAndReadAll(
    'SELECT item, x FROM own_products WHERE user_number = 0 ORDER BY item',
  );
  return { rhythm: rows.getRowObjects(), own: own.getRowObjects().map(({ x }) => Number(x)) };
}

test('is how likely people take a product again, relative to the mean, shrunk by twenty cases', async () => {
  const { rhythm } = await rhythmOf(1_000, 6);
  const mean = 600 / 2_000;
  expect(rhythm).toEqual([
    { times: 0, weeks: 5, rhythm: expect.closeTo((20 * mean) / 1_020 / mean, 9) },
    { times: 3, weeks: 0, rhythm: expect.closeTo((600 + 20 * mean) / 1_020 / mean, 9) },
  ]);
});

test('raises what is due and lowers what was bought once; what nobody had that way counts as it is', async () => {
  const { own } = await rhythmOf(1_000, 6);
  // Bread stands at 9 times and 5 weeks now: no such case was seen. The toaster stays where it was learned.
  expect(own).toEqual([1, expect.closeTo((20 * 0.3) / 1_020 / 0.3, 9)]);
});

test('says nothing about what was only looked at', async () => {
  await rhythmOf(1_000, 6);
  const { connection } = steps;
  await connection.run(`INSERT INTO signals BY NAME
    SELECT 0 AS user_number, 3 AS item, 1 AS scope, 1.0 AS worth, 0 AS taken, 1 AS events, 0 AS taken_before`);
  await connection.run('DROP TABLE own_products');
  await steps.run(SQL, 'own-products', { values: { as_of: AS_OF } });
  const looked = await connection.runAndReadAll(
    'SELECT x FROM own_products WHERE user_number = 0 AND item = 3',
  );
  expect(Number(looked.getRows()[0]?.[0])).toBe(1);
});

test('is 1 where there is too little to learn it from, or nothing is taken again', async () => {
  expect((await rhythmOf(400, 6)).own).toEqual([1, 1]);
  expect((await rhythmOf(1_000, 0)).own).toEqual([1, 1]);
});
