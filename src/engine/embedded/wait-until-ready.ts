// Waits until a starting engine takes requests, or until it is clear that it will not.
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { KindredError } from '../../core/errors.js';
import { errorLine } from './log-file.js';
import type { SupervisedServer } from './supervise.js';

const POLL_MS = 250;

export interface Starting {
  readonly server: SupervisedServer;
  /** null until the server listens */
  readonly address: () => Promise<string | null>;
  readonly timeoutMs: number;
  readonly label: string;
  readonly logFile: string;
  readonly signal?: AbortSignal;
}

/** @throws KindredError `engine-start`, `cancelled` */
export async function waitUntilReady(starting: Starting): Promise<string> {
  const { server, address, timeoutMs, label, logFile, signal } = starting;
  let ended = false;
  void server.ended.then(() => {
    ended = true;
  });
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await sleep(POLL_MS)) {
    if (signal?.aborted) throw new KindredError('cancelled', `Starting ${label} was cancelled.`);
    if (ended)
      throw new KindredError(
        'engine-start',
        `${label} ended while it started: ${await errorLine(logFile)} (log: ${logFile})`,
      );
    const url = await address();
    if (url && (await answers(url))) return url;
  }
  throw new KindredError(
    'engine-start',
    `${label} is not ready after ${timeoutMs / 1000} s (log: ${logFile})`,
  );
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
