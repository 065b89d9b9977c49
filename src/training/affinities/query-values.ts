// Which values and categories the log's queries name, as a table that SQL can join.
import { INTEGER, VARCHAR } from '@duckdb/node-api';
import { createQueryReader } from '../../core/affinity/query-values.js';
import { createRowWriter } from '../../duckdb/row-writer.js';
import { readSqlFile } from '../../duckdb/sql-file.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';

const SQL = readSqlFile(new URL('query-values.sql', import.meta.url));

const ALL_PRODUCTS = 0;
/** Stands for every category, in the searches of queries that name none. */
const NO_CATEGORY = -1;
/** Queries read between two pauses: a millisecond in all, or some ten when they are very long. */
const QUERIES_AT_ONCE = 20;

/**
 * Leaves `query_values(query, scope, value_id)`: a query's values in all products, and in the categories that it names
 * or else in scope -1; queries that name no value are not in it. Reads `user_queries`, `affinity_values`,
 * `categories` and `category_separator`; the reading itself is the core's, as for searches of a session.
 */
export async function writeQueryValues(steps: SqlSteps): Promise<void> {
  const { connection } = steps;
  const writer = await createRowWriter(connection, 'query_values', {
    query: VARCHAR,
    scope: INTEGER,
    value_id: INTEGER,
  });
  const queries = await steps.run(SQL, 'frequent-queries');
  if (queries.length > 0) {
    const named = await createNamedIds(steps);
    for (const [place, { query }] of queries.entries()) {
      if (place % QUERIES_AT_ONCE === 0) await steps.pause();
      const { scopes, values } = named(String(query));
      writer.write(scopes.flatMap((scope) => values.map((value) => [String(query), scope, value])));
    }
  }
  writer.close();
}

async function createNamedIds(steps: SqlSteps) {
  const values = new Map<string, Map<string, number>>();
  for (const { field, value, value_id } of await steps.run(SQL, 'named-values'))
    values.set(String(field), (values.get(String(field)) ?? new Map()).set(String(value), Number(value_id)));
  const scopes = new Map<string, number>();
  for (const { category, scope } of await steps.run(SQL, 'named-categories'))
    scopes.set(String(category), Number(scope));
  const [named] = await steps.run(SQL, 'separator');
  const read = createQueryReader(
    [...values].map(([field, ids]) => [field, ids.keys()] as const),
    scopes.keys(),
    named ? String(named.separator) : null,
  );
  return (query: string) => {
    const named = read(query);
    const categories = named.categories.flatMap((category) => scopes.get(category) ?? []);
    return {
      scopes: [ALL_PRODUCTS, ...(categories.length > 0 ? categories : [NO_CATEGORY])],
      values: [...named.values].flatMap(([field, texts]) =>
        texts.flatMap((text) => values.get(field)?.get(text) ?? []),
      ),
    };
  };
}
