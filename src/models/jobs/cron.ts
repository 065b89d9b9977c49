// Cron expressions of schedules: their rules, and the next time one names.
import { Cron } from 'croner';
import { type ScheduleInput, scheduleInputSchema } from '../../contract/schedule.js';
import type { Finding } from '../../core/errors.js';
import { invalidContent, parseContent } from '../../core/parse-content.js';

/** Trainings take minutes, and profiles change little in between. */
const MIN_GAP_MS = 10 * 60_000;
/** Next times among which the shortest gap is found. */
const CHECKED_TIMES = 100;

/**
 * @param now milliseconds since the epoch
 * @throws KindredError `invalid-content` (422): no cron expression, one that names no time or times less than ten minutes
 *   apart; no time zone
 */
export function parseSchedule(input: unknown, now: number): ScheduleInput {
  const { cron, timezone } = parseContent(scheduleInputSchema, input, 'schedule');
  const schedule = { cron, timezone };
  const errors = [...timezoneFindings(schedule)];
  if (errors.length === 0) errors.push(...cronFindings(schedule, now));
  if (errors.length > 0) throw invalidContent('schedule', errors);
  return schedule;
}

/**
 * The first time after `after` that the expression names, in milliseconds since the epoch; null when there is none.
 * @param after milliseconds since the epoch
 */
export function nextTime(schedule: ScheduleInput, after: number): number | null {
  return expression(schedule).nextRun(new Date(after))?.getTime() ?? null;
}

function expression({ cron, timezone }: ScheduleInput): Cron {
  return new Cron(cron, { timezone, paused: true, mode: '5-or-6-parts' });
}

function timezoneFindings({ timezone }: ScheduleInput): Finding[] {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
    return [];
  } catch {
    return [{ path: 'timezone', message: `"${timezone}" is not a time zone; write one like Europe/Berlin` }];
  }
}

function cronFindings(schedule: ScheduleInput, now: number): Finding[] {
  const finding = (message: string) => [{ path: 'cron', message }];
  // The library would accept a date, as a job that runs once.
  if (schedule.cron.includes(':')) return finding('must be a cron expression, not a date');
  let times: number[];
  try {
    times = expression(schedule)
      .nextRuns(CHECKED_TIMES, new Date(now))
      .map((date) => date.getTime());
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace('CronPattern: ', '');
    return finding(`is not a cron expression (${reason}); "0 3 * * *" is every night at three`);
  }
  if (times.length === 0) return finding('names a time that never comes');
  const tooOften = times.some((time, place) => place > 0 && time - (times[place - 1] ?? 0) < MIN_GAP_MS);
  return tooOften ? finding('comes more often than every 10 minutes; name fewer minutes') : [];
}
