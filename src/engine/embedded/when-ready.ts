// Waits until a starting engine takes requests, or until it is clear that it will not.
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { KindredError } from '../../core/errors.js';
import { tellingLine } from './log-file.js';
import type { SupervisedServer } from './supervise.js';

/** Slow machines take a minute; one that takes longer has a problem worth reading about. */
const START_MS = 180_000;
const POLL_MS = 250;

export interface Starting {
  readonly server: SupervisedServer;
  readonly portFile: string;
  readonly label: string;
  readonly logFile: string;
  readonly signal?: AbortSignal | undefined;
}

/** @throws KindredError `engine-start`, `cancelled` */
export async function whenReady({ server, portFile, label, logFile, signal }: Starting): Promise<string> {
  let over = false;
  void server.ended.then(() => {
    over = true;
  });
  for (const deadline = Date.now() + START_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    if (signal?.aborted) throw new KindredError('cancelled', `Starting ${label} was cancelled.`);
    if (over)
      throw new KindredError(
        'engine-start',
        `${label} ended while it started: ${await tellingLine(logFile)} (log: ${logFile})`,
      );
    const url = await listeningAt(portFile);
    if (url && (await answers(url))) return url;
  }
  throw new KindredError(
    'engine-start',
    `${label} is not ready after ${START_MS / 1000} s (log: ${logFile})`,
  );
}

/** The engine writes `address:port` lines into this file when it listens. */
async function listeningAt(portFile: string): Promise<string | null> {
  const text = await readFile(portFile, 'utf8').catch(() => '');
  const port = /^127\.0\.0\.1:(\d+)$/m.exec(text)?.[1];
  return port ? `http://127.0.0.1:${port}` : null;
}

async function answers(url: string): Promise<boolean> {
  try {
    const { statusCode, body } = await request(`${url}/_cluster/health?wait_for_status=yellow&timeout=2s`);
    await body.dump();
    return statusCode === 200;
  } catch {
    return false;
  }
}
