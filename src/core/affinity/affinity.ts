// Affinity x(v) as a pure fold over events: event weight × time decay, per field and value.
import { canonicalEventName } from '../event/event-names.js';
import type { EventWeight, TimeDecay } from '../model/model.js';
import { isInScope, type Product } from '../product.js';
import { bandsOf, type NumberBands } from './number-bands.js';
import { keptEvents } from './taken-back.js';

export const DAY_MS = 86_400_000;

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

/** One field's affinities: `values` maps a value to x(v) ≥ 0; `total` is their sum before any pruning. */
export interface FieldAffinity {
  readonly total: number;
  readonly values: ReadonlyMap<string, number>;
  /** of a number field, in a trained profile: the ranges its values stand for */
  readonly bands?: NumberBands;
}

/** Field → its affinities, in one scope (all products, or one category). */
export type Affinities = ReadonlyMap<string, FieldAffinity>;

/** One event with its product's values already looked up. `timestamp` is in milliseconds since the epoch. */
export interface ProductEvent {
  readonly action: string;
  readonly timestamp: number;
  readonly product: Product;
  /** pieces, above 0; how much of a purchase its refund takes back */
  readonly quantity?: number;
}

export interface FoldOptions {
  readonly fields: readonly string[];
  readonly eventWeights: readonly EventWeight[];
  readonly timeDecay: TimeDecay;
  /** Age counts from here (milliseconds since the epoch); later events count as age 0. */
  readonly asOf: number;
  /** Scope: only products of this category; `null` is all products. */
  readonly category: string | null;
  /** where categories are paths: what is between their levels */
  readonly separator?: string | null;
  /** the population in this scope, by whose bands numbers count; without it they count as they are */
  readonly population?: Affinities;
}

/**
 * x(v) = Σ weight · share · 0.5^(age / halfLife) (docs/profiles.md, "What is stored"); share is what was not taken back
 * (`keptEvents`).
 *
 * The order of events does not matter. Events older than the window do not count, and neither take nor are taken back.
 * A product with several values in a field gives each of them the event's full weight.
 */
export function foldAffinities(events: Iterable<ProductEvent>, options: FoldOptions): Affinities {
  const weigh = eventWeigher(options.eventWeights);
  const decayFactor = timeDecayFactor(options.timeDecay, options.asOf);
  const inWindow = [...events].filter(({ timestamp }) => decayFactor(timestamp) > 0);
  const sums = new Map<string, Map<string, number>>(options.fields.map((field) => [field, new Map()]));
  for (const [{ action, timestamp, product }, share] of keptEvents(inWindow)) {
    const weight = weigh(action);
    if (weight === undefined) continue;
    if (!isInScope(product, options.category, options.separator)) continue;
    const decayed = weight * share * decayFactor(timestamp);
    for (const [field, values] of sums) {
      const bands = options.population?.get(field)?.bands;
      const own = product.values.get(field) ?? [];
      for (const value of new Set(bands ? bandsOf(own, bands) : own))
        values.set(value, (values.get(value) ?? 0) + decayed);
    }
  }
  return new Map([...sums].map(([field, values]) => [field, fieldAffinity(values)]));
}

function fieldAffinity(sums: ReadonlyMap<string, number>): FieldAffinity {
  const values = new Map([...sums].filter(([, x]) => x > 0));
  let total = 0;
  for (const x of values.values()) total += x;
  return { total, values };
}

/**
 * Relative weights by event, in (0, 1]: event weight ÷ the largest event weight. Names are as `canonicalEventName` gives
 * them. `click` counts as `view` unless listed itself; removals have no weight (`keptEvents`); events that are absent do
 * not count.
 */
export function relativeEventWeights(eventWeights: readonly EventWeight[]): ReadonlyMap<string, number> {
  const largest = Math.max(...eventWeights.map(({ weight }) => weight));
  const relative = new Map<string, number>();
  for (const { event, weight } of eventWeights)
    if (weight > 0) relative.set(canonicalEventName(event), weight / largest);
  const view = relative.get('view');
  if (view !== undefined && !eventWeights.some(({ event }) => event === 'click')) relative.set('click', view);
  return relative;
}

/**
 * Relative weight of an event by the name it was sent with; undefined when it does not count. The trainer's SQL joins
 * on this function's result for every name in the log, so both sides agree by construction.
 */
export function eventWeigher(
  eventWeights: readonly EventWeight[],
): (actionName: string) => number | undefined {
  const weights = relativeEventWeights(eventWeights);
  return (actionName) => weights.get(canonicalEventName(actionName));
}
