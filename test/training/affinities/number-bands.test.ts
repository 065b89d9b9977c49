// Which bands a number field gets: as many products in each as its values allow, under edges people can read.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bandsOf, MAX_NUMBER_BANDS, parseBand } from '../../../src/core/affinity/number-bands.js';
import { type DuckDb, openDuckDb } from '../../../src/duckdb/duckdb.js';
import { readSqlFile } from '../../../src/duckdb/sql-file.js';
import { createSqlSteps, type SqlSteps } from '../../../src/duckdb/sql-steps.js';

const SQL = readSqlFile(new URL('../../../src/training/affinities/values.sql', import.meta.url));

let database: DuckDb;
let steps: SqlSteps;
beforeAll(async () => {
  database = await openDuckDb({ threads: 1 });
  steps = createSqlSteps(database.connection);
});
afterAll(() => database.close());

async function bandsFor(numbers: readonly number[]): Promise<string[]> {
  const { connection } = database;
  await connection.run('DROP TABLE IF EXISTS item_numbers; DROP TABLE IF EXISTS number_bands');
  await connection.run(
    'CREATE TABLE item_numbers (item INTEGER, scope INTEGER, field VARCHAR, number DOUBLE)',
  );
  // A second scope beside it: bands of one must not see the other's products.
  await connection.run(
    `INSERT INTO item_numbers SELECT 1, 7, 'price', unnest(CAST($numbers AS DOUBLE[]))
     UNION ALL SELECT 1, 8, 'price', 1e6 + range FROM range(20)`,
    { numbers: JSON.stringify(numbers) },
  );
  await steps.run(SQL, 'number-bands', { values: { max_bands: MAX_NUMBER_BANDS } });
  const rows = await connection.runAndReadAll(
    "SELECT value FROM number_bands WHERE scope = 7 AND field = 'price' ORDER BY lower",
  );
  return rows.getRowsJson().map(([value]) => String(value));
}

const times = (count: number, value: number) => Array.from({ length: count }, () => value);
const upTo = (last: number, of = (i: number) => i) => Array.from({ length: last }, (_, i) => of(i + 1));

describe('number bands', () => {
  test.each<[string, number[], string[]]>([
    [
      'ratings, whatever their shares',
      [...times(90, 5), ...times(9, 4), 3, 2, 1],
      ['..2', '2..3', '3..4', '4..5', '5..'],
    ],
    ['two or four doors', [2, 4, 4, 4, 4, 4, 4, 4, 4, 4], ['..4', '4..']],
    [
      'eight values, also negative and broken ones',
      [-1.5, -1, 0, 0.25, 1, 2, 3, 4],
      ['..-1', '-1..0', '0..0.2', '0.2..1', '1..2', '2..3', '3..4', '4..'],
    ],
    ['one value', [12.5, 12.5], ['..']],
    ['numbers that no engine takes in a range: no edges', [1, 2, 1e19, 1e300], ['..2', '2..']],
    [
      'hundred values: an eighth of the products each',
      upTo(100),
      ['..14', '14..26', '26..39', '39..51', '51..64', '64..76', '76..89', '89..'],
    ],
    [
      'most for nothing: they are one band, the others share what is left',
      [...times(80, 0), ...upTo(20)],
      ['..1', '1..9', '9..'],
    ],
    // The second band ends at 79.99 and the third begins at 124.99: 100 parts them.
    [
      'prices: edges are the shortest numbers between two',
      upTo(16, (i) => 5 * i * i - 0.01).flatMap((price) => [price, price]),
      ['..40', '40..100', '100..200', '200..400', '400..600', '600..800', '800..1000', '1000..'],
    ],
  ])('%s', async (_what, numbers, expected) => {
    expect(await bandsFor(numbers)).toEqual(expected);
  });

  test('every number is in exactly one band, and there are eight at most', async () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, min: -1e15, max: 1e15 }),
      fc.integer({ min: -50, max: 50 }).map((i) => i / 8),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 60 }), async (numbers) => {
        const bands = new Map((await bandsFor(numbers)).map((text) => [text, parseBand(text)]));
        expect(bands.size).toBeLessThanOrEqual(MAX_NUMBER_BANDS);
        expect(bands.size).toBeGreaterThanOrEqual(Math.min(2, new Set(numbers.map((n) => n + 0)).size));
        for (const n of numbers) expect(bandsOf([String(n)], bands)).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });
});
