// Gives events of nobody to the account that their session, or else their client, turned out to be.
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import type { TrainingWindow } from './training-source.js';

/**
 * Leaves the view `joined_events`, in the columns of `dataset_events`: what training counts. Where nobody ever
 * identified, it is `dataset_events` itself, and costs nothing.
 */
export async function joinEvents(steps: SqlSteps, { since }: TrainingWindow): Promise<void> {
  const values = { since: BigInt(since ?? Number.MIN_SAFE_INTEGER) };
  const [made] = await steps.run('identities', { values });
  if (Number(made?.Count) > 0) await steps.run('joined-events');
  else await steps.connection.run('CREATE VIEW joined_events AS FROM dataset_events');
}
