// Finds a command of a Debian package, and installs the package where that is possible: once per test run.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** apt-get has one lock: two that install at the same time would fail. */
let installing = Promise.resolve();

/**
 * @param {string} command what to run, e.g. `redis-server`
 * @param {string} debianPackage what has it; without what it only recommends
 * @returns {Promise<string>} its path; rejects with words that say why there is none
 */
export async function installedCommand(command, debianPackage) {
  const found = await find(command);
  if (found) return found;
  if (process.getuid?.() !== 0) throw new Error(`${command} is not installed, and only root can install it`);
  try {
    const turn = installing.then(() => install(debianPackage));
    installing = turn.catch(() => {});
    await turn;
  } catch (error) {
    throw new Error(`${command} is not installed, and apt-get could not: ${error.message.split('\n')[0]}`);
  }
  return (await find(command)) ?? Promise.reject(new Error(`apt-get installed no ${command}`));
}

async function install(debianPackage) {
  process.stderr.write(`installing ${debianPackage} for tests\n`);
  // Services of packages must not start: tests run servers of their own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const options = { env, maxBuffer: 64 * 1024 * 1024 };
  const args = ['install', '-y', '-q', '--no-install-recommends', debianPackage];
  await run('apt-get', args, options).catch(async () => {
    await run('apt-get', ['update', '-q'], options);
    await run('apt-get', args, options);
  });
}

async function find(command) {
  const { stdout } = await run('which', [command]).catch(() => ({ stdout: '' }));
  return stdout.trim() || null;
}
