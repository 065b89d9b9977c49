// Trains models when their time has come: every running Kindred looks, one of them starts.
import type { Audit } from '../store/audit.js';
import type { ScheduleStore } from './schedule-store.js';
import { type Outcome, type ScheduledRunDependencies, startScheduled } from './scheduled-run.js';

export interface Scheduler {
  /** Starts to look for due schedules again and again. */
  start(): void;
  /** Looks no more, and resolves when nothing starts any more; runs that are under way go on. */
  stop(): Promise<void>;
  /** Looks now; resolves once what is due has started. */
  check(): Promise<void>;
  /** Resolves when no run of this process is under way. */
  settled(): Promise<void>;
}

/** Schedules are to the minute; a change is followed within this. */
const INTERVAL_MS = 5_000;

/** @param options.onFailure told when schedules cannot be read or an outcome cannot be written */
export function createScheduler(
  options: ScheduledRunDependencies & {
    readonly schedules: ScheduleStore;
    readonly audit: Audit;
    readonly onFailure: (error: unknown) => void;
    readonly intervalMs?: number;
  },
): Scheduler {
  const { schedules, audit, onFailure, intervalMs = INTERVAL_MS } = options;
  const runs = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let checking: Promise<void> | undefined;

  async function record(modelId: string, finished: Promise<Outcome>): Promise<void> {
    const { outcome, message } = await finished;
    await schedules.finish(modelId, { outcome, message });
    const action = `scheduled training ${outcome}`;
    await audit.record({ actor: 'schedule', action, resource: `models/${modelId}`, detail: message });
  }

  async function check(): Promise<void> {
    try {
      for (const modelId of await schedules.due()) {
        if (!(await schedules.claim(modelId))) continue;
        const { finished } = await startScheduled(options, modelId);
        const run = record(modelId, finished)
          .catch(onFailure)
          .finally(() => runs.delete(run));
        runs.add(run);
      }
    } catch (error) {
      onFailure(error);
    }
  }

  function poll(): void {
    checking = check().then(() => {
      if (running) timer = setTimeout(poll, intervalMs).unref();
    });
  }

  return {
    check,
    start() {
      running = true;
      poll();
    },
    async stop() {
      running = false;
      clearTimeout(timer);
      await checking;
    },
    async settled() {
      await Promise.all(runs);
    },
  };
}
