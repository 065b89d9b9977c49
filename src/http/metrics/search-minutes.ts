// What searches came to, minute by minute, for the last hour: counts and a rough distribution of added time.
import type { SkipReason } from '../../core/skip-reason.js';

const MINUTE_MS = 60_000;
export const MINUTES = 60;
/** Times fall into steps of 15 %, from a hundredth of a millisecond up to ten seconds. */
const SHORTEST_MS = 0.01;
const STEP = Math.log(1.15);
const STEPS = 100;

/** What became of a search, as far as it is counted. */
export type CountedOutcome =
  | { readonly applied: true }
  | { readonly applied: false; readonly reason: SkipReason };

export interface SearchMinute {
  /** ISO 8601, its beginning */
  readonly at: string;
  readonly searches: number;
  readonly applied: number;
  readonly skipped: Partial<Record<SkipReason, number>>;
  /** milliseconds that Kindred added, to within 15 %; null without searches */
  readonly p50: number | null;
  readonly p95: number | null;
}

export interface SearchMinutes {
  add(outcome: CountedOutcome, addedMs: number): void;
  /** the last 60, oldest first, the running one last */
  last(): SearchMinute[];
}

class Minute {
  applied = 0;
  readonly skipped = new Map<SkipReason, number>();
  readonly times = new Uint32Array(STEPS);

  constructor(readonly number: number) {}

  show(): SearchMinute {
    const searches = this.times.reduce((sum, count) => sum + count, 0);
    return {
      at: new Date(this.number * MINUTE_MS).toISOString(),
      searches,
      applied: this.applied,
      skipped: Object.fromEntries(this.skipped),
      p50: this.percentile(0.5, searches),
      p95: this.percentile(0.95, searches),
    };
  }

  private percentile(share: number, searches: number): number | null {
    if (searches === 0) return null;
    let left = Math.ceil(share * searches);
    const step = this.times.findIndex((count) => {
      left -= count;
      return left <= 0;
    });
    return SHORTEST_MS * Math.exp(STEP * (step + 0.5));
  }
}

/** @param now milliseconds since the epoch */
export function createSearchMinutes(now: () => number): SearchMinutes {
  const ring: Minute[] = [];

  /** The one of this minute; what stood in its place is an hour old. */
  function minute(number: number): Minute {
    const place = number % MINUTES;
    const found = ring[place];
    if (found?.number === number) return found;
    const fresh = new Minute(number);
    ring[place] = fresh;
    return fresh;
  }

  return {
    add(outcome, addedMs) {
      const current = minute(Math.floor(now() / MINUTE_MS));
      if (outcome.applied) current.applied += 1;
      else current.skipped.set(outcome.reason, (current.skipped.get(outcome.reason) ?? 0) + 1);
      const step = Math.floor(Math.log(addedMs / SHORTEST_MS) / STEP);
      const place = Math.min(STEPS - 1, Math.max(0, step));
      current.times[place] = (current.times[place] ?? 0) + 1;
    },
    last() {
      const newest = Math.floor(now() / MINUTE_MS);
      const numbers = Array.from({ length: MINUTES }, (_, before) => newest - (MINUTES - 1 - before));
      return numbers.map((number) => {
        const found = ring[number % MINUTES];
        return (found?.number === number ? found : new Minute(number)).show();
      });
    },
  };
}
