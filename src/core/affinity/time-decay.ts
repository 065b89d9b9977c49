// Time decay of events: how far back a model looks, and the half-life by which older events count less.
import { z } from 'zod';

export const DAY_MS = 86_400_000;

export const timeDecaySchema = z.enum(['7d', '14d', '30d', '60d', '90d', '180d', '365d', 'all']);

export type TimeDecay = z.infer<typeof timeDecaySchema>;

/** Decay windows in days; `null` is everything. */
export const DECAY_DAYS: Readonly<Record<TimeDecay, number | null>> = {
  '7d': 7,
  '14d': 14,
  '30d': 30,
  '60d': 60,
  '90d': 90,
  '180d': 180,
  '365d': 365,
  all: null,
};

/** Half-life of `all`, in days. */
const UNBOUNDED_HALF_LIFE_DAYS = 120;

/** Half-life in days: two thirds of the window (docs/model/time-decay.md). */
export function halfLifeDays(timeDecay: TimeDecay): number {
  const days = DECAY_DAYS[timeDecay];
  return days === null ? UNBOUNDED_HALF_LIFE_DAYS : (days * 2) / 3;
}

/**
 * @param asOf the moment ages count from, milliseconds since the epoch
 * @returns a function of an event's time (milliseconds since the epoch): 0.5^(age / half-life) in (0, 1], age 0 for
 *   times after `asOf`; 0 for times before the window
 */
export function timeDecayFactor(timeDecay: TimeDecay, asOf: number): (timestamp: number) => number {
  const windowDays = DECAY_DAYS[timeDecay];
  const halfLife = halfLifeDays(timeDecay);
  return (timestamp) => {
    const ageDays = Math.max(0, (asOf - timestamp) / DAY_MS);
    return windowDays !== null && ageDays > windowDays ? 0 : 0.5 ** (ageDays / halfLife);
  };
}
