// The primary's side of `serve --workers`: starts workers, replaces those that end, and ends them all.
import cluster, { type Worker } from 'node:cluster';
import type { Logger } from 'pino';
import { KindredError } from '../../core/errors.js';
import { type CallHandlers, handleCalls } from '../../sessions/ipc-calls.js';
import type { WorkerReport } from '../proxy-metrics.js';
import { type FromPrimary, isFromWorker, type Start, workerChannel } from './messages.js';

export interface WorkersOptions {
  readonly count: number;
  readonly start: Start;
  /** what workers can call here */
  readonly handlers: CallHandlers;
  readonly onReport: (report: WorkerReport) => void;
  readonly log: Logger;
}

export interface Workers {
  readonly proxyUrl: string;
  /** every worker finishes its requests, then ends */
  close(): Promise<void>;
}

/** A worker that ends sooner counts as one that failed to start: its replacement waits. */
const SETTLED_MS = 10_000;
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 30_000;
/** Longer than a worker takes to drain its connections. */
const CLOSE_DEADLINE_MS = 28_000;

/** Resolves when all are ready. Errors: what a worker could not start for, and `worker-ended`; none is left then. */
export async function startWorkers(options: WorkersOptions): Promise<Workers> {
  const { log } = options;
  const ended = new Map<Worker, Promise<void>>();
  let state: 'starting' | 'running' | 'stopping' = 'starting';
  let pauseMs = 0;
  // Workers accept connections themselves, so that neither a dead worker nor a hanging primary holds one up.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  cluster.setupPrimary({ serialization: 'advanced' });

  /** Resolves with the proxy's URL once it is ready. */
  function fork(): Promise<string> {
    const worker = cluster.fork();
    const begun = performance.now();
    const channel = workerChannel(worker);
    handleCalls(channel, options.handlers);
    const send = (message: FromPrimary) => channel.send(message);
    return new Promise((resolve, reject) => {
      channel.receive((message) => {
        if (!isFromWorker(message)) return;
        if (message.kindred === 'listening')
          send(state === 'stopping' ? { kindred: 'stop' } : { kindred: 'start', start: options.start });
        else if (message.kindred === 'report') options.onReport(message.report);
        else if (message.kindred === 'ready') resolve(message.proxyUrl);
        else reject(new KindredError(message.code, message.message));
      });
      const end = new Promise<void>((gone) => {
        worker.once('exit', (code, signal) => {
          ended.delete(worker);
          gone();
          const how = signal ? `by ${signal}` : `with code ${code}`;
          reject(new KindredError('worker-ended', `a worker ended ${how} before it was ready`));
          if (state === 'running') replace(worker, how, performance.now() - begun);
        });
      });
      ended.set(worker, end);
    });
  }

  function replace({ process: { pid } }: Worker, how: string, livedMs: number): void {
    pauseMs = livedMs > SETTLED_MS ? 0 : Math.min(Math.max(2 * pauseMs, FIRST_PAUSE_MS), MAX_PAUSE_MS);
    log.error({ worker: pid }, `a worker ended ${how}; another starts ${inWords(pauseMs)}`);
    setTimeout(() => {
      if (state !== 'running') return;
      fork().then(
        () => log.info('the new worker is ready'),
        (err) => log.error({ err }, 'a worker could not start'),
      );
    }, pauseMs).unref();
  }

  async function close(): Promise<void> {
    state = 'stopping';
    for (const worker of ended.keys()) workerChannel(worker).send({ kindred: 'stop' } satisfies FromPrimary);
    const kill = setTimeout(() => {
      for (const worker of ended.keys()) worker.process.kill('SIGKILL');
    }, CLOSE_DEADLINE_MS);
    await Promise.all(ended.values());
    clearTimeout(kill);
  }

  try {
    const [proxyUrl = ''] = await Promise.all(Array.from({ length: options.count }, fork));
    state = 'running';
    return { proxyUrl, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function inWords(pauseMs: number): string {
  return pauseMs === 0 ? 'now' : `in ${pauseMs / 1_000} s`;
}
