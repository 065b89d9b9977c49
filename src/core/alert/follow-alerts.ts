// How alerts go on from one check to the next: firing after some bad checks in a row, resolved after some good ones.
import { ALERT_NAMES, ALERT_RULES, type AlertName, type Judgement } from './alert-rules.js';

export interface AlertState {
  readonly name: AlertName;
  readonly subject: string | null;
  readonly state: 'pending' | 'firing' | 'resolved';
  /** checks in a row that speak for a change */
  readonly streak: number;
  /** of the first bad check, then of the firing, then of its end */
  readonly since: string;
  /** when it fired; null while pending */
  readonly firedAt: string | null;
  /** of the latest bad check */
  readonly summary: string;
  readonly page: string;
  /** what the webhook was last told */
  readonly told: 'firing' | 'resolved' | null;
}

/** Of each name what was found; null where it could not be judged. */
export type Judged = ReadonlyMap<AlertName, readonly Judgement[] | null>;

/** Resolved alerts that are kept, and for how long. */
const MAX_RESOLVED = 20;
const KEEP_RESOLVED_MS = 7 * 86_400_000;
/** Firing and pending ones: event types and models are few. */
const MAX_OPEN = 100;

/**
 * Counts checks, not minutes, so that a clock that jumps neither fires nor resolves anything.
 * @param now milliseconds since the epoch
 */
export function followAlerts(before: readonly AlertState[], judged: Judged, now: number): AlertState[] {
  const open = before.filter(({ state }) => state !== 'resolved');
  const next = ALERT_NAMES.flatMap((name) => {
    const states = open.filter((each) => each.name === name);
    const judgements = judged.get(name) ?? null;
    if (judgements === null) return states;
    const started = judgements.flatMap((judgement) => {
      const found = states.find(({ subject }) => subject === judgement.subject);
      return found ? follow(found, judgement, now) : start(name, judgement, now);
    });
    // What is not judged any more, as a deleted model, has no say.
    const gone = states
      .filter(({ subject }) => judgements.every((each) => each.subject !== subject))
      .flatMap((state) => (state.state === 'firing' ? [resolve(state, now)] : []));
    return [...started, ...gone];
  });
  const resolved = [...next, ...before]
    .filter((each) => each.state === 'resolved' && Math.abs(now - Date.parse(each.since)) < KEEP_RESOLVED_MS)
    .slice(0, MAX_RESOLVED);
  return [...next.filter(({ state }) => state !== 'resolved').slice(0, MAX_OPEN), ...resolved];
}

function start(name: AlertName, { subject, bad, summary, page }: Judgement, now: number): AlertState[] {
  if (!bad) return [];
  const since = iso(now);
  const pending = { name, subject, state: 'pending', streak: 0, since, firedAt: null, told: null } as const;
  return follow({ ...pending, summary, page }, { subject, bad, summary, page }, now);
}

function follow(state: AlertState, { bad, summary, page }: Judgement, now: number): AlertState[] {
  const { checks } = ALERT_RULES[state.name];
  const words = bad ? { summary, page } : {};
  if (state.state === 'pending') {
    if (!bad) return [];
    const streak = state.streak + 1;
    if (streak < checks) return [{ ...state, ...words, streak }];
    return [{ ...state, ...words, state: 'firing', streak: 0, since: iso(now), firedAt: iso(now) }];
  }
  if (bad === null) return [state];
  if (bad) return [{ ...state, ...words, streak: 0 }];
  const streak = state.streak + 1;
  return [streak < checks ? { ...state, streak } : resolve(state, now)];
}

function resolve(state: AlertState, now: number): AlertState {
  return { ...state, state: 'resolved', streak: 0, since: iso(now) };
}

/** Stays the same from firing to resolving, and differs at the next firing. */
export function alertId({ name, subject, firedAt }: AlertState): string {
  return [name, ...(subject === null ? [] : [subject]), firedAt ?? ''].join('@');
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
