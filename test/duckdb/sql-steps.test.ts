// A cancelled run stops in the middle of a statement and starts no other.
import { expect, test } from '@jest/globals';
import { openDuckDb } from '../../src/duckdb/duckdb.js';
import { createSqlSteps } from '../../src/duckdb/sql-steps.js';
import { pause } from '../helpers/eventually.js';

test('abort interrupts a running statement with the reason given', async () => {
  const database = await openDuckDb();
  try {
    const { connection } = database;
    // A join of 900 million rows: minutes, were it not interrupted.
    await connection.run(
      'CREATE TABLE signals AS SELECT 1 AS item, i AS person, 1.0 AS worth FROM range(30000) t(i)',
    );
    await connection.run(
      'CREATE TABLE item_values AS SELECT 1 AS item, 1 AS scope, i AS value_id, true AS in_all FROM range(30000) t(i)',
    );
    const controller = new AbortController();
    const steps = createSqlSteps(connection, controller.signal);
    const reason = new Error('stop');
    const running = steps.run('value-sums').then(
      () => 'finished',
      (error) => error,
    );
    await pause(200);
    const aborted = performance.now();
    controller.abort(reason);
    expect(await running).toBe(reason);
    expect(performance.now() - aborted).toBeLessThan(20_000);
    await expect(steps.run('categories')).rejects.toBe(reason);
  } finally {
    await database.close();
  }
});
