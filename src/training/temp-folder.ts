// The folder of one training run, gone with it; folders that killed trainings left go when the next one starts.
import { lstat, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';

const PREFIX = 'kindred-training-';
const TOUCH_MS = 5_000;
/** A training that has not touched its folder for so long was killed; shorter than a training's lease. */
const MAX_UNTOUCHED_MS = 25_000;

export interface TempFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Makes a new folder in `parent`, kept fresh until it is removed. What killed trainings left goes, as far as it can.
 * @param touchMs between two touches
 */
export async function makeTempFolder(parent: string, touchMs = TOUCH_MS): Promise<TempFolder> {
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  // Folders only: a link may lead anywhere.
  const ours = entries.filter((entry) => entry.isDirectory() && entry.name.startsWith(PREFIX));
  await Promise.all(
    ours.map(({ name }) => removeUntouched(join(parent, name), MAX_UNTOUCHED_MS).catch(() => {})),
  );
  const path = await mkdtemp(join(parent, PREFIX));
  // By this machine's clock, which its age is judged by: a file server has a clock of its own.
  await touch(path);
  const timer = setInterval(() => void touch(path).catch(() => {}), touchMs);
  return {
    path,
    async remove() {
      clearInterval(timer);
      await rm(path, { recursive: true, force: true });
    },
  };
}

/** Tells other runs that a folder is in use. */
export async function touch(folder: string): Promise<void> {
  const now = new Date();
  await utimes(folder, now, now);
}

/** Removes a folder that has not been touched for so many milliseconds. */
export async function removeUntouched(folder: string, ms: number): Promise<void> {
  const { mtimeMs } = await lstat(folder);
  if (mtimeMs < Date.now() - ms) await rm(folder, { recursive: true, force: true });
}
