// What a user did, counted in the dataset: the demo shows it beside every affinity as evidence.
import type { DuckDBConnection } from '@duckdb/node-api';
import { ID_FIELD } from '../core/boost-plan/boost-plan.js';
import type { DatasetTables } from '../datasets/format/open-dataset.js';
import { sqlName } from '../duckdb/duckdb.js';

export interface Evidence {
  /** users with the most events on products whose title has the word, most first */
  usersOf(word: string, limit: number): Promise<string[]>;
  /** the events of a user on products with this value */
  count(userId: string, field: string, value: string): Promise<number>;
}

/** @param connection with the views of `tables`, from `openDataset` */
export function createEvidence(connection: DuckDBConnection, tables: DatasetTables): Evidence {
  const lists = tables.attributes.filter(({ type }) => type.endsWith('[]'));
  const multiValued = new Set(lists.map(({ name }) => name));
  const cache = new Map<string, Promise<number>>();

  async function countEvents(userId: string, field: string, value: string): Promise<number> {
    const column = field === ID_FIELD ? 'object_id' : sqlName(field);
    const has = multiValued.has(field)
      ? `list_contains(${column}::VARCHAR[], $2)`
      : `${column}::VARCHAR = $2`;
    const reader = await connection.runAndReadAll(
      `SELECT count(*)::INTEGER FROM dataset_events JOIN dataset_products USING (object_id)
       WHERE user_id = $1 AND ${has}`,
      [userId, value],
    );
    return Number(reader.getRows()[0]?.[0] ?? 0);
  }

  return {
    async usersOf(word, limit) {
      const reader = await connection.runAndReadAll(
        `SELECT user_id FROM dataset_events JOIN dataset_products USING (object_id)
         WHERE user_id IS NOT NULL AND title ILIKE '%' || $1 || '%'
         GROUP BY user_id ORDER BY count(*) DESC, user_id LIMIT ${limit}`,
        [word],
      );
      return reader.getRows().map(([userId]) => String(userId));
    },
    count(userId, field, value) {
      const key = JSON.stringify([userId, field, value]);
      const known = cache.get(key) ?? countEvents(userId, field, value);
      cache.set(key, known);
      return known;
    },
  };
}
