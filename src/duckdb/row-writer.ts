// Writes rows into a new DuckDB table by the chunk: an order of magnitude faster than value by value.
import { type DuckDBConnection, DuckDBDataChunk, type DuckDBType, type DuckDBValue } from '@duckdb/node-api';
import { sqlName } from './duckdb.js';

/** Rows in one chunk: DuckDB's vector size, which a chunk cannot exceed. */
const CHUNK_ROWS = 2_048;

export interface RowWriter {
  write(rows: readonly (readonly DuckDBValue[])[]): void;
  /** makes everything written visible */
  close(): void;
}

/** Creates `table` with these columns, replacing one of the same name. */
export async function createRowWriter(
  connection: DuckDBConnection,
  table: string,
  columns: Readonly<Record<string, DuckDBType>>,
): Promise<RowWriter> {
  const types = Object.values(columns);
  const definition = Object.entries(columns).map(([name, type]) => `${sqlName(name)} ${type}`);
  await connection.run(`CREATE OR REPLACE TABLE ${sqlName(table)} (${definition.join(', ')})`);
  // By itself an appender looks in `main`, whatever schema the table was just made in.
  const [[schema] = []] = await (await connection.run('SELECT current_schema()')).getRows();
  const appender = await connection.createAppender(table, String(schema));
  return {
    write(rows) {
      for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
        const part = rows.slice(start, start + CHUNK_ROWS);
        const chunk = DuckDBDataChunk.create(types, part.length);
        chunk.setColumns(types.map((_, column) => part.map((row) => row[column] ?? null)));
        appender.appendDataChunk(chunk);
      }
    },
    close: () => appender.closeSync(),
  };
}
