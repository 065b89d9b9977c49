// Where downloaded engines, their runs and their logs are kept.
import { chmod, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './environment.js';
import { isRoot, reachableByAll } from './run-user.js';

/** For root, whose home the engine's user may not enter. */
const FOR_ROOT = '/var/cache/kindred';

/** `$XDG_CACHE_HOME/kindred`, else `~/.cache/kindred`. */
export function defaultCacheDir(env: Environment): string {
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'kindred');
}

/** Creates the folder and returns it; as root, another one where the engine's user could not reach the given one. */
export async function openCacheDir(cacheDir: string): Promise<string> {
  await mkdir(cacheDir, { recursive: true });
  const reachable = !isRoot() || (await reachableByAll(cacheDir));
  if (!reachable) await openToAll(FOR_ROOT);
  const chosen = reachable ? cacheDir : FOR_ROOT;
  await openToAll(join(chosen, 'engines'));
  return chosen;
}

/** Creates a folder that the engine's user may enter, whatever the umask. */
async function openToAll(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (isRoot()) await chmod(folder, 0o755);
}
