// Cron expressions of schedules: checked, and when they come next.
import { Cron } from 'croner';
import { type ScheduleInput, scheduleInputSchema } from '../../contract/schedule.js';
import type { Finding } from '../../core/errors.js';
import { invalidContent, parseContent } from '../../core/parse-content.js';

/** A training takes its time; the profiles of a shop do not change faster. */
const SHORTEST_GAP_MS = 10 * 60_000;
/** Runs that are looked at to find the shortest gap. */
const RUNS_CHECKED = 100;

/**
 * @param now milliseconds since the epoch
 * @throws KindredError `invalid-content` (422): no expression, one that never comes, or comes too often; no time zone
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
  const wrong = (message: string) => [{ path: 'cron', message }];
  // The library takes a date for a job that runs once.
  if (schedule.cron.includes(':')) return wrong('must be a cron expression, not a date');
  let times: number[];
  try {
    times = expression(schedule)
      .nextRuns(RUNS_CHECKED, new Date(now))
      .map((date) => date.getTime());
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace('CronPattern: ', '');
    return wrong(`is not a cron expression (${reason}); "0 3 * * *" is every night at three`);
  }
  if (times.length === 0) return wrong('names a time that never comes');
  const tooOften = times.some((time, place) => place > 0 && time - (times[place - 1] ?? 0) < SHORTEST_GAP_MS);
  return tooOften ? wrong('comes more often than every 10 minutes; name fewer minutes') : [];
}
