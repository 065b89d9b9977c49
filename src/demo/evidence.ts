// Which users of the dataset did most with products of a word: the demo chooses among them.
import type { DuckDBConnection } from '@duckdb/node-api';

export interface Evidence {
  /** users with the most events on products whose title has the word, most first */
  usersOf(word: string, limit: number): Promise<string[]>;
}

/** @param connection with the views of a dataset, from `openDataset` */
export function createEvidence(connection: DuckDBConnection): Evidence {
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
  };
}
