// Trains models when their schedules are due: every running Kindred checks, one of them starts the training.
import { createPolling } from '../polling.js';
import type { Audit } from '../store/audit.js';
import type { ScheduleStore } from './schedule-store.js';
import { type Outcome, type ScheduledRunDependencies, startScheduled } from './scheduled-run.js';

export interface Scheduler {
  /** Checks for due schedules again and again. */
  start(): void;
  /** Resolves when no check goes on; runs that have started go on. */
  stop(): Promise<void>;
  /** Resolves once the trainings that are due have started. */
  check(): Promise<void>;
  /** Resolves when no run of this process goes on. */
  settled(): Promise<void>;
}

/** Between two checks; cron expressions are to the minute. */
const INTERVAL_MS = 5_000;

/** @param options.onFailure called when schedules cannot be read or an outcome cannot be written */
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

  let checking = Promise.resolve();
  const polling = createPolling(() => {
    checking = check();
    return checking;
  }, intervalMs);

  return {
    check,
    start: () => void polling.start(),
    async stop() {
      polling.stop();
      await checking;
    },
    async settled() {
      await Promise.all(runs);
    },
  };
}
