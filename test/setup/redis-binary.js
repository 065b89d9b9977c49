// Finds Debian's redis-server, and installs it where that is possible: once per test run.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The command to run; rejects with words that say why there is none. */
export async function redisCommand() {
  const found = await find();
  if (found) return found;
  if (process.getuid?.() !== 0)
    throw new Error('redis-server is not installed, and only root can install it');
  try {
    // Its service must not start: tests run servers of their own.
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
    const install = ['install', '-y', '-q', '--no-install-recommends', 'redis-server'];
    await run('apt-get', install, { env }).catch(async () => {
      await run('apt-get', ['update', '-q'], { env });
      await run('apt-get', install, { env });
    });
  } catch (error) {
    throw new Error(`redis-server is not installed, and apt-get could not: ${error.message.split('\n')[0]}`);
  }
  return (await find()) ?? Promise.reject(new Error('apt-get installed no redis-server'));
}

async function find() {
  const { stdout } = await run('which', ['redis-server']).catch(() => ({ stdout: '' }));
  return stdout.trim() || null;
}
