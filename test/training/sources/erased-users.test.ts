// What a training sees of erased people: the rule in SQL against the rule in words, on whatever log there may be.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openDuckDb } from '../../../src/duckdb/duckdb.js';
import { createSqlSteps } from '../../../src/duckdb/sql-steps.js';
import { userHash } from '../../../src/engine/documents/user-hash.js';
import { leaveOutErasedCustomers, leaveOutErasedEvents } from '../../../src/training/sources/erased-users.js';

interface Row {
  readonly time: number;
  readonly user: string | null;
  readonly client: string | null;
  readonly session: string | null;
  readonly action: string;
}

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
      .filter(({ action, user }) => action === 'identify' && user !== null)
      .filter((login) => event[part] !== null && login[part] === event[part])
      .sort((a, b) => a.time - b.time || (a.user! < b.user! ? -1 : 1));
    const login = logins.find(({ time }) => time >= event.time) ?? logins.at(-1);
    if (login) return login.user;
  }
  return null;
}

async function kept(log: readonly Row[], erased: ReadonlyMap<string, number>) {
  const database = await openDuckDb({ threads: 1 });
  try {
    const { connection } = database;
    await connection.run(
      `CREATE TABLE log (timestamp TIMESTAMP, user_id VARCHAR, client_id VARCHAR, session_id VARCHAR,
         action_name VARCHAR, object_id VARCHAR, query VARCHAR)`,
    );
    await connection.run('CREATE VIEW dataset_events AS FROM log');
    await connection.run("CREATE VIEW dataset_customers AS SELECT unnest(['ann', 'ben', 'cleo']) AS user_id");
    for (const [place, { time, user, client, session, action }] of log.entries())
      await connection.run(
        'INSERT INTO log VALUES (make_timestamp_ms($1::BIGINT), $2, $3, $4, $5, $6, NULL)',
        [BigInt(time), user, client, session, action, String(place)],
      );
    const steps = createSqlSteps(connection);
    const tombstones = [...erased].map(([user, at]) => ({ hash: userHash(user), at, visits: [] }));
    await leaveOutErasedEvents(steps, tombstones);
    await leaveOutErasedCustomers(steps, tombstones);
    const rows = async (sql: string) =>
      (await connection.runAndReadAll(sql)).getRows().map(([value]) => value);
    return {
      events: await rows('SELECT object_id::INTEGER AS place FROM dataset_events ORDER BY place'),
      customers: await rows('SELECT user_id FROM dataset_customers ORDER BY user_id'),
    };
  } finally {
    await database.close();
  }
}

test('gone is what was theirs up to the erasure; the rest stays, every event once', async () => {
  const erasedArbitrary = fc.record({
    ann: fc.option(fc.integer({ min: 0, max: 12 })),
    ben: fc.option(fc.integer({ min: 0, max: 12 })),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(rowArbitrary, { maxLength: 12 }), erasedArbitrary, async (log, who) => {
      const erased = new Map(
        Object.entries(who).flatMap(([user, at]) => (at === null ? [] : [[user, at] as const])),
      );
      const gone = (event: Row) => event.time <= (erased.get(owner(event, log) ?? '') ?? -1);
      const { events, customers } = await kept(log, erased);
      const stay = log.map((event, place) => ({ event, place })).filter(({ event }) => !gone(event));
      expect(events).toEqual(stay.map(({ place }) => place));
      const active = new Set(stay.map(({ event }) => event.user));
      expect(customers).toEqual(
        ['ann', 'ben', 'cleo'].filter((user) => !erased.has(user) || active.has(user)),
      );
    }),
    { numRuns: 40 },
  );
});
