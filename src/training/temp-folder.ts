// The folder where a training puts what does not fit in memory; folders that killed trainings left go first.
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY_MS } from '../core/affinity.js';

const PREFIX = 'kindred-training-';

/** Makes a new folder in `parent`. What is left of trainings untouched for a day is removed, as far as that can be. */
export async function makeTempFolder(parent: string): Promise<string> {
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  // Folders only: a link may lead anywhere.
  const ours = entries.filter((entry) => entry.isDirectory() && entry.name.startsWith(PREFIX));
  const left = ours.map(({ name }) => join(parent, name));
  await Promise.all(left.map((folder) => removeWhenOld(folder).catch(() => {})));
  return mkdtemp(join(parent, PREFIX));
}

/** DuckDB makes and removes files in the folder of a run, or in one inside it: the newest of them all counts. */
async function removeWhenOld(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  const times = await Promise.all([folder, ...names.map((name) => join(folder, name))].map(touched));
  if (Math.max(...times) < Date.now() - DAY_MS) await rm(folder, { recursive: true, force: true });
}

async function touched(path: string): Promise<number> {
  return (await lstat(path)).mtimeMs;
}
