// A cancelled run stops in the middle of a statement and starts no other.
import { expect, test } from '@jest/globals';
import { openDuckDb } from '../../src/duckdb/duckdb.js';
import type { SqlFile } from '../../src/duckdb/sql-file.js';
import { createSqlSteps } from '../../src/duckdb/sql-steps.js';
import { pause } from '../helpers/eventually.js';

test.each([0, 200])('abort interrupts a statement after %i ms with the reason given', async (ms) => {
  const database = await openDuckDb();
  try {
    const { connection } = database;
    // A join of 90 billion rows: minutes, were it not interrupted.
    const file: SqlFile = new Map([
      [
        'long',
        'SELECT a.i % 7 AS rest, sum(b.i) FROM range(300000) AS a(i), range(300000) AS b(i) GROUP BY ALL',
      ],
      ['short', 'SELECT 1'],
    ]);
    const controller = new AbortController();
    const steps = createSqlSteps(connection, controller.signal);
    const reason = new Error('stop');
    const running = steps.run(file, 'long').then(
      () => 'finished',
      (error) => error,
    );
    await pause(ms);
    const aborted = performance.now();
    controller.abort(reason);
    expect(await running).toBe(reason);
    expect(performance.now() - aborted).toBeLessThan(20_000);
    await expect(steps.run(file, 'short')).rejects.toBe(reason);
  } finally {
    await database.close();
  }
});

test('a statement takes its text and the values it mentions, and resolves with rows', async () => {
  const database = await openDuckDb();
  try {
    const steps = createSqlSteps(database.connection);
    const file: SqlFile = new Map([
      ['one', 'SELECT {{columns}} FROM range($first, 9) AS numbers(n) LIMIT 2'],
    ]);
    const values = { first: 7, firstborn: 1 };
    const rows = await steps.run(file, 'one', { text: { columns: "n, '$&' AS text" }, values });
    expect(rows).toEqual([
      { n: '7', text: '$&' },
      { n: '8', text: '$&' },
    ]);
    await expect(steps.run(file, 'two')).rejects.toThrow('"two"');
  } finally {
    await database.close();
  }
});
