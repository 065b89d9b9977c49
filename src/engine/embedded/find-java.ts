// Finds a Java that can run the embedded engines: 21 or newer.
import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Environment, findCommand } from './environment.js';
import { isRoot, reachableByAll } from './run-user.js';

export const MIN_JAVA = 21;

/** Folders in which systems install Java, each version in a folder of its own. */
const SYSTEM_FOLDERS = [
  '/usr/lib/jvm',
  '/usr/lib64/jvm',
  '/usr/java',
  '/opt/java',
  '/Library/Java/JavaVirtualMachines',
  '/opt/homebrew/opt',
  '/usr/local/opt',
];
/** Where a Java's home is inside its folder: Linux, macOS, Homebrew. */
const HOMES = ['', 'Contents/Home', 'libexec/openjdk.jdk/Contents/Home'];

/**
 * The home of the first Java ≥ 21 among `ES_JAVA_HOME`, `JAVA_HOME` and the path, else the oldest one that the system has
 * (the servers were tested with the Java of their time); null without one.
 */
export async function findJava(env: Environment): Promise<string | null> {
  const onPath = await findCommand('java', env);
  const named = [env.ES_JAVA_HOME, env.JAVA_HOME, onPath && dirname(dirname(await realpath(onPath)))];
  for (const home of named) if (home && (await isUsable(home))) return home;

  const found: { home: string; version: number }[] = [];
  for (const folder of SYSTEM_FOLDERS)
    for (const entry of await readdir(folder).catch(() => []))
      for (const inside of HOMES) {
        const home = join(folder, entry, inside);
        if (await isUsable(home)) found.push({ home, version: await javaVersion(home) });
      }
  return found.sort((a, b) => a.version - b.version)[0]?.home ?? null;
}

async function isUsable(home: string): Promise<boolean> {
  // As root the engine runs as another user, who must be able to run this Java.
  return (await javaVersion(home)) >= MIN_JAVA && (!isRoot() || (await reachableByAll(home)));
}

/** Major version from the `release` file that every Java since 9 has; 0 without one. */
async function javaVersion(home: string): Promise<number> {
  const release = await readFile(join(home, 'release'), 'utf8').catch(() => '');
  return Number(/^JAVA_VERSION="(\d+)/m.exec(release)?.[1] ?? 0);
}
