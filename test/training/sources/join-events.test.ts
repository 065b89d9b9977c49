// Whose an event of nobody is: the rule in SQL against the rule in words, on whatever log there may be.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openDuckDb } from '../../../src/duckdb/duckdb.js';
import { createSqlSteps } from '../../../src/duckdb/sql-steps.js';
import { joinEvents } from '../../../src/training/sources/join-events.js';

interface Row {
  readonly time: number;
  readonly user: string | null;
  readonly client: string | null;
  readonly session: string | null;
  readonly action: string;
}

const SINCE = 3;
const rowArbitrary: fc.Arbitrary<Row> = fc.record({
  time: fc.integer({ min: 0, max: 12 }),
  user: fc.constantFrom(null, null, 'ann', 'ben'),
  client: fc.constantFrom(null, 'c1', 'c2'),
  session: fc.constantFrom(null, 's1', 's2'),
  action: fc.constantFrom('view', 'identify'),
});

/** The session's user, else the client's: who identified first at that moment or later, else last before it. */
function owner(event: Row, log: readonly Row[]): string | null {
  if (event.user !== null) return event.user;
  for (const part of ['session', 'client'] as const) {
    const logins = log
      .filter(({ action, user, time }) => action === 'identify' && user !== null && time >= SINCE)
      .filter((login) => event[part] !== null && login[part] === event[part])
      .sort((a, b) => a.time - b.time || (a.user! < b.user! ? -1 : 1));
    const later = logins.find(({ time }) => time >= event.time);
    const login = later ?? logins.at(-1);
    if (login) return login.user;
  }
  return null;
}

async function joined(log: readonly Row[]) {
  const database = await openDuckDb({ threads: 1 });
  try {
    const { connection } = database;
    await connection.run(
      `CREATE TABLE dataset_events (timestamp TIMESTAMP, user_id VARCHAR, client_id VARCHAR, session_id VARCHAR,
         action_name VARCHAR, object_id VARCHAR, query VARCHAR, quantity DOUBLE)`,
    );
    for (const [place, { time, user, client, session, action }] of log.entries())
      await connection.run(
        'INSERT INTO dataset_events VALUES (make_timestamp_ms($1::BIGINT), $2, $3, $4, $5, $6, NULL, NULL)',
        [BigInt(time), user, client, session, action, String(place)],
      );
    await joinEvents(createSqlSteps(connection), { since: SINCE });
    const found = await connection.runAndReadAll(
      `SELECT object_id::INTEGER AS place, user_id FROM joined_events WHERE action_name <> 'identify' ORDER BY place`,
    );
    return found.getRowsJson();
  } finally {
    await database.close();
  }
}

test('an event of nobody is its session’s, else its client’s user; others stay whose they are', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(rowArbitrary, { maxLength: 12 }), async (log) => {
      const expected = [...log.entries()]
        .filter(([, { action }]) => action !== 'identify')
        .map(([place, row]) => [place, owner(row, log)]);
      expect(await joined(log)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

test('on a shared device each has what came before their own login', async () => {
  const on = (time: number, user: string | null, action: string): Row => ({
    time,
    user,
    action,
    client: 'device',
    session: null,
  });
  const log = [on(4, null, 'view'), on(5, 'ann', 'identify'), on(6, null, 'view'), on(7, 'ben', 'identify')];
  expect(await joined([...log, on(9, null, 'view')])).toEqual([
    [0, 'ann'],
    [2, 'ben'],
    [4, 'ben'],
  ]);
});

test('what many users identified under is nobody’s own', async () => {
  const log = (users: number): Row[] => [
    { time: 4, user: null, client: 'web', session: null, action: 'view' },
    ...Array.from({ length: users }, (_, number) => ({
      time: 5 + number,
      user: `user${number}`,
      client: 'web',
      session: `s${number}`,
      action: 'identify',
    })),
    { time: 4, user: null, client: 'web', session: 's3', action: 'view' },
  ];
  expect(await joined(log(10))).toEqual([
    [0, 'user0'],
    [11, 'user3'],
  ]);
  expect(await joined(log(11))).toEqual([
    [0, null],
    [12, 'user3'],
  ]);
});
