// Reading the log's queries gives way to what else the process does, and to cancellation.
import { expect, test } from '@jest/globals';
import { openDuckDb } from '../../../src/duckdb/duckdb.js';
import { createSqlSteps } from '../../../src/duckdb/sql-steps.js';
import { writeQueryValues } from '../../../src/training/affinities/query-values.js';

test('many queries are read in turns, of which a cancelled run starts no other', async () => {
  const database = await openDuckDb({ threads: 1 });
  try {
    const { connection } = database;
    await connection.run(`CREATE TABLE user_queries AS
      SELECT 'u' AS user_id, 'red number ' || i AS query, 1.0 AS worth, 1 AS events FROM range(1000) t(i)`);
    await connection.run(
      `CREATE TABLE affinity_values AS SELECT 1 AS value_id, 'color' AS field, 'red' AS value`,
    );
    await connection.run(`CREATE TABLE categories AS SELECT 1 AS scope, 'shoes' AS category`);
    await connection.run('CREATE TABLE category_separator (separator VARCHAR)');
    const controller = new AbortController();
    const steps = createSqlSteps(connection, controller.signal);
    let turns = 0;
    let last = Number.POSITIVE_INFINITY;
    const pause = async () => {
      if (++turns === last) controller.abort(new Error('stop'));
      await steps.pause();
    };
    await writeQueryValues({ ...steps, pause });
    const [count] = (await connection.runAndReadAll('SELECT count(*) FROM query_values')).getRowsJson();
    expect(count).toEqual(['2000']);
    expect(turns).toBeGreaterThan(10);
    [turns, last] = [0, 3];
    await expect(writeQueryValues({ ...steps, pause })).rejects.toThrow('stop');
    expect(turns).toBe(3);
  } finally {
    await database.close();
  }
});
