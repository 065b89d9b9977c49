// The archive of an event index: a folder with one Parquet file a day, which any number of trainings may use at once.
import { createHash } from 'node:crypto';
import { copyFile, link, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DAY_MS } from '../../core/affinity.js';
import type { EngineClient } from '../../engine/client.js';
import { makeTempFolder, removeUntouched, type TempFolder, touch } from '../temp-folder.js';

const SUFFIX = '.parquet';
/** An archive that no training has used for so long is removed: it holds ids of people. */
const FORGOTTEN_MS = 30 * DAY_MS;

/**
 * A file, once in the archive, is never changed, only replaced whole. A run works on links of its own, so that it sees
 * the same files to its end, whatever other runs replace or drop; and as a file's content says which events it has
 * (`DayContent`), any file that any run put there is right or is noticed. So there is no lock and no list to keep.
 */
export interface EventArchive {
  /** day → path of this run's own link to the file */
  readonly borrowed: ReadonlyMap<string, string>;
  /** puts a file in the place of a day's; the file stays the caller's */
  keep(day: string, file: string): Promise<void>;
  drop(day: string): Promise<void>;
  /** what people should know: that the archive cannot be used, and why */
  notes(): readonly string[];
  /** removes the links */
  close(): Promise<void>;
}

/** For runs that keep nothing. */
export const NO_ARCHIVE: EventArchive = {
  borrowed: new Map(),
  async keep() {},
  async drop() {},
  notes: () => [],
  async close() {},
};

/**
 * Never rejects: without its archive a training reads everything, and says so.
 * @param parent the folder of all archives
 * @param index of events; made anew under its name it is another one
 */
export async function openEventArchive(
  parent: string,
  engine: EngineClient,
  index: string,
): Promise<EventArchive> {
  try {
    const uuids = await engine.indexUuids(index);
    const key = createHash('sha256')
      .update([index, ...uuids].join('/'))
      .digest('hex')
      .slice(0, 16);
    const folder = join(parent, `events-${key}`);
    await mkdir(parent, { recursive: true });
    await mkdir(folder, { mode: 0o700 }).catch(unlessThere);
    await touch(folder);
    await removeForgotten(parent);
    const own = await makeTempFolder(folder);
    return await borrow(folder, own);
  } catch (error) {
    return { ...NO_ARCHIVE, notes: () => [unusable(parent, error)] };
  }
}

async function borrow(folder: string, own: TempFolder): Promise<EventArchive> {
  const borrowed = new Map<string, string>();
  let failed: unknown;
  for (const name of (await readdir(folder)).filter((entry) => entry.endsWith(SUFFIX))) {
    const path = join(own.path, name);
    // Gone since it was listed is as good as never there.
    const got = await linkOrCopy(join(folder, name), path).then(
      () => true,
      () => false,
    );
    if (got) borrowed.set(basename(name, SUFFIX), path);
  }
  const tolerant = (work: Promise<void>) =>
    work.catch((error: unknown) => {
      failed ??= error;
    });

  return {
    borrowed,
    keep(day, file) {
      const whole = join(own.path, `${day}.whole`);
      return tolerant(copyFile(file, whole).then(() => rename(whole, join(folder, day + SUFFIX))));
    },
    drop: (day) => tolerant(rm(join(folder, day + SUFFIX), { force: true })),
    notes: () => (failed === undefined ? [] : [unusable(folder, failed)]),
    close: own.remove,
  };
}

/** Some file systems have no links. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}

async function removeForgotten(parent: string): Promise<void> {
  const entries = await readdir(parent, { withFileTypes: true });
  const archives = entries.filter((entry) => entry.isDirectory() && /^events-[0-9a-f]{16}$/.test(entry.name));
  await Promise.all(
    archives.map(({ name }) => removeUntouched(join(parent, name), FORGOTTEN_MS).catch(() => {})),
  );
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

function unusable(folder: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return (
    `The event archive ${folder} cannot be used (${reason}): the next training reads these events from the engine ` +
    'again. Make the folder writable, or set KINDRED_ARCHIVE_DIR.'
  );
}
