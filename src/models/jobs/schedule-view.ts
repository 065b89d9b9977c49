// A schedule as the API answers it: with its next time, and the outcome of its last run.
import type { ScheduledRun, ScheduleView } from '../../contract/schedule.js';
import type { TrainingStatus } from '../../contract/training.js';
import { nextTime } from './cron.js';
import type { Schedule } from './schedule-store.js';

/** Before and after its training a run needs some seconds. */
const PUBLISH_MS = 60_000;

/**
 * @param schedule null where the model has none
 * @param readTraining the model's training, read only while a run is recorded as running
 * @param now milliseconds since the epoch
 */
export async function viewSchedule(
  schedule: Schedule | null,
  readTraining: () => Promise<TrainingStatus>,
  now: number,
): Promise<ScheduleView> {
  const { cron = null, timezone = 'UTC', lastRun = null } = schedule ?? {};
  const next = schedule && nextTime(schedule, now);
  return {
    cron,
    timezone,
    next: next === null ? null : new Date(next).toISOString(),
    lastRun: lastRun?.outcome === 'running' ? viewRunning(lastRun, await readTraining(), now) : lastRun,
  };
}

/** A process that was killed leaves its run recorded as running; the state of the training shows that it ended. */
function viewRunning(run: ScheduledRun, training: TrainingStatus, now: number): ScheduledRun {
  const { state, error, finishedAt } = training;
  const ended = finishedAt !== null && finishedAt > run.startedAt ? finishedAt : run.startedAt;
  if (state === 'running' || now - Date.parse(ended) < PUBLISH_MS) return run;
  const message = (state === 'failed' && error) || 'the process stopped before it was done';
  return { ...run, finishedAt: ended, outcome: 'failed', message };
}
