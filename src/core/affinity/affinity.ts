// Affinity as a pure fold over events: per field and value, the decayed weight a person's events give it.
import type { Product } from '../catalog.js';
import { DECAY_DAYS, type EventWeight, type TimeDecay } from '../model/model.js';
import { eventWeigher } from './event-weight.js';
import { bandsOf, type NumberBands } from './number-bands.js';

export const DAY_MS = 86_400_000;

/** What one field got: `values` maps a value to x(v) ≥ 0; `total` is their sum before any pruning. */
export interface FieldAffinity {
  readonly total: number;
  readonly values: ReadonlyMap<string, number>;
  /** of a number field, in a trained profile: what its values stand for */
  readonly bands?: NumberBands;
}

/** Field → what it got, in one scope (all products, or one category). */
export type Affinities = ReadonlyMap<string, FieldAffinity>;

/** One event with its product's values already looked up. `timestamp` is in milliseconds since the epoch. */
export interface ProductEvent {
  readonly action: string;
  readonly timestamp: number;
  readonly product: Product;
}

export interface FoldOptions {
  readonly fields: readonly string[];
  readonly eventWeights: readonly EventWeight[];
  readonly timeDecay: TimeDecay;
  /** Age counts from here (milliseconds since the epoch); later events count as age 0. */
  readonly asOf: number;
  /** Scope: only products of this category; `null` is all products. */
  readonly category: string | null;
  /** the population in this scope, whose bands numbers count in; without it they count as they are */
  readonly population?: Affinities;
}

/** Half-life in days: two thirds of the window, 120 days for `all` (design: affinity). */
export function halfLifeDays(timeDecay: TimeDecay): number {
  const days = DECAY_DAYS[timeDecay];
  return days === null ? 120 : (days * 2) / 3;
}

/**
 * x(v) = Σ weight · 0.5^(age / halfLife), never below 0.
 *
 * Sums are signed until the end (removals take away) and clamped once per value, so that the order of events
 * does not matter and the trainer's SQL `greatest(0, sum(…))` is the same number. Events older than the window
 * do not count. A product with several values in a field gives each of them the event's full weight.
 */
export function foldAffinities(events: Iterable<ProductEvent>, options: FoldOptions): Affinities {
  const weigh = eventWeigher(options.eventWeights);
  const windowDays = DECAY_DAYS[options.timeDecay];
  const halfLife = halfLifeDays(options.timeDecay);
  const sums = new Map<string, Map<string, number>>(options.fields.map((field) => [field, new Map()]));
  for (const { action, timestamp, product } of events) {
    const weight = weigh(action);
    if (weight === undefined) continue;
    if (options.category !== null && product.category !== options.category) continue;
    const ageDays = Math.max(0, (options.asOf - timestamp) / DAY_MS);
    if (windowDays !== null && ageDays > windowDays) continue;
    const worth = weight * 0.5 ** (ageDays / halfLife);
    for (const [field, values] of sums) {
      const bands = options.population?.get(field)?.bands;
      const own = product.values.get(field) ?? [];
      for (const value of new Set(bands ? bandsOf(own, bands) : own))
        values.set(value, (values.get(value) ?? 0) + worth);
    }
  }
  return new Map([...sums].map(([field, values]) => [field, clampField(values)]));
}

function clampField(sums: ReadonlyMap<string, number>): FieldAffinity {
  const values = new Map([...sums].filter(([, x]) => x > 0));
  let total = 0;
  for (const x of values.values()) total += x;
  return { total, values };
}
