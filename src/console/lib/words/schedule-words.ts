// Training schedules in words: the usual ones to choose from, and the outcome of the last run.
import type { ScheduledRun } from '../../../contract/schedule.js';

export const SCHEDULES = [
  { cron: '0 3 * * *', words: 'Every night at 3:00' },
  { cron: '0 */6 * * *', words: 'Every six hours' },
  { cron: '0 * * * *', words: 'Every hour' },
  { cron: '0 3 * * 1', words: 'Every Monday at 3:00' },
  { cron: '0 3 1 * *', words: 'On the first of each month at 3:00' },
] as const;

/** The expression in words where it is a usual one, else the expression itself. */
export function scheduleWords(cron: string): string {
  return SCHEDULES.find((each) => each.cron === cron)?.words ?? cron;
}

export const OUTCOME_WORDS: Readonly<Record<ScheduledRun['outcome'], string>> = {
  running: 'is running',
  activated: 'trained, saved and made live',
  saved: 'trained and saved',
  trained: 'trained, but not saved',
  skipped: 'was skipped',
  cancelled: 'was cancelled',
  failed: 'failed',
};
