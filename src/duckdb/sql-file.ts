// A stage file: SQL statements that run in order, each below a line `-- name: …`.
import { readFileSync } from 'node:fs';

/** Statement name → SQL without comments, in the order of the file. */
export type SqlFile = ReadonlyMap<string, string>;

/**
 * The head of a stage file names the tables it reads, creates and changes (test/duckdb/sql-files.test.ts holds that).
 * @param file e.g. `new URL('products.sql', import.meta.url)`
 */
export function readSqlFile(file: URL): SqlFile {
  const [, ...sections] = readFileSync(file, 'utf8').split(/^-- name: /m);
  return new Map(
    sections.map((section) => {
      const [name = '', ...lines] = section.split('\n');
      return [name, lines.filter((line) => !line.startsWith('--')).join('\n')];
    }),
  );
}
