// Parsers of option values for commander: counts and days. Each throws commander's own error, which names the option.
import { InvalidArgumentError } from 'commander';

/** 32 bits hold it. */
const MAX_COUNT = 2_147_483_647;

/** A whole number from 1. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= MAX_COUNT) return count;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MAX_COUNT}.`);
}

/** A whole number from 0. */
export function parseEventCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 0 on.');
}

/**
 * A day, YYYY-MM-DD.
 * @returns its midnight UTC in milliseconds since the epoch
 */
export function parseDay(text: string): number {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // `Date.parse` turns a day that its month does not have, e.g. 2017-02-30, into one of the next month.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError('It must be a day of the calendar, YYYY-MM-DD.');
  return time;
}
