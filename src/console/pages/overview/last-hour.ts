// Totals of the last hour: searches, how many were personalized, and why the others were not.
import type { OverviewMinute } from '../../../contract/overview.js';
import { skipReasonWords } from '../../lib/words/skip-reason-words.js';

interface Skipped {
  readonly reason: string;
  readonly words: string;
  readonly searches: number;
}

export interface LastHour {
  readonly searches: number;
  readonly applied: number;
  /** most frequent first */
  readonly skipped: readonly Skipped[];
}

export function lastHour(minutes: readonly OverviewMinute[]): LastHour {
  const counts = new Map<string, number>();
  for (const { skipped } of minutes)
    for (const [reason, searches] of Object.entries(skipped))
      counts.set(reason, (counts.get(reason) ?? 0) + searches);
  return {
    searches: sum(minutes.map(({ searches }) => searches)),
    applied: sum(minutes.map(({ applied }) => applied)),
    skipped: [...counts]
      .map(([reason, searches]) => ({ reason, words: wordsOf(reason), searches }))
      .sort((a, b) => b.searches - a.searches),
  };
}

/** Of many searches, `off` has more causes than that of a single preview. */
function wordsOf(reason: string): string {
  if (reason !== 'off') return skipReasonWords(reason);
  return 'personalization is switched off, was off for this search, or has an impact of 0';
}

/** `42 %`; a dash where the whole is 0. */
export function shareText(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`;
}

/** `3.4 ms`, with two decimals below 1 ms. */
export function millisecondsText(ms: number): string {
  return `${ms < 1 ? ms.toFixed(2) : ms.toFixed(1)} ms`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
