// Brings the packages of test/clients: Node's beside their tests by lock file, Python's into the cache folder by list.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const clients = fileURLToPath(new URL('../clients', import.meta.url));

/**
 * @returns {Promise<string>} JSON: `python`, a folder for PYTHONPATH by the name of each list in test/clients/python;
 *   where there is no Python it is null, and `skipped` says so in words
 */
export async function bringClientPackages() {
  const [python] = await Promise.all([bringPython(), bringNode()]);
  return JSON.stringify(python);
}

async function bringNode() {
  const wanted = await readFile(join(clients, 'package-lock.json'));
  const mark = join(clients, 'node_modules', '.installed');
  const digest = createHash('sha256').update(wanted).digest('hex');
  if ((await readFile(mark, 'utf8').catch(() => '')) === digest) return;
  say('installing search clients for test/clients');
  await run('npm', ['ci', '--prefix', clients, '--ignore-scripts', '--no-audit', '--no-fund']);
  await writeFile(mark, digest);
}

async function bringPython() {
  const pip = ['-m', 'pip'];
  try {
    await run('python3', [...pip, '--version']);
  } catch {
    return { python: null, skipped: 'python3 with pip is not installed' };
  }
  const { defaultCacheDir } = await import('../../dist/engine/embedded/cache-dir.js');
  const cacheDir = join(defaultCacheDir(process.env), 'test-clients');
  const lists = await readdir(join(clients, 'python'));
  const folders = await Promise.all(
    lists.map(async (list) => {
      const file = join(clients, 'python', list);
      const digest = createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
      const folder = join(cacheDir, `${basename(list, '.txt')}-${digest.slice(0, 12)}`);
      if (!existsSync(folder)) await install(file, folder, pip);
      return [basename(list, '.txt'), folder];
    }),
  );
  return { python: Object.fromEntries(folders), skipped: null };
}

/** Whole or not at all: a folder that is there is complete. */
async function install(list, folder, pip) {
  say(`installing ${basename(folder)} for test/clients`);
  const half = `${folder}.${process.pid}`;
  await mkdir(half, { recursive: true });
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-compile'];
  try {
    await run('python3', [...pip, 'install', ...quiet, '--no-deps', '--target', half, '--requirement', list]);
    await rename(half, folder).catch((error) => {
      // Another run was first: its packages are the same.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}

function say(text) {
  process.stderr.write(`${text}\n`);
}
