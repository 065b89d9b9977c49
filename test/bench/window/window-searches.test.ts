// The searches of the window study: many matches, each by a user with events there, half of all users left out.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type StudiedSearch, studiedSearches } from '../../../src/bench/window/window-searches.js';
import { simulateShop } from '../../../src/datasets/simulate/simulate-shop.js';
import { type DuckDb, openDuckDb } from '../../../src/duckdb/duckdb.js';
import { createSqlSteps, type SqlSteps } from '../../../src/duckdb/sql-steps.js';
import { openDatasetSource } from '../../../src/training/sources/dataset-source.js';

let folder: string;
let database: DuckDb;
let steps: SqlSteps;
let searches: StudiedSearch[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kindred-test-'));
  const out = join(folder, 'shop');
  await simulateShop({ users: 200, products: 8_000, events: 10_000, seed: 3, out });
  database = await openDuckDb();
  steps = createSqlSteps(database.connection);
  await openDatasetSource(steps, out);
  searches = await studiedSearches(steps, 12);
});

afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

async function one(sql: string, values: string[]): Promise<number> {
  const reader = await database.connection.runAndReadAll(sql, values);
  return Number(reader.getRows()[0]?.[0]);
}

test('are as many of either kind, and the same ones each time', async () => {
  expect(searches.filter(({ kind }) => kind === 'category')).toHaveLength(12);
  expect(searches.filter(({ kind }) => kind === 'words')).toHaveLength(12);
  expect(await studiedSearches(steps, 12)).toEqual(searches);
});

test('match as many as they say, 500 or 1,000 at least, and who searches has been there', async () => {
  for (const { kind, text, matches, userId } of searches) {
    const found =
      kind === 'category' ? 'category = $1' : "' ' || lower(title) || ' ' LIKE '% ' || $1 || ' %'";
    const products = await one(`SELECT count(*) FROM dataset_products WHERE ${found}`, [text]);
    // A word can also stand beside a hyphen.
    expect(matches).toBeGreaterThanOrEqual(products);
    expect(matches).toBeGreaterThanOrEqual(kind === 'category' ? 500 : 1_000);
    if (kind === 'words') continue;
    expect(matches).toBe(products);
    const events = `SELECT count(*) FROM dataset_events JOIN dataset_products USING (object_id) WHERE ${found} AND user_id = $2`;
    expect(await one(events, [text, userId])).toBeGreaterThan(0);
  }
});

test('ask for development people only', () => {
  for (const { userId } of searches) expect(crc32(userId) & 1).toBe(0);
});
