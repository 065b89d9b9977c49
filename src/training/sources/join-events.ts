// Gives events without a user id to the user whom their session, or else their client, turned out to be.
import { MAX_USERS_PER_ID } from '../../core/event/identity.js';
import { readSqlFile } from '../../duckdb/sql-file.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import type { TrainingWindow } from './training-window.js';

const SQL = readSqlFile(new URL('join-events.sql', import.meta.url));

/**
 * Leaves the view `joined_events`, in the columns of `dataset_events`: what training counts. In a log
 * without identifications it is `dataset_events` itself, and costs nothing.
 */
export async function joinEvents(steps: SqlSteps, window: Pick<TrainingWindow, 'since'>): Promise<void> {
  const found = await findIdentities(steps, window);
  await steps.run(SQL, found > 0 ? 'joined-events' : 'events-as-recorded');
}

/**
 * Leaves `identities`: which user each session and client belongs to, and when.
 * @returns how many there are
 */
export async function findIdentities(
  steps: SqlSteps,
  { since }: Pick<TrainingWindow, 'since'>,
): Promise<number> {
  const values = {
    since: BigInt(since ?? Number.MIN_SAFE_INTEGER),
    max_users_per_id: MAX_USERS_PER_ID,
  };
  const [created] = await steps.run(SQL, 'identities', { values });
  return Number(created?.Count);
}
