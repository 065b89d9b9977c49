// Days on the command line: YYYY-MM-DD, midnight UTC.
import { InvalidArgumentError } from 'commander';

/**
 * For commander's options. Errors: commander's own, which names the option.
 * @returns milliseconds since the epoch
 */
export function parseDay(text: string): number {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // A day that no month has, e.g. 2017-02-30, is another one once it is read.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError('It must be a day of the calendar, YYYY-MM-DD.');
  return time;
}
