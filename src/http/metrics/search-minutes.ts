// Outcomes of searches per minute, for the last hour: counts, and a rough distribution of the time Kindred added.
import type { Overview, OverviewMinute } from '../../contract/overview.js';
import type { ProfileFailure, SkipReason } from '../../core/skip-reason.js';

const MINUTE_MS = 60_000;
export const MINUTES = 60;
/** Times are counted in steps of 15 %, from a hundredth of a millisecond up to ten seconds. */
const MIN_MS = 0.01;
const STEP = Math.log(1.15);
const STEPS = 100;

/** The outcome of a search, as far as it is counted. */
export type CountedOutcome = {
  /** the visitor had not searched for a while */
  readonly first?: boolean | undefined;
} & (
  | { readonly applied: true; readonly partial?: ProfileFailure | undefined }
  | { readonly applied: false; readonly reason: SkipReason }
);

/** What a search went without of the profiles that were looked up for it, and why; null where none were. */
export function missedProfiles(
  outcome: CountedOutcome,
): { readonly missing: 'nothing' | 'part' | 'all'; readonly reason: ProfileFailure | '' } | null {
  if (outcome.applied)
    return outcome.partial
      ? { missing: 'part', reason: outcome.partial }
      : { missing: 'nothing', reason: '' };
  const { reason } = outcome;
  if (reason === 'profile-timeout' || reason === 'profile-error') return { missing: 'all', reason };
  return reason === 'no-profile' ? { missing: 'nothing', reason: '' } : null;
}

export interface SearchMinutes {
  /** @param addedMs milliseconds that Kindred added to the search */
  add(outcome: CountedOutcome, addedMs: number): void;
  /** the last 60, oldest first, the running one last */
  last(): OverviewMinute[];
  /** of the same time */
  lookups(): Overview['lookups'];
  /** of the last minutes: searches whose profiles or session could not be read */
  unreadable(last: number): number;
  /** of the same time: what half and 95 % of the searches stayed under; null without searches */
  added(): Overview['added'];
}

/** Skipped searches of visitors whose profiles were looked up; the others' profiles were not. */
const LOOKED_UP: readonly SkipReason[] = ['no-profile', 'profile-timeout', 'profile-error'];

/** Of the searches whose profiles were looked up, those with a profile. */
export function coverageOf(minutes: readonly OverviewMinute[]): Overview['coverage'] {
  const known = minutes.reduce((sum, { applied }) => sum + applied, 0);
  const unknown = minutes
    .flatMap(({ skipped }) => LOOKED_UP.map((reason) => skipped[reason] ?? 0))
    .reduce((sum, searches) => sum + searches, 0);
  return { known, searches: known + unknown };
}

class Minute {
  applied = 0;
  readonly skipped = new Map<SkipReason, number>();
  readonly times = new Uint32Array(STEPS);
  /** searches that went on without what could not be read */
  unreadable = 0;
  /** searches for which profiles were looked up, and those that went on without what came too late */
  readonly lookups = { searches: 0, late: 0 };
  /** those of visitors who had not searched for a while */
  readonly firstLookups = { searches: 0, late: 0 };

  constructor(readonly number: number) {}

  view(): OverviewMinute {
    const searches = this.times.reduce((sum, count) => sum + count, 0);
    return {
      at: new Date(this.number * MINUTE_MS).toISOString(),
      searches,
      applied: this.applied,
      skipped: Object.fromEntries(this.skipped),
      p50: percentile(this.times, 0.5),
      p95: percentile(this.times, 0.95),
    };
  }
}

/** Milliseconds that a share of the searches stayed under; null without searches. */
function percentile(times: Uint32Array, share: number): number | null {
  const searches = times.reduce((sum, count) => sum + count, 0);
  if (searches === 0) return null;
  let remaining = Math.ceil(share * searches);
  const step = times.findIndex((count) => {
    remaining -= count;
    return remaining <= 0;
  });
  return MIN_MS * Math.exp(STEP * (step + 0.5));
}

/** @param now milliseconds since the epoch */
export function createSearchMinutes(now: () => number): SearchMinutes {
  const ring: Minute[] = [];

  /** The counts of a minute; those that were in its place are an hour old. */
  function minute(number: number): Minute {
    const place = number % MINUTES;
    const found = ring[place];
    if (found?.number === number) return found;
    const fresh = new Minute(number);
    ring[place] = fresh;
    return fresh;
  }

  /** the last 60, oldest first */
  function minutes(): Minute[] {
    const newest = Math.floor(now() / MINUTE_MS);
    const numbers = Array.from({ length: MINUTES }, (_, before) => newest - (MINUTES - 1 - before));
    return numbers.map((number) => {
      const found = ring[number % MINUTES];
      return found?.number === number ? found : new Minute(number);
    });
  }

  return {
    add(outcome, addedMs) {
      const current = minute(Math.floor(now() / MINUTE_MS));
      if (outcome.applied) current.applied += 1;
      else current.skipped.set(outcome.reason, (current.skipped.get(outcome.reason) ?? 0) + 1);
      const step = Math.floor(Math.log(addedMs / MIN_MS) / STEP);
      const place = Math.min(STEPS - 1, Math.max(0, step));
      current.times[place] = (current.times[place] ?? 0) + 1;
      const missed = missedProfiles(outcome);
      if (!missed) return;
      if (missed.reason === 'profile-error') current.unreadable += 1;
      for (const counts of outcome.first ? [current.lookups, current.firstLookups] : [current.lookups]) {
        counts.searches += 1;
        if (missed.reason === 'profile-timeout') counts.late += 1;
      }
    },
    last: () => minutes().map((each) => each.view()),
    lookups() {
      const sum = (pick: (minute: Minute) => { searches: number; late: number }) =>
        minutes()
          .map(pick)
          .reduce((a, b) => ({ searches: a.searches + b.searches, late: a.late + b.late }));
      return { ...sum(({ lookups }) => lookups), first: sum(({ firstLookups }) => firstLookups) };
    },
    unreadable: (last) =>
      minutes()
        .slice(-last)
        .reduce((sum, each) => sum + each.unreadable, 0),
    added() {
      const times = new Uint32Array(STEPS);
      for (const minute of minutes())
        for (const [step, count] of minute.times.entries()) times[step] = (times[step] ?? 0) + count;
      const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)];
      return p50 === null || p95 === null ? null : { p50, p95 };
    },
  };
}
