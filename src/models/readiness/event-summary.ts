// What the event log has: how many events of which kind, since when, and how many each time decay looks at.
import type { EventSummary } from '../../contract/event-log.js';
import { DAY_MS, DECAY_DAYS, type TimeDecay } from '../../core/affinity/time-decay.js';
import { builtInEvent } from '../../core/event/event-names.js';
import type { EngineClient } from '../../engine/client/client.js';
import { EVENTS_INDEX } from '../store/index-names.js';

const NAMES = 1_000;
/** Engines know times that no calendar reaches. */
const LAST_TIME = 8.64e15;

interface Answer {
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

/** @param now milliseconds since the epoch */
export async function summarizeEvents(engine: EngineClient, now = Date.now()): Promise<EventSummary> {
  const last = { max: { field: 'timestamp' } };
  const { hits, aggregations } = await engine.search(EVENTS_INDEX, {
    size: 0,
    track_total_hits: true,
    aggs: {
      oldest: { min: { field: 'timestamp' } },
      newest: last,
      actions: { terms: { field: 'action_name', size: NAMES }, aggs: { last } },
    },
  });
  const { oldest, newest, actions } = aggregations as unknown as Answer;
  const asOf = Math.min(now, newest.value ?? now);
  return {
    total: hits.total?.value ?? 0,
    byAction: actions.buckets.map(({ key, doc_count, last: { value } }) => ({
      action: key,
      counts_as: builtInEvent(key) ?? null,
      events: doc_count,
      last: iso(value),
    })),
    windows: await countWindows(engine, asOf),
    since: oldest.value === null ? null : iso(oldest.value),
  };
}

async function countWindows(engine: EngineClient, asOf: number): Promise<EventSummary['windows']> {
  const windows = Object.entries(DECAY_DAYS) as [TimeDecay, number | null][];
  const aggs = Object.fromEntries(
    windows.map(([timeDecay, days]) => {
      const gte = days === null ? undefined : asOf - days * DAY_MS;
      const range = { range: { timestamp: { gte, format: 'epoch_millis' } } };
      return [timeDecay, { filter: gte === undefined ? { match_all: {} } : range }];
    }),
  );
  const { aggregations } = await engine.search(EVENTS_INDEX, { size: 0, aggs });
  const counted = (aggregations ?? {}) as Record<string, { readonly doc_count: number }>;
  return windows.map(([timeDecay]) => ({ timeDecay, events: counted[timeDecay]?.doc_count ?? 0 }));
}

function iso(time: number): string {
  return new Date(Math.max(-LAST_TIME, Math.min(LAST_TIME, time))).toISOString();
}
