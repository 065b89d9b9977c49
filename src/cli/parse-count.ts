// Counts on the command line: whole numbers from one.
import { InvalidArgumentError } from 'commander';

/** Largest count: 32 bits hold it. */
const MOST = 2_147_483_647;

/** For commander's options. Errors: commander's own, which names the option. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= MOST) return count;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST}.`);
}
