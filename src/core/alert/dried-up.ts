// Event types that have dried up: hardly any where there usually are many, told apart from a quiet hour of the shop.
import type { EventCounts } from './alert-facts.js';
import { totalOf, usualCount } from './usual-hours.js';

/** Where fewer are usual, a missing type is chance. */
export const MIN_EXPECTED = 20;
/** Of what is usual: up to this share a type has dried up, from that share on it flows again. */
export const DRY_SHARE = 0.1;
export const FLOWING_SHARE = 0.3;

export interface DryJudgement {
  /** null: events of every type */
  readonly type: string | null;
  /** null: neither, or there is nothing to compare with */
  readonly dry: boolean | null;
  readonly count: number;
  readonly expected: number | null;
}

/**
 * All events together are compared with the same hour of earlier days. A type is compared with its usual share of what
 * comes now as well, so that a slow day is no alarm; that alone where the log is younger than a week.
 * @param now counts of the last hour
 * @param days of the same hour, see `earlierDays`
 */
export function judgeTypes(now: EventCounts, days: readonly (EventCounts | null)[]): DryJudgement[] {
  const known = days.filter((day) => day !== null);
  const total = totalOf(now);
  const all = judge(null, total, usualCount(days, totalOf));
  const past = known.reduce((sum, day) => sum + totalOf(day), 0);
  const names = new Set([...Object.keys(now), ...known.flatMap((day) => Object.keys(day))]);
  const types = [...names].map((name) => {
    const before = known.reduce((sum, day) => sum + (day[name] ?? 0), 0);
    const count = now[name] ?? 0;
    // Where nothing comes at all, that is the alert.
    if (all.dry || before < MIN_EXPECTED)
      return { ...judge(name, count, null), dry: count > 0 ? false : null };
    const byShare = (before / past) * total;
    const usual = usualCount(days, (day) => day[name] ?? 0);
    return judge(name, count, Math.min(byShare, usual ?? byShare));
  });
  return [all, ...types];
}

function judge(type: string | null, count: number, expected: number | null): DryJudgement {
  return { type, dry: expected === null ? null : isDry(count, expected), count, expected };
}

function isDry(count: number, expected: number): boolean | null {
  if (count > 0 && count >= FLOWING_SHARE * expected) return false;
  return expected >= MIN_EXPECTED && count <= DRY_SHARE * expected ? true : null;
}
