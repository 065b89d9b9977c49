// Starts a server for a benchmark: it ends with this process however that ends, and its memory can be read.
import { mkdtemp, open, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { KindredError } from '../../core/errors.js';
import { supervise } from '../../engine/embedded/supervise.js';
import { pinnedTo } from './machine.js';

export interface ServerOptions {
  /** for errors, e.g. `nginx` */
  readonly name: string;
  /** @param folder of this server alone, which is removed with it */
  readonly command: (folder: string) => Promise<readonly string[]> | readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** responds with a status below 400 when the server is ready */
  readonly readyUrl: string;
  /** the core it is pinned to */
  readonly core?: number | undefined;
}

export interface RunningServer {
  /** resident memory in MiB; null where the system does not tell */
  memory(): Promise<number | null>;
  stop(): Promise<void>;
}

const READY_MS = 60_000;

/** The shell writes its pid and becomes the server. */
const WITH_PID = 'echo $$ > "$0"; exec "$@"';

/** @throws KindredError `bench-server` with the last line of its log when it ends or is not ready in a minute */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-bench-server-'));
  const [logFile, pidFile] = [join(folder, 'log'), join(folder, 'pid')];
  const command = await options.command(folder);
  const log = await open(logFile, 'w');
  const server = supervise({
    command: '/bin/sh',
    args: ['-c', WITH_PID, pidFile, ...pinnedTo(options.core), ...command],
    env: options.env,
    log: log.fd,
    runFolder: folder,
  });
  await log.close();
  let ended = false;
  void server.ended.then(() => {
    ended = true;
  });
  const deadline = performance.now() + READY_MS;
  while (!(await answers(options.readyUrl))) {
    const said = await readFile(logFile, 'utf8').catch(() => '');
    if (!ended && performance.now() < deadline) {
      await sleep(50);
      continue;
    }
    await server.stop();
    const last = said.trim().split('\n').at(-1);
    throw new KindredError('bench-server', `${options.name} did not start: ${last || 'it said nothing'}`);
  }
  const pid = (await readFile(pidFile, 'utf8')).trim();
  return { memory: () => residentMemory(pid), stop: server.stop };
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => null);
  await response?.arrayBuffer();
  return response !== null && response.status < 400;
}

async function residentMemory(pid: string): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kib = /^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1];
  return kib === undefined ? null : Math.round(Number(kib) / 1024);
}
