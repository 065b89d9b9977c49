// The door for datasets: good directories in both formats, and one clear line for every bad one.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDataset } from '../../../src/datasets/format/open-dataset.js';
import { type DuckDb, openDuckDb, sqlString } from '../../../src/duckdb/duckdb.js';

const PRODUCT = '{"object_id":"a","title":"A","category":"c"}\n';
const EVENT =
  '{"timestamp":"2026-01-31T12:00:00Z","user_id":"u","session_id":"s","action_name":"view","object_id":"a"}\n';

let dir: string;
let db: DuckDb;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kindred-test-'));
  db = await openDuckDb({ threads: 1 });
});
afterEach(async () => {
  await db.close();
  await rm(dir, { recursive: true });
});

async function files(contents: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(contents)) await writeFile(join(dir, name), text);
}

async function rows(sql: string): Promise<unknown[]> {
  return (await db.connection.runAndReadAll(sql)).getRowObjectsJson();
}

/** What opening says when `products`, `events` and `customers` (NDJSON) are these. */
async function refusal(products: string, events: string, customers?: string): Promise<string> {
  await files({ 'products.ndjson': products, 'events.ndjson': events });
  if (customers !== undefined) await files({ 'customers.ndjson': customers });
  return openDataset(db.connection, dir).then(
    () => 'opened',
    (error) => `${error.code} ${error.message}`,
  );
}

describe('a good directory', () => {
  test.each([
    ['VARCHAR', '7', '7'],
    ['VARCHAR', '"shoes"', 'shoes'],
    ['VARCHAR[]', '["sale","shoes"]', ['sale', 'shoes']],
    ['VARCHAR[]', '[2,103]', ['2', '103']],
  ])('a category may be %s: %s', async (type, category, read) => {
    await files({
      'products.ndjson': `{"object_id":"a","title":"A","category":${category}}`,
      'events.ndjson':
        '{"timestamp":"2026-01-31T12:00:00Z","user_id":"u","session_id":"s","action_name":"view","object_id":"a"}',
    });
    expect((await openDataset(db.connection, dir)).category).toBe(type);
    expect(await rows('SELECT category FROM dataset_products')).toEqual([{ category: read }]);
  });

  test('in NDJSON: ids become text, attributes keep their kind, timestamps are UTC, gaps are null', async () => {
    await files({
      'products.ndjson': [
        '{"object_id":9007199254740993,"title":"A","category":"c","colors":["red",7],"price":1,"on_sale":true,"since":"2020-01-01","mixed":1}',
        '{"object_id":"x/ü \\"1\\"","title":null,"category":null,"price":2.5,"mixed":"two"}',
      ].join('\n'),
      'events.ndjson': [
        '{"timestamp":"2026-01-31T12:00:00+02:00","user_id":12,"session_id":"","action_name":"view","object_id":9007199254740993,"query":"red","quantity":"2.5"}',
        '{"timestamp":"2026-01-31 12:00:00","user_id":null,"session_id":"s","action_name":"view","object_id":"gone","quantity":"no"}',
      ].join('\n'),
      'customers.ndjson': '{"user_id":12,"age":"65+","size":2}\n',
    });
    const tables = await openDataset(db.connection, dir);
    expect(tables).toMatchObject({
      products: 2,
      events: 2,
      customers: 1,
      customerAttributes: ['age', 'size'],
    });
    expect(tables.attributes).toEqual([
      { name: 'colors', type: 'VARCHAR[]' },
      { name: 'price', type: 'DOUBLE' },
      { name: 'on_sale', type: 'BOOLEAN' },
      { name: 'since', type: 'VARCHAR' },
      { name: 'mixed', type: 'VARCHAR' },
    ]);
    expect(await rows('FROM dataset_products ORDER BY object_id')).toEqual([
      {
        object_id: '9007199254740993',
        title: 'A',
        category: 'c',
        colors: ['red', '7'],
        price: 1,
        on_sale: true,
        since: '2020-01-01',
        mixed: '1',
      },
      expect.objectContaining({ object_id: 'x/ü "1"', title: null, colors: null, mixed: 'two' }),
    ]);
    expect(await rows('FROM dataset_events ORDER BY timestamp')).toEqual([
      {
        timestamp: '2026-01-31 10:00:00',
        user_id: '12',
        client_id: null,
        session_id: null,
        action_name: 'view',
        object_id: '9007199254740993',
        query: 'red',
        quantity: 2.5,
      },
      expect.objectContaining({
        timestamp: '2026-01-31 12:00:00',
        user_id: null,
        query: null,
        quantity: null,
      }),
    ]);
    expect(await rows('FROM dataset_customers')).toEqual([{ user_id: '12', age: '65+', size: '2' }]);
  });

  test('in Parquet: the same views, with TIMESTAMPTZ read as UTC and no customers', async () => {
    const copy = (sql: string, name: string) =>
      db.connection.run(`COPY (${sql}) TO ${sqlString(join(dir, name))} (FORMAT parquet)`);
    await copy(
      "SELECT 7 AS object_id, 'A' AS title, 'c' AS category, 1.5::DECIMAL(5,2) AS price, 3::UTINYINT AS stars, DATE '2020-01-01' AS since, [1, 2] AS sizes",
      'products.parquet',
    );
    await copy(
      "SELECT TIMESTAMPTZ '2026-01-31 12:00:00+02' AS timestamp, 5 AS user_id, 's' AS session_id, 'view' AS action_name, 7 AS object_id",
      'events.parquet',
    );
    const tables = await openDataset(db.connection, dir);
    expect(tables).toMatchObject({ products: 1, events: 1, customers: 0, customerAttributes: [] });
    expect(tables.attributes.map(({ type }) => type)).toEqual(['DOUBLE', 'BIGINT', 'VARCHAR', 'BIGINT[]']);
    expect(await rows('FROM dataset_events')).toEqual([
      {
        timestamp: '2026-01-31 10:00:00',
        user_id: '5',
        client_id: null,
        session_id: 's',
        action_name: 'view',
        object_id: '7',
        query: null,
        quantity: null,
      },
    ]);
    expect(await rows('FROM dataset_customers')).toEqual([]);
  });
});

describe('a bad directory says where and what to do', () => {
  test('no products, or both formats of one file', async () => {
    await expect(openDataset(db.connection, join(dir, 'none'))).rejects.toThrow(/none: has neither products/);
    await files({ 'products.ndjson': PRODUCT, 'products.parquet': '' });
    await expect(openDataset(db.connection, dir)).rejects.toThrow(
      /products: is there as .parquet and as .ndjson/,
    );
  });

  test.each([
    ['line', `${PRODUCT}nope\n`, EVENT, /products.ndjson: line 2 is not valid JSON \(invalid literal\)/],
    [
      'line of events',
      PRODUCT,
      `${EVENT.repeat(3)}{"timestamp":\n`,
      /events.ndjson: line 4 is not valid JSON/,
    ],
    ['no object', PRODUCT, `${EVENT}[1]\n`, /events.ndjson: is empty, or a line is not a JSON object/],
    [
      'missing column',
      '{"object_id":"a","name":"A"}\n',
      EVENT,
      /products.ndjson: has no column "title", "category"; it has/,
    ],
    [
      'missing column of events',
      PRODUCT,
      '{"time":"2026-01-31T12:00:00Z","user_id":"u","session_id":"s","action_name":"view"}\n',
      /events.ndjson: has no column "timestamp", "object_id"; it has/,
    ],
    ['no object, late', PRODUCT, `${EVENT.repeat(30_000)}5\n`, /events.ndjson: line 30001: Expected OBJECT/],
    ['empty file', PRODUCT, '', /events.ndjson: is empty, or/],
    [
      'timestamp',
      PRODUCT,
      EVENT.replace('2026-01-31', '31.1.26'),
      /events.ndjson: column "timestamp": "31.1.26T12:00:00Z" is not a date/,
    ],
    [
      'epoch number',
      PRODUCT,
      EVENT.replace(/"2026[^"]*"/, '1700000000'),
      /"1700000000" is not a date and time; write ISO/,
    ],
    [
      'NaN',
      PRODUCT.replace('}', ',"price":NaN}'),
      EVENT,
      /products.ndjson, column "price": product "a" has a number that is not finite/,
    ],
    [
      'overflow',
      PRODUCT.replace('}', ',"prices":[1.5,1e400]}'),
      EVENT,
      /column "prices": product "a" has a number that is not/,
    ],
    [
      'object',
      PRODUCT.replace('}', ',"brand":{"name":"x"}}'),
      EVENT,
      /column "brand": holds STRUCT.*flatten it/,
    ],
    ['twice', PRODUCT.repeat(2), EVENT, /column "object_id": "a" is there more than once/],
    ['no id', PRODUCT.replace('"a"', 'null'), EVENT, /column "object_id": a row has no id/],
    [
      'long id',
      PRODUCT.replace('"a"', `"${'ü'.repeat(257)}"`),
      EVENT,
      /column "object_id": an id has more than 512 bytes/,
    ],
  ])('%s', async (_, products, events, message) => {
    expect(await refusal(products, events)).toMatch(message);
  });

  test('customers twice', async () => {
    expect(await refusal(PRODUCT, EVENT, '{"user_id":"u"}\n{"user_id":"u"}\n')).toMatch(
      /customers.ndjson, column "user_id": "u" is there more than once/,
    );
  });

  test('a truncated Parquet file, ids with fractions', async () => {
    await files({ 'products.parquet': 'PAR1 and nothing more', 'events.ndjson': EVENT });
    await expect(openDataset(db.connection, dir)).rejects.toMatchObject({
      code: 'bad-dataset',
      message: expect.stringMatching(/^products.parquet: cannot be read \(.*; write the file again$/),
    });
    await db.connection.run(
      `COPY (SELECT 1.0::DOUBLE AS object_id, 'A' AS title, 'c' AS category) TO ${sqlString(join(dir, 'products.parquet'))}`,
    );
    await expect(openDataset(db.connection, dir)).rejects.toThrow(/"object_id": holds fractions/);
  });
});
