// Makes the people judged newcomers: training sees only the last of their events, and all of everybody else's.
import { VARCHAR } from '@duckdb/node-api';
import { createRowWriter } from '../../duckdb/row-writer.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';

/**
 * Replaces the view `dataset_events`; `dataset_all_events`, which is judged by, stays.
 * @param history events that each of them keeps
 */
export async function shortenHistories(
  steps: SqlSteps,
  { users, history }: { readonly users: ReadonlySet<string>; readonly history: number },
): Promise<void> {
  const writer = await createRowWriter(steps.connection, 'judged_people', { user_id: VARCHAR });
  writer.write([...users].map((user) => [user]));
  writer.close();
  await steps.run('evaluation/short-histories', { values: { history } });
  await steps.connection.run('CREATE OR REPLACE VIEW dataset_events AS FROM short_histories');
}
