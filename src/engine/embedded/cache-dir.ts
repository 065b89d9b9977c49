// Where downloaded engines, their runs and their logs are kept.
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './environment.js';
import { isRoot, letRunUserRead, reachableByAll } from './run-user.js';

/** Root's home is closed to the user the engine then runs as. */
const FOR_ROOT = '/var/cache/kindred';

/** `$XDG_CACHE_HOME/kindred`, else `~/.cache/kindred`. */
export function defaultCacheDir(env: Environment): string {
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'kindred');
}

/** Makes the folder and returns it, or the one for root where the engine could not reach the one asked for. */
export async function openCacheDir(cacheDir: string): Promise<string> {
  await mkdir(cacheDir, { recursive: true });
  if (!isRoot() || (await reachableByAll(cacheDir))) return cacheDir;
  await mkdir(FOR_ROOT, { recursive: true });
  await letRunUserRead(FOR_ROOT);
  return FOR_ROOT;
}
