// A Redis of a test's own: a real server on a free port, with a folder of its own, that can be stopped and frozen.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askBroker } from './broker.js';

export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** starts it again at the same address, empty */
  start(): Promise<void>;
  /** ends it at once, as a crash does */
  kill(): Promise<void>;
  /** it keeps its connections and answers nothing, until `thaw` */
  freeze(): void;
  thaw(): void;
  /** ends it and takes its folder away */
  close(): Promise<void>;
}

const { ok, text } = await askBroker('redis');

/** Why no Redis can be started here, in words; null when one can. */
export const noRedis = ok ? null : text;

/**
 * @param args settings on its command line, e.g. `['--requirepass', 'x']`
 * @param listener `tls-port` speaks TLS alone
 */
export async function startRedis(
  args: readonly string[] = [],
  listener: 'port' | 'tls-port' = 'port',
): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-redis-'));
  const port = await freePort();
  const where = ['--port', listener === 'port' ? `${port}` : '0', '--bind', '127.0.0.1', '--dir', folder];
  if (listener === 'tls-port') where.push('--tls-port', `${port}`);
  const settings = [...where, '--save', '', ...args];
  let server: ChildProcess;
  async function start(): Promise<void> {
    server = spawn(text, settings, { stdio: ['ignore', 'pipe', 'inherit'] });
    let log = '';
    for await (const chunk of server.stdout ?? []) {
      log += chunk;
      if (log.includes('Ready to accept connections')) break;
    }
    if (!log.includes('Ready to accept connections')) throw new Error(`Redis did not start:\n${log}`);
  }
  async function kill(): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    start,
    kill,
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    async close() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address ? address.port : 0;
}
