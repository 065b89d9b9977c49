// The days of an event index, and what tells without reading them whether their events are still the same.
import { DAY_MS } from '../../core/affinity.js';
import type { EngineClient } from '../../engine/client.js';

/** Each day between these has a file of its own; what lies outside (clocks run wild) has one before and one behind. */
const FIRST_DAY = Date.UTC(2000, 0, 1);
const LAST_DAY = Date.UTC(2100, 0, 1);

/**
 * Engines number every write of a shard, and an event written anew takes a new number. So in one shard a day whose
 * count and newest number are the same is the same day; where several shards count apart, the sum tells.
 */
export interface DayContent {
  readonly events: number;
  readonly newestSeq: number;
  readonly seqSum: number;
}

/** The events of `from` ≤ time < `to`, milliseconds since the epoch; a UTC day but for the first and the last. */
export interface EventDay extends DayContent {
  /** fit for a file name */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

interface Bucket {
  readonly key: number;
  readonly doc_count: number;
  readonly seq: { readonly max: number | null; readonly sum: number };
}

/** The days that have events, in their order. Errors: the engine's own. */
export async function surveyEventDays(engine: EngineClient, index: string): Promise<EventDay[]> {
  const seq = { stats: { field: '_seq_no' } };
  const within = (range: object, aggs: object) => ({ filter: { range: { timestamp: range } }, aggs });
  const day = { field: 'timestamp', fixed_interval: '1d', min_doc_count: 1 };
  const { aggregations } = await engine.search(index, {
    size: 0,
    aggs: {
      before: within(timeRange(-Infinity, FIRST_DAY), { seq }),
      between: within(timeRange(FIRST_DAY, LAST_DAY), { days: { date_histogram: day, aggs: { seq } } }),
      behind: within(timeRange(LAST_DAY, Infinity), { seq }),
    },
  });
  const { before, between, behind } = aggregations as unknown as {
    readonly before: Bucket;
    readonly between: { readonly days: { readonly buckets: readonly Bucket[] } };
    readonly behind: Bucket;
  };
  return [
    eventDay('before-2000', -Infinity, FIRST_DAY, before),
    ...between.days.buckets.map((bucket) =>
      eventDay(new Date(bucket.key).toISOString().slice(0, 10), bucket.key, bucket.key + DAY_MS, bucket),
    ),
    eventDay('from-2100', LAST_DAY, Infinity, behind),
  ].filter(({ events }) => events > 0);
}

/** The `range` of a query for `from` ≤ time < `to`, either of which can be infinite. */
export function timeRange(from: number, to: number): object {
  return {
    format: 'epoch_millis',
    ...(Number.isFinite(from) && { gte: from }),
    ...(Number.isFinite(to) && { lt: to }),
  };
}

/** Engines sum in floating point: exact for whole numbers up to 2^51, and some units in the last place beyond. */
export function sameContent(a: DayContent, b: DayContent): boolean {
  const near = Math.abs(a.seqSum - b.seqSum) <= 4 * Number.EPSILON * a.seqSum;
  return a.events === b.events && a.newestSeq === b.newestSeq && near;
}

/** Whether only events were added to what `held` is, as far as can be told. */
export function hasGrown(held: DayContent, day: DayContent): boolean {
  return held.events < day.events && held.newestSeq < day.newestSeq;
}

function eventDay(name: string, from: number, to: number, { doc_count, seq }: Bucket): EventDay {
  // An engine without sequence numbers gives none: such a day never equals another, and is read every time.
  return { name, from, to, events: doc_count, newestSeq: seq.max ?? Number.NaN, seqSum: seq.sum };
}
