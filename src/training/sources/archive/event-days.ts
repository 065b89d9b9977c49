// The days of one shard of an event index, and how to tell without reading them whether they have changed.
import { z } from 'zod';
import { DAY_MS } from '../../../core/affinity/affinity.js';
import type { EngineClient, IndexShard } from '../../../engine/client/client.js';

/** Each day between these has a file of its own; events outside, by clocks that are wrong, have one before and one after. */
const FIRST_DAY = Date.UTC(2000, 0, 1);
const LAST_DAY = Date.UTC(2100, 0, 1);

/**
 * A shard numbers its writes, and an event that is written again takes a new number. So a day with the same count and
 * the same newest number is the same day: whatever came has a newer number, and what went is missing in the count.
 */
export interface DayContent {
  readonly events: number;
  readonly newest: number;
}

/** The events of `from` ≤ time < `to`, milliseconds since the epoch; a UTC day but for the first and the last. */
export interface EventDay extends DayContent {
  /** fit for a file name */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

const bucketSchema = z.object({
  doc_count: z.number(),
  /** the newest sequence number; null without events, or where the engine has none */
  newest: z.object({ value: z.number().nullish() }),
});
type Bucket = z.infer<typeof bucketSchema>;

const aggregationsSchema = z.object({
  before: bucketSchema,
  between: z.object({ days: z.object({ buckets: z.array(bucketSchema.extend({ key: z.number() })) }) }),
  after: bucketSchema,
});

/** The days that have events, in their order. Errors: the engine's own. */
export async function surveyEventDays(
  engine: EngineClient,
  { index, shard }: IndexShard,
): Promise<EventDay[]> {
  const newest = { max: { field: '_seq_no' } };
  const within = (range: object, aggs: object) => ({ filter: { range: { timestamp: range } }, aggs });
  const day = { field: 'timestamp', fixed_interval: '1d', min_doc_count: 1 };
  const body = {
    size: 0,
    aggs: {
      before: within(timeRange(-Infinity, FIRST_DAY), { newest }),
      between: within(timeRange(FIRST_DAY, LAST_DAY), { days: { date_histogram: day, aggs: { newest } } }),
      after: within(timeRange(LAST_DAY, Infinity), { newest }),
    },
  };
  const { aggregations } = await engine.search(index, body, { shard });
  const { before, between, after } = aggregationsSchema.parse(aggregations);
  return [
    eventDay('before-2000', -Infinity, FIRST_DAY, before),
    ...between.days.buckets.map((bucket) =>
      eventDay(new Date(bucket.key).toISOString().slice(0, 10), bucket.key, bucket.key + DAY_MS, bucket),
    ),
    eventDay('from-2100', LAST_DAY, Infinity, after),
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

export function sameContent(a: DayContent, b: DayContent): boolean {
  return a.events === b.events && a.newest === b.newest;
}

/** Whether only events were added to what is held, as far as can be told. */
export function hasGrown(held: DayContent, day: DayContent): boolean {
  return held.events < day.events && held.newest < day.newest;
}

/** An engine without these numbers gives none: such a day never equals another, and is read every time. */
function eventDay(name: string, from: number, to: number, { doc_count, newest }: Bucket): EventDay {
  return { name, from, to, events: doc_count, newest: newest.value ?? Number.NaN };
}
