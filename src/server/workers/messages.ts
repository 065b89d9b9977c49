// The messages between the primary and its workers, beside calls (see `sessions/ipc-calls.ts`).
import type { Worker } from 'node:cluster';
import type { Channel } from '../../sessions/ipc-calls.js';
import type { WorkerReport } from '../proxy-metrics.js';
import type { Settings } from '../settings/settings.js';

/** What a worker needs to start: every process runs by the settings that the primary has read. */
export interface Start {
  readonly settings: Settings;
  readonly engineUrl: string;
  /** how many there are */
  readonly workers: number;
}

export type FromPrimary = { readonly kindred: 'start'; readonly start: Start } | { readonly kindred: 'stop' };

/** `listening` comes first: Node drops messages that reach a worker before it listens to them. */
export type FromWorker =
  | { readonly kindred: 'listening' }
  | { readonly kindred: 'report'; readonly report: WorkerReport }
  | { readonly kindred: 'ready'; readonly proxyUrl: string }
  | { readonly kindred: 'failed'; readonly code: string; readonly message: string };

/** A message to a worker that has ended or is ending is lost, without an error. */
export function workerChannel(worker: Worker): Channel {
  return {
    send: (message) => void worker.process.send?.(message, undefined, undefined, () => {}),
    receive: (listener) => void worker.on('message', listener),
  };
}

/** The channel to the primary, in a worker. */
export function primaryChannel(): Channel {
  return {
    send: (message) => void process.send?.(message, undefined, undefined, () => {}),
    receive: (listener) => void process.on('message', listener),
  };
}

export function isFromPrimary(message: unknown): message is FromPrimary {
  return isOurs(message);
}

export function isFromWorker(message: unknown): message is FromWorker {
  return isOurs(message);
}

function isOurs(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'kindred' in message;
}
