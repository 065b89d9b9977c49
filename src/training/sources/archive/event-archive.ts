// The archive: per shard of an event index a folder with one Parquet file a day, for any number of trainings at once.
import { copyFile, link, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DAY_MS } from '../../../core/affinity/affinity.js';
import { makeTempFolder, removeUntouched, type TempFolder, touch } from '../../temp-folder.js';

const SUFFIX = '.parquet';
/** An archive that no training has used for so long is removed, as it holds user ids. */
const MAX_UNUSED_MS = 30 * DAY_MS;

/**
 * The files of one shard. A file is never changed, only replaced whole. A run works on links of its own, so it sees
 * the same files to its end, whatever others replace or drop; and as a file's content says which events it has
 * (`DayContent`), any file that any run put there is right or is noticed. So there is no lock, and no list to keep.
 */
export interface ArchiveFolder {
  /** day → path of this run's own link to the file */
  readonly borrowed: ReadonlyMap<string, string>;
  /** puts a file in the place of a day's; the file stays the caller's */
  keep(day: string, file: string): Promise<void>;
  drop(day: string): Promise<void>;
}

/** Never rejects: what cannot be kept is read again by the next training, which the notes say. */
export interface EventArchive {
  /** @param key fit for a file name */
  open(key: string): Promise<ArchiveFolder>;
  /** for the notes of the training: that the archive cannot be used, and why */
  notes(): readonly string[];
  /** removes the links */
  close(): Promise<void>;
}

const NO_ARCHIVE: ArchiveFolder = { borrowed: new Map(), async keep() {}, async drop() {} };

/** @param parent the folder of all archives; without it nothing is kept */
export function createEventArchive(parent: string | undefined): EventArchive {
  const opened: TempFolder[] = [];
  let failure: string | undefined;
  const fail = (error: unknown) => {
    failure ??= error instanceof Error ? error.message : String(error);
  };

  return {
    async open(key) {
      if (parent === undefined) return NO_ARCHIVE;
      try {
        const folder = join(parent, `events-${key}`);
        await mkdir(parent, { recursive: true });
        await mkdir(folder, { mode: 0o700 }).catch(unlessThere);
        const own = await makeTempFolder(folder);
        opened.push(own);
        await touch(folder, own.now());
        await removeUnused(parent, own.now() - MAX_UNUSED_MS);
        return await borrow(folder, own.path, fail);
      } catch (error) {
        fail(error);
        return NO_ARCHIVE;
      }
    },
    notes() {
      if (failure === undefined) return [];
      return [
        `The event archive ${parent} cannot be used (${failure}): the next training reads these events from the ` +
          'engine again. Make the folder writable, or set KINDRED_ARCHIVE_DIR.',
      ];
    },
    async close() {
      for (const own of opened) await own.remove().catch(fail);
    },
  };
}

async function borrow(folder: string, own: string, fail: (error: unknown) => void): Promise<ArchiveFolder> {
  const borrowed = new Map<string, string>();
  for (const name of (await readdir(folder)).filter((entry) => entry.endsWith(SUFFIX))) {
    const path = join(own, name);
    const linked = await linkOrCopy(join(folder, name), path).then(
      () => true,
      // Another training has removed it since it was listed.
      () => false,
    );
    if (linked) borrowed.set(basename(name, SUFFIX), path);
  }
  return {
    borrowed,
    async keep(day, file) {
      const whole = join(own, `${day}.whole`);
      await copyFile(file, whole)
        .then(() => rename(whole, join(folder, day + SUFFIX)))
        .catch(fail);
    },
    async drop(day) {
      await rm(join(folder, day + SUFFIX), { force: true }).catch(fail);
    },
  };
}

/** Some file systems have no links. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}

async function removeUnused(parent: string, since: number): Promise<void> {
  const entries = await readdir(parent, { withFileTypes: true });
  const archives = entries.filter((entry) => entry.isDirectory() && /^events-[\w-]+-\d+$/.test(entry.name));
  await Promise.all(archives.map(({ name }) => removeUntouched(join(parent, name), since).catch(() => {})));
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
