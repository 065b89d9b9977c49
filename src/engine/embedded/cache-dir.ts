// Where downloaded engines, their runs and their logs are kept.
import { chmod, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './environment.js';
import { isRoot, reachableByAll } from './run-user.js';

/** Root's home is closed to the user the engine then runs as. */
const FOR_ROOT = '/var/cache/kindred';

/** `$XDG_CACHE_HOME/kindred`, else `~/.cache/kindred`. */
export function defaultCacheDir(env: Environment): string {
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'kindred');
}

/** Makes the folder and returns it, or the one for root where the engine could not reach the one asked for. */
export async function openCacheDir(cacheDir: string): Promise<string> {
  await mkdir(cacheDir, { recursive: true });
  const reachable = !isRoot() || (await reachableByAll(cacheDir));
  if (!reachable) await openToAll(FOR_ROOT);
  const chosen = reachable ? cacheDir : FOR_ROOT;
  await openToAll(join(chosen, 'engines'));
  return chosen;
}

/** Makes a folder that the engine's user may enter, whatever the umask. */
async function openToAll(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (isRoot()) await chmod(folder, 0o755);
}
