// Which event each name in the log stands for, as a table that SQL can join.
import { type DuckDBConnection, VARCHAR } from '@duckdb/node-api';
import { canonicalEventName } from '../../core/event/event-names.js';
import { createRowWriter } from '../../duckdb/row-writer.js';

/**
 * Leaves `event_names(action_name, event)`: every name that `dataset_events` has, and the event it counts under.
 * @returns the names
 */
export async function writeEventNames(connection: DuckDBConnection): Promise<string[]> {
  const read = await connection.runAndReadAll(
    'SELECT DISTINCT action_name FROM dataset_events WHERE action_name IS NOT NULL',
  );
  const names = read.getRowsJson().map(([name]) => String(name));
  const writer = await createRowWriter(connection, 'event_names', { action_name: VARCHAR, event: VARCHAR });
  writer.write(names.map((name) => [name, canonicalEventName(name)]));
  writer.close();
  return names;
}
