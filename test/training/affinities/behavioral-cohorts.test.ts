// Behavioral cohorts: planted ones are found, every user whose affinities say something is placed, nobody else is.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDuckDb } from '../../../src/duckdb/duckdb.js';
import { createSqlSteps } from '../../../src/duckdb/sql-steps.js';
import { computeAffinities } from '../../../src/training/affinities/compute-affinities.js';
import { findCentres } from '../../../src/training/affinities/k-means.js';
import { openDatasetSource } from '../../../src/training/sources/dataset-source.js';
import { pause } from '../../helpers/eventually.js';
import { behavioralModel, userOf, writeCohortShop } from '../cohort-shop.js';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kindred-test-'));
  await writeCohortShop(join(dir, 'shop'), 60);
  await writeCohortShop(join(dir, 'tiny'), 40);
});
afterAll(() => rm(dir, { recursive: true }));

async function formed(shop: string, threads: number) {
  const database = await openDuckDb({ threads });
  try {
    const steps = createSqlSteps(database.connection);
    const source = await openDatasetSource(steps, join(dir, shop));
    const window = { asOf: Date.parse('2026-03-01T12:00:00Z'), since: null };
    const {
      cohortDefinitions: tastes,
      cohorts,
      notes,
    } = await computeAffinities(steps, source, behavioralModel('m'), window, () => {});
    const rows = await database.connection.runAndReadAll('SELECT user_id, cohort FROM users');
    const members = new Map(rows.getRowsJson().map(([user, cohort]) => [String(user), cohort]));
    return { tastes, cohorts, notes, members };
  } finally {
    await database.close();
  }
}

test('people land in the cohort of their taste, one view is enough, and what they like is said', async () => {
  const { tastes, cohorts, notes, members } = await formed('shop', 2);
  expect(cohorts).toBe(2);
  const of = (taste: 'warm' | 'cool') =>
    new Set(Array.from({ length: 60 }, (_, number) => members.get(userOf(taste, number))));
  const [warm, cool] = [[...of('warm')], [...of('cool')]];
  expect([warm.length, cool.length]).toEqual([1, 1]);
  expect(new Set([...warm, ...cool])).toEqual(new Set(['taste 1', 'taste 2']));
  expect(members.get('one-view')).toBe(cool[0]);
  expect(members.has('put-back')).toBe(false);
  expect(members.has('idle')).toBe(false);
  const likes = tastes?.cohorts.find(({ cohort }) => cohort === warm[0])?.likes;
  expect(likes).toContain('color red');
  expect(notes).toEqual([expect.stringContaining(`${warm[0]}: ${likes?.join(', ')}`)]);
});

test('the same data form the same cohorts, whatever the number of threads', async () => {
  const [one, two] = [await formed('shop', 1), await formed('shop', 2)];
  expect(two.tastes).toEqual(one.tastes);
  expect(two.members).toEqual(one.members);
});

test('too few people form none, and the run says so', async () => {
  const { tastes, cohorts, notes, members } = await formed('tiny', 2);
  expect({ tastes, cohorts }).toEqual({ tastes: null, cohorts: 0 });
  expect(new Set(members.values())).toEqual(new Set([null]));
  expect(notes).toEqual([expect.stringMatching(/no behavioral cohorts.*50 people/)]);
});

test('a run cancelled in the middle of clustering ends within a second', async () => {
  const database = await openDuckDb();
  try {
    const controller = new AbortController();
    const steps = createSqlSteps(database.connection, controller.signal);
    // Nothing to find: k-means goes round and round.
    const random = (seed: number) => Math.abs(Math.sin(seed * 12.9898) * 43_758.5453) % 1;
    const vectors = Array.from({ length: 5_000 }, (_, row) =>
      Array.from({ length: 128 }, (_, column) => random(row * 128 + column)),
    );
    const running = findCentres(vectors, 24, steps).then(
      () => 'finished',
      (error) => error,
    );
    await pause(50);
    const aborted = performance.now();
    const reason = new Error('stop');
    controller.abort(reason);
    expect(await running).toBe(reason);
    expect(performance.now() - aborted).toBeLessThan(3_000);
  } finally {
    await database.close();
  }
});
