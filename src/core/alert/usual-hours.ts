// What the last hour is compared with: the same hour of earlier days, as it was counted then.
import type { CountedHour, EventCounts } from './alert-facts.js';

export const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const DAYS = 7;
/** Eight days: the same hour a week ago spans two of the clock's. */
const KEPT_HOURS = (DAYS + 1) * DAY_HOURS;
/** Fewer earlier days say little of the usual number of an hour. */
const MIN_DAYS = 4;
/** Searches of an hour whose share of known visitors counts, and how many such hours make a usual share. */
const MIN_LOOKUPS = 100;
const MIN_SHARES = 24;

/** Adds a counted hour; what is older than eight days or lies in the future (a clock that jumped) is dropped. */
export function keepHours(hours: readonly CountedHour[], counted: CountedHour): CountedHour[] {
  const kept = hours.filter(({ hour }) => hour < counted.hour && hour > counted.hour - KEPT_HOURS);
  return [...kept, counted];
}

/** Counts of the same 60 minutes one to seven days ago, yesterday first; null where they were not counted. */
export function earlierDays(hours: readonly CountedHour[], now: number): (EventCounts | null)[] {
  const byHour = new Map(hours.map((each) => [each.hour, each.events]));
  const at = Math.floor(now / HOUR_MS);
  const through = now / HOUR_MS - at;
  return Array.from({ length: DAYS }, (_, before) => {
    const same = at - (before + 1) * DAY_HOURS;
    const [last, running] = [byHour.get(same - 1), byHour.get(same)];
    if (!last || !running) return null;
    const names = new Set([...Object.keys(last), ...Object.keys(running)]);
    return Object.fromEntries(
      [...names].map((name) => [name, (1 - through) * (last[name] ?? 0) + through * (running[name] ?? 0)]),
    );
  });
}

/** The usual number of an hour: the median of earlier days, or a week ago if that was less. Null without a week. */
export function usualCount(
  days: readonly (EventCounts | null)[],
  count: (day: EventCounts) => number,
): number | null {
  const counts = days.flatMap((day) => (day ? [count(day)] : []));
  const weekAgo = days[DAYS - 1];
  if (!weekAgo || counts.length < MIN_DAYS) return null;
  return Math.min(median(counts), count(weekAgo));
}

/** The usual share of searches with a profile; null before a day of busy hours was counted. */
export function usualCoverage(hours: readonly CountedHour[]): number | null {
  const shares = hours.flatMap(({ known, lookups }) => (lookups >= MIN_LOOKUPS ? [known / lookups] : []));
  return shares.length >= MIN_SHARES ? median(shares) : null;
}

export function totalOf(counts: EventCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
