// Points in time and durations in words.

const STEPS = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const;
/** Less than that is told in hours. */
const FROM_DAYS_S = 48 * 3_600;
const WORDS = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/**
 * `2 hours ago`, `in 30 hours`, `in 3 days`, `just now`. Never `tomorrow` or `yesterday`: 27 hours from a Saturday night
 * are a Monday, and which day it is depends on where one is.
 * @param now milliseconds since the epoch
 */
export function ago(iso: string, now: number): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1000);
  const away = Math.abs(seconds);
  const step = STEPS.find((each) => away >= (each.unit === 'day' ? FROM_DAYS_S : each.seconds));
  if (!step) return 'just now';
  return WORDS.format(Math.round(seconds / step.seconds), step.unit);
}

/** `25 Nov 2026, 14:03`, in the browser's time zone unless another is named. */
export function moment(iso: string, timeZone?: string): string {
  return new Date(iso).toLocaleString('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  });
}

/** A day as such, `2026-11-25`, as `25 Nov 2026`. */
export function dayWords(day: string): string {
  return new Date(day).toLocaleDateString('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
}

/** `14:03`, likewise. */
export function clock(iso: string, timeZone?: string): string {
  return new Date(iso).toLocaleTimeString('en-GB', {
    timeStyle: 'short',
    timeZone,
  });
}

/** `about 20 seconds`, `about 3 minutes`. */
export function duration(seconds: number): string {
  if (seconds < 1.5) return 'about a second';
  if (seconds < 90) return `about ${Math.ceil(seconds)} seconds`;
  if (seconds < 5_400) return `about ${Math.round(seconds / 60)} minutes`;
  return `about ${Math.round(seconds / 3_600)} hours`;
}
