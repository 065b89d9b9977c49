// Writes tables of a dataset directory as NDJSON files.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** @param tables rows by name: `products`, `events`, `customers`; those given are written, others stay */
export async function writeDataset(
  dir: string,
  tables: Readonly<Record<string, readonly object[]>>,
): Promise<void> {
  await mkdir(dir, { recursive: true });
  for (const [name, rows] of Object.entries(tables))
    await writeFile(join(dir, `${name}.ndjson`), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}
