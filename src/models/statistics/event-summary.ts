// What the event log has: its latest events, how many of which kind since when, and how many each time decay reads.
import type { EventSummary, StoredEvent } from '../../contract/event-log.js';
import { DAY_MS, DECAY_DAYS } from '../../core/affinity/affinity.js';
import { builtInEvent } from '../../core/event/event-names.js';
import { EVENTS_INDEX } from '../../core/event/ubi-event.js';
import { timeDecaySchema } from '../../core/model/model.js';
import type { EngineClient } from '../../engine/client/client.js';

const MAX_ACTIONS = 1_000;
/** Engines store times beyond the range of a `Date`. */
const MAX_TIME = 8.64e15;

interface SummaryAggregations {
  readonly oldest: { readonly value: number | null };
  readonly newest: { readonly value: number | null };
  readonly actions: {
    readonly buckets: readonly {
      readonly key: string;
      readonly doc_count: number;
      readonly last: { readonly value: number };
    }[];
  };
}

/** The latest events, newest first. @param userId only theirs */
export async function recentEvents(
  engine: EngineClient,
  limit: number,
  userId?: string,
): Promise<StoredEvent[]> {
  const query = userId === undefined ? undefined : { term: { user_id: userId } };
  const body = { size: limit, query, sort: [{ timestamp: 'desc' }] };
  const { hits } = await engine.search<StoredEvent>(EVENTS_INDEX, body);
  return hits.hits.map(({ _source }) => _source);
}

/** @param now milliseconds since the epoch */
export async function summarizeEvents(engine: EngineClient, now = Date.now()): Promise<EventSummary> {
  const last = { max: { field: 'timestamp' } };
  const { hits, aggregations } = await engine.search<unknown, SummaryAggregations>(EVENTS_INDEX, {
    size: 0,
    track_total_hits: true,
    aggs: {
      oldest: { min: { field: 'timestamp' } },
      newest: last,
      actions: { terms: { field: 'action_name', size: MAX_ACTIONS }, aggs: { last } },
    },
  });
  const oldest = aggregations?.oldest.value ?? null;
  const asOf = Math.min(now, aggregations?.newest.value ?? now);
  return {
    total: hits.total?.value ?? 0,
    byAction: (aggregations?.actions.buckets ?? []).map(({ key, doc_count, last: { value } }) => ({
      action: key,
      counts_as: builtInEvent(key) ?? null,
      events: doc_count,
      last: iso(value),
    })),
    windows: await countWindows(engine, asOf),
    since: oldest === null ? null : iso(oldest),
  };
}

async function countWindows(engine: EngineClient, asOf: number): Promise<EventSummary['windows']> {
  const aggs = Object.fromEntries(
    timeDecaySchema.options.map((timeDecay) => {
      const days = DECAY_DAYS[timeDecay];
      const gte = days === null ? undefined : asOf - days * DAY_MS;
      const range = { range: { timestamp: { gte, format: 'epoch_millis' } } };
      return [timeDecay, { filter: gte === undefined ? { match_all: {} } : range }];
    }),
  );
  type Counts = Record<string, { readonly doc_count: number }>;
  const { aggregations } = await engine.search<unknown, Counts>(EVENTS_INDEX, { size: 0, aggs });
  return timeDecaySchema.options.map((timeDecay) => ({
    timeDecay,
    events: aggregations?.[timeDecay]?.doc_count ?? 0,
  }));
}

function iso(time: number): string {
  return new Date(Math.max(-MAX_TIME, Math.min(MAX_TIME, time))).toISOString();
}
