// How long a search waits for its profiles: fixed, or a share of what the engine takes for searches at the moment.

/** `share` of the engine's time, 1 for as long as that; or fixed milliseconds. */
export type DeadlineSetting = { readonly share: number } | { readonly ms: number };

const DEFAULT_DEADLINE: DeadlineSetting = { share: 1 };

/** Bounds of a share, in milliseconds: a quick engine still gets its profiles read, a slow one is not made much slower. */
export const MIN_DEADLINE_MS = 40;
export const MAX_DEADLINE_MS = 200;

/** Searches that the engine's time is estimated from: a quarter of them slower makes the deadline longer. */
const SEARCHES = 31;
/** The estimate is made again after this many, which costs a search next to nothing. */
const SEARCHES_PER_ESTIMATE = 8;

export interface ProfileDeadline {
  /** milliseconds, as of now */
  readonly current: () => number;
  /** @param ms that the engine took for a search, until it began to respond */
  readonly observe: (ms: number) => void;
}

/**
 * The upper quartile of the latest searches times the share, within the bounds: three of four searches take no longer.
 * Profiles are read from the same engine, and as unevenly; single slow searches do not count. Before the first search it is
 * the upper bound: nothing is in memory then, and engines are slow after their start.
 */
export function createProfileDeadline(setting: DeadlineSetting = DEFAULT_DEADLINE): ProfileDeadline {
  if ('ms' in setting) return { current: () => setting.ms, observe() {} };
  const { share } = setting;
  const latest = new Float64Array(SEARCHES);
  let observed = 0;
  let deadlineMs = MAX_DEADLINE_MS;
  return {
    current: () => deadlineMs,
    observe(ms) {
      latest[observed % SEARCHES] = ms;
      observed += 1;
      if (observed > SEARCHES && observed % SEARCHES_PER_ESTIMATE !== 0) return;
      const estimate = share * upperQuartile(latest.slice(0, observed));
      deadlineMs = Math.min(Math.max(estimate, MIN_DEADLINE_MS), MAX_DEADLINE_MS);
    },
  };
}

function upperQuartile(times: Float64Array): number {
  return times.sort()[Math.floor(times.length * 0.75)] ?? 0;
}
