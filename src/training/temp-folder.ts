// The folder of one training run, gone with it; folders that killed trainings left go when the next one starts.
import { lstat, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';

const PREFIX = 'kindred-training-';
const TOUCH_MS = 5_000;
/** A training that has not touched its folder for so long was killed; shorter than a training's lease. */
const MAX_UNTOUCHED_MS = 25_000;

export interface TempFolder {
  readonly path: string;
  /** milliseconds since the epoch by the clock of its file system, which a file server has for itself */
  now(): number;
  remove(): Promise<void>;
}

/**
 * Makes a new folder in `parent`, kept fresh until it is removed. What killed trainings left goes, as far as it can.
 * @param touchMs between two touches
 */
export async function makeTempFolder(parent: string, touchMs = TOUCH_MS): Promise<TempFolder> {
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  const path = await mkdtemp(join(parent, PREFIX));
  // What is written into a folder touches it too, and that by the file system's clock: all ages are told by it.
  const ahead = (await lstat(path)).mtimeMs - Date.now();
  const now = () => Date.now() + ahead;
  // Folders only: a link may lead anywhere.
  const ours = entries.filter((entry) => entry.isDirectory() && entry.name.startsWith(PREFIX));
  await Promise.all(
    ours.map(({ name }) => removeUntouched(join(parent, name), now() - MAX_UNTOUCHED_MS).catch(() => {})),
  );
  const timer = setInterval(() => void touch(path, now()).catch(() => {}), touchMs);
  return {
    path,
    now,
    async remove() {
      clearInterval(timer);
      await rm(path, { recursive: true, force: true });
    },
  };
}

/**
 * Tells other runs that a folder is in use.
 * @param now by the clock of its file system
 */
export async function touch(folder: string, now: number): Promise<void> {
  const time = new Date(now);
  await utimes(folder, time, time);
}

/**
 * Removes a folder that has not been touched since.
 * @param since by the clock of its file system
 */
export async function removeUntouched(folder: string, since: number): Promise<void> {
  const { mtimeMs } = await lstat(folder);
  if (mtimeMs < since) await rm(folder, { recursive: true, force: true });
}
