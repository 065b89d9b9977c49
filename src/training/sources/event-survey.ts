// What a log holds before it is read: the newest event and the event types, of an event index or of a view of events.
import { z } from 'zod';
import { readSqlFile } from '../../duckdb/sql-file.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import type { EngineClient } from '../../engine/client/client.js';

const SQL = readSqlFile(new URL('event-survey.sql', import.meta.url));

/** Engines know times that no calendar reaches. */
const MAX_TIME = 8.64e15;
const MAX_EVENT_TYPES = 20;

/** One event type of the source. */
export interface SeenEvents {
  readonly action: string;
  readonly events: number;
}

export interface EventSurvey {
  /** milliseconds since the epoch; null when there is no event */
  readonly newest: number | null;
  /** event types with their counts, the most frequent first */
  readonly seen: readonly SeenEvents[];
}

const bucketSchema = z.object({ key: z.string(), doc_count: z.number() });
/** Absent where no shard answers. */
const aggregationsSchema = z.object({
  newest: z.object({ value: z.number().nullable() }).default({ value: null }),
  actions: z.object({ buckets: z.array(bucketSchema) }).default({ buckets: [] }),
});

/** One request. Errors: the engine's own. */
export async function surveyEventIndex(engine: EngineClient, index: string): Promise<EventSurvey> {
  const { aggregations } = await engine.search(index, {
    size: 0,
    aggs: {
      newest: { max: { field: 'timestamp' } },
      actions: { terms: { field: 'action_name', size: MAX_EVENT_TYPES } },
    },
  });
  const { newest, actions } = aggregationsSchema.parse(aggregations ?? {});
  return {
    newest: newest.value === null ? null : Math.floor(Math.min(newest.value, MAX_TIME)),
    seen: actions.buckets.map(({ key, doc_count }) => ({ action: key, events: doc_count })),
  };
}

/** Surveys the view `dataset_events`. */
export async function surveyEvents(steps: Pick<SqlSteps, 'run'>): Promise<EventSurvey> {
  const rows = await steps.run(SQL, 'survey');
  const newest = rows.map((row) => Number(row.newest));
  return {
    newest: newest.length === 0 ? null : Math.max(...newest),
    seen: rows
      .filter(({ action_name }) => action_name !== null)
      .map(({ action_name, events }) => ({ action: String(action_name), events: Number(events) })),
  };
}
