// A folder in memory for the data of a run's engines: their tests make hundreds of indices, and each waits for the disk.
import { chmod, mkdir, readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const PREFIX = 'kindred-test-engine-';
/** Containers have 64 MB by default; the data of a run takes some hundred. */
const ENOUGH_BYTES = 2 ** 31;

/** @returns {Promise<string | undefined>} undefined where there is too little; the caller removes it */
export async function makeMemoryFolder(name) {
  try {
    await removeLeftBehind();
    const { bavail, bsize } = await statfs(MEMORY);
    if (bavail * bsize < ENOUGH_BYTES) return undefined;
    const path = join(MEMORY, `${PREFIX}${process.pid}-${name}`);
    await mkdir(path);
    // Engines do not run as root; umasks may hide a new folder from their user.
    await chmod(path, 0o755);
    return path;
  } catch {
    return undefined;
  }
}

/** Memory of runs that were killed. */
async function removeLeftBehind() {
  for (const entry of await readdir(MEMORY)) {
    const pid = Number(entry.slice(PREFIX.length).split('-')[0]);
    if (entry.startsWith(PREFIX) && !isAlive(pid))
      await rm(join(MEMORY, entry), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
