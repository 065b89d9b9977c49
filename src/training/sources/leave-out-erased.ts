// Erased people are not learned from: neither from the log, its archive and datasets, nor while a run is under way.
import { DOUBLE, listValue, VARCHAR } from '@duckdb/node-api';
import { individualId } from '../../core/profile/profile.js';
import { createRowWriter } from '../../duckdb/row-writer.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import type { EngineClient } from '../../engine/client/client.js';
import { readTombstones, type Tombstone } from '../../engine/documents/tombstones.js';

/**
 * `dataset_events` loses what people did up to their erasure, with the visits that were joined to them. Without
 * tombstones nothing is changed, and nothing costs.
 */
export async function leaveOutErased(steps: SqlSteps, tombstones: readonly Tombstone[]): Promise<void> {
  if (tombstones.length === 0) return;
  const { connection, run } = steps;
  const writer = await createRowWriter(connection, 'tombstones', { hash: VARCHAR, at: DOUBLE });
  writer.write(tombstones.map(({ hash, at }) => [hash, at]));
  writer.close();
  const [made] = await run('erased/people');
  if (Number(made?.Count) === 0) return;
  await run('identities', { values: { since: BigInt(Number.MIN_SAFE_INTEGER) } });
  await connection.run('ALTER TABLE identities RENAME TO recorded_identities');
  await connection.run('ALTER VIEW dataset_events RENAME TO recorded_events');
  await run('erased/events');
}

/** The same for `dataset_customers`; after `leaveOutErased`. */
export async function leaveOutErasedCustomers(
  { connection, run }: SqlSteps,
  tombstones: readonly Tombstone[],
): Promise<void> {
  if (tombstones.length === 0) return;
  await run('erased/customers');
  const [[kind] = []] = await (
    await connection.run(
      "SELECT table_type FROM information_schema.tables WHERE table_name = 'dataset_customers'",
    )
  ).getRows();
  await connection.run(`DROP ${kind === 'VIEW' ? 'VIEW' : 'TABLE'} dataset_customers`);
  await connection.run('CREATE VIEW dataset_customers AS FROM kept_customers');
}

/**
 * Deletes the profiles of people who were erased since `known` was read.
 * @returns how many there were
 */
export async function removeErasedMeanwhile(
  { run }: SqlSteps,
  engine: EngineClient,
  index: string,
  known: readonly Tombstone[],
): Promise<number> {
  const before = new Map(known.map(({ hash, at }) => [hash, at]));
  const later = (await readTombstones(engine)).filter(({ hash, at }) => at > (before.get(hash) ?? -1));
  if (later.length === 0) return 0;
  const hashes = listValue(later.map(({ hash }) => hash));
  const people = await run('erased/published', { values: { hashes } });
  let removed = 0;
  for (const { user_id } of people) {
    const id = individualId(String(user_id));
    if (!(await engine.get(index, id))) continue;
    await engine.delete(index, id);
    removed += 1;
  }
  return removed;
}
