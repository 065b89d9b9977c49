// The supervisor with a small server: ended when asked, reported when it ends by itself, nothing left behind.
// That it also ends with a killed parent is shown on a real engine, in `start-embedded-engine.test.ts`.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { supervise } from '../../../src/engine/embedded/supervise.js';
import { eventually, until } from '../../helpers/eventually.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kindred-supervise-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function start(script: string) {
  const runFolder = join(folder, 'run');
  await mkdir(runFolder);
  const log = await open(join(folder, 'log'), 'w');
  const args = ['-c', script, folder];
  const env = { PATH: process.env.PATH };
  const server = supervise({ command: '/bin/sh', args, env, log: log.fd, runFolder });
  await log.close();
  return { server, runFolder };
}

async function pidIn(file: string): Promise<number> {
  return eventually(async () => {
    const pid = Number(await readFile(join(folder, file), 'utf8').catch(() => ''));
    if (pid > 0) return pid;
    throw new Error('the server did not start');
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('stop ends the server and what it started, and removes its run folder', async () => {
  // The server does not pass the signal on to the process it started.
  const { server, runFolder } = await start('sleep 300 & echo $! > "$0/pid"; wait');
  const pid = await pidIn('pid');
  expect(isAlive(pid)).toBe(true);
  await Promise.all([server.stop(), server.stop()]);
  await until(() => !isAlive(pid));
  expect(existsSync(runFolder)).toBe(false);
});

test('a server that ends by itself is reported with its exit code and its words', async () => {
  const { server, runFolder } = await start('echo "it is broken" >&2; exit 7');
  expect(await server.ended).toBe(7);
  expect(existsSync(runFolder)).toBe(false);
  expect(await readFile(join(folder, 'log'), 'utf8')).toBe('it is broken\n');
  await server.stop();
});

test('a server that cannot be started is one that has ended', async () => {
  const { server } = await start('exec /nowhere/at/all');
  expect(await server.ended).not.toBe(0);
});
