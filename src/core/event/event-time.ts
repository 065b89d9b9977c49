// When an event was: ISO 8601, or a number since 1970 as collectors write it.

/** For messages. */
export const TIME_FORMATS =
  'must be an ISO 8601 date-time, e.g. 2026-01-31T12:00:00Z, or seconds, milliseconds or microseconds since 1970';

const ISO = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/i;
const EPOCH = /^\d{9,19}(?:\.\d{1,9})?$/;

/**
 * Which unit a number is in, its size tells: as milliseconds, 1e11 was in 1973, as seconds it is in 5138. Times without a
 * zone are UTC, as the engines take them.
 * @returns milliseconds since the epoch, whole; null for anything else
 */
export function parseTime(time: unknown): number | null {
  if (typeof time === 'number') return fromEpoch(time);
  if (typeof time !== 'string') return null;
  if (EPOCH.test(time)) return fromEpoch(Number(time));
  const zone = ISO.exec(time);
  if (!zone) return null;
  const parsed = Date.parse(isoText(time, zone[1]));
  return Number.isNaN(parsed) || !isOnCalendar(time) ? null : parsed;
}

/** In the one form that JavaScript's dates are sure to read. */
function isoText(time: string, zone: string | undefined): string {
  const clock = time.slice(11, time.length - (zone?.length ?? 0)).replace(',', '.');
  const offset = zone === undefined ? 'Z' : zone.toUpperCase().replace(/^([+-]\d{2}):?(\d{2})?$/, '$1:$2');
  return `${time.slice(0, 10)}T${clock}${offset.endsWith(':') ? `${offset}00` : offset}`;
}

/** Dates roll over: 31 February would be in March. */
function isOnCalendar(time: string): boolean {
  const [year = 0, month = 0, day = 0] = time.slice(0, 10).split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}

function fromEpoch(number: number): number | null {
  const unit = number < 1e11 ? 1e3 : number < 1e14 ? 1 : number < 1e17 ? 1e-3 : 1e-6;
  const milliseconds = Math.round(number * unit);
  // Smaller numbers are no times: counters, or years.
  return number >= 1e8 && milliseconds <= 8.64e15 ? milliseconds : null;
}
