// The user the engine runs as. Neither engine runs as root: then it gets the user with the least rights.
import { execFile } from 'node:child_process';
import { chown, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';

/** `nobody` on Linux; no entry in the user table is needed. */
const NOBODY = 65_534;

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** In the form that `spawn` takes; empty for the user of this process. */
export function runUser(): { uid?: number; gid?: number } {
  return isRoot() ? { uid: NOBODY, gid: NOBODY } : {};
}

/** Hands files over to the run user. */
export async function giveToRunUser(...paths: readonly string[]): Promise<void> {
  if (isRoot()) for (const path of paths) await chown(path, NOBODY, NOBODY);
}

/** Lets the run user read a whole folder, whatever the umask was. */
export async function letRunUserRead(folder: string): Promise<void> {
  if (isRoot()) await promisify(execFile)('chmod', ['-R', 'a+rX', folder]);
}

/** Whether every user may pass through all folders down to an existing path. */
export async function reachableByAll(path: string): Promise<boolean> {
  for (let current = await realpath(resolve(path)); ; current = dirname(current)) {
    const { mode } = await stat(current);
    if ((mode & 0o001) === 0) return false;
    if (current === dirname(current)) return true;
  }
}
