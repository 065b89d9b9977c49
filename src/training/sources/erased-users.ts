// Erased users are left out of training: of the events, the customers, and the profiles of a run that was under way.
import { DOUBLE, listValue, VARCHAR } from '@duckdb/node-api';
import { individualId } from '../../core/profile/profile.js';
import { createRowWriter } from '../../duckdb/row-writer.js';
import { readSqlFile } from '../../duckdb/sql-file.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import type { EngineClient } from '../../engine/client/client.js';
import { readTombstones, type Tombstone } from '../../engine/documents/tombstones.js';
import { findIdentities } from './join-events.js';

const SQL = readSqlFile(new URL('erased-users.sql', import.meta.url));

/**
 * `dataset_events` loses what users did up to their erasure, with the sessions that were joined to them. Without
 * tombstones nothing is changed, and nothing costs.
 */
export async function leaveOutErasedEvents(steps: SqlSteps, tombstones: readonly Tombstone[]): Promise<void> {
  if (tombstones.length === 0) return;
  const writer = await createRowWriter(steps.connection, 'tombstones', { hash: VARCHAR, at: DOUBLE });
  writer.write(tombstones.map(({ hash, at }) => [hash, at]));
  writer.close();
  const [created] = await steps.run(SQL, 'erased-users');
  if (Number(created?.Count) === 0) return;
  await findIdentities(steps, { since: null });
  await steps.run(SQL, 'recorded-identities');
  await steps.run(SQL, 'recorded-events');
  await steps.run(SQL, 'kept-events');
}

/** `dataset_customers` loses erased users; after `leaveOutErasedEvents`. */
export async function leaveOutErasedCustomers(
  steps: SqlSteps,
  tombstones: readonly Tombstone[],
): Promise<void> {
  if (tombstones.length === 0) return;
  await steps.run(SQL, 'kept-customers');
  await steps.run(SQL, 'customers-without-erased');
}

/**
 * Deletes the profiles of users who were erased since `known` was read.
 * @returns how many there were
 */
export async function removeErasedMeanwhile(
  steps: SqlSteps,
  engine: EngineClient,
  index: string,
  known: readonly Tombstone[],
): Promise<number> {
  const before = new Map(known.map(({ hash, at }) => [hash, at]));
  const later = (await readTombstones(engine)).filter(({ hash, at }) => at > (before.get(hash) ?? -1));
  if (later.length === 0) return 0;
  const hashes = listValue(later.map(({ hash }) => hash));
  const users = await steps.run(SQL, 'erased-meanwhile', { values: { hashes } });
  let removed = 0;
  for (const { user_id } of users) {
    const id = individualId(String(user_id));
    if (!(await engine.get(index, id))) continue;
    await engine.delete(index, id);
    removed += 1;
  }
  return removed;
}
