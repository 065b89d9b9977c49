// The head of every SQL stage file names the tables that its statements read, create and change: no more, no fewer.
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DuckDb, openDuckDb } from '../../src/duckdb/duckdb.js';
import { readSqlFile } from '../../src/duckdb/sql-file.js';
import { tablesOf } from './tables-of.js';

const SRC = new URL('../../src/', import.meta.url);
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.sql'));

let database: DuckDb;
beforeAll(async () => {
  database = await openDuckDb({ threads: 1 });
});
afterAll(() => database.close());

interface Tables {
  readonly reads: readonly string[];
  readonly creates: readonly string[];
  readonly changes: readonly string[];
}

const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

/** The names behind `-- key:` in the head, over as many lines as there are until the next key. */
function namesOf(text: string, key: string): string[] {
  const head = text.split(/^-- name: /m)[0] ?? '';
  const [, names = ''] = new RegExp(`^-- ${key}: ((?:.*\\n)(?:--   .*\\n)*)`, 'm').exec(head) ?? [];
  return names
    .replaceAll('--', '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}

/** What stands for a table in some statement, by the head's `-- {{name}}: …`. */
function placeholderTables(text: string): [placeholder: string, tables: string[]][] {
  return [...text.matchAll(/^-- (\{\{\w+\}\}): /gm)].map(([, name = '']) => [
    name,
    namesOf(text, name.replaceAll(/[{}]/g, '\\$&')),
  ]);
}

function headOf(text: string): Tables {
  const placed = placeholderTables(text).flatMap(([, tables]) => tables);
  return {
    reads: sorted([...namesOf(text, 'reads'), ...placed]),
    creates: sorted(namesOf(text, 'creates')),
    changes: sorted(namesOf(text, 'changes')),
  };
}

/** A statement once for each table its placeholder can be; other placeholders are a clause of their own, or a value. */
function filled(statement: string, text: string): string[] {
  const placed = placeholderTables(text).find(([placeholder]) => statement.includes(placeholder));
  const variants = placed ? placed[1].map((table) => statement.replaceAll(placed[0], table)) : [statement];
  return variants.map((sql) => sql.replace(/^\s*\{\{\w+\}\}$/gm, '').replace(/\{\{\w+\}\}/g, 'NULL'));
}

/** A table that the file creates itself is not said to be read, nor to be changed. */
async function statementsOf(statements: Iterable<string>, text: string): Promise<Tables> {
  const all = { reads: [] as string[], creates: [] as string[], changes: [] as string[] };
  for (const statement of statements)
    for (const sql of filled(statement, text)) {
      const { reads, creates, changes } = await tablesOf(database.connection, sql);
      // What is read before the file creates it is another's, e.g. a view that is then replaced.
      all.reads.push(...[...reads].filter((name) => !all.creates.includes(name)));
      all.changes.push(...[...changes].filter((name) => !all.creates.includes(name)));
      all.creates.push(...creates);
    }
  return { reads: sorted(all.reads), creates: sorted(all.creates), changes: sorted(all.changes) };
}

describe('SQL stage files', () => {
  test.each(files)('%s says which tables it reads, creates and changes', async (path) => {
    const file = new URL(path, SRC);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^-- \S/);
    const statements = readSqlFile(file);
    expect(statements.size).toBe([...text.matchAll(/;$/gm)].length);
    expect(headOf(text)).toEqual(await statementsOf(statements.values(), text));
  });

  test('the check finds what it looks for', async () => {
    const head = '-- A stage.\n-- reads: a, b\n-- creates: c\n-- changes: d\n\n-- name: x\n';
    const found = (...statements: string[]) => statementsOf(statements, head);
    const held = headOf(head);
    expect(held).toEqual({ reads: ['a', 'b'], creates: ['c'], changes: ['d'] });
    const create = 'CREATE TABLE c AS WITH w AS (SELECT * FROM a) SELECT * FROM w JOIN b USING (i);';
    const change = 'DELETE FROM d WHERE i IN (SELECT i FROM c);';
    expect(await found(create, change)).toEqual(held);
    // Named and not there; there and not named, wherever it stands.
    expect(await found(create)).not.toEqual(held);
    expect(await found(create, change, 'CREATE TABLE e AS FROM a')).not.toEqual(held);
    expect((await found('UPDATE d SET i = n.i FROM n WHERE n.j = d.j')).reads).toEqual(['n']);
    expect((await found('SELECT (SELECT count(*) FROM n) WHERE i IN (SELECT i FROM main.o)')).reads).toEqual([
      'main.o',
      'n',
    ]);
    expect((await found("COPY (SELECT * FROM n) TO 'file'")).reads).toEqual(['n']);
    await expect(found('DROP TABLE a')).rejects.toThrow('not known');
    await expect(found('WITH w AS (SELECT 1) SELECT * FROM a')).rejects.toThrow('"w"');
  });
});
