// Numbers of events on the command line: whole, from zero.
import { InvalidArgumentError } from 'commander';

/** For commander's options. Errors: commander's own, which names the option. */
export function parseEventCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 0 on.');
}
