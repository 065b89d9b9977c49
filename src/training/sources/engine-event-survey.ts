// What the event index holds: the newest event and the event types, asked in one request.
import type { EngineClient } from '../../engine/client/client.js';
import type { EventSurvey } from './training-source.js';

/** Engines know times that no calendar reaches. */
const LAST_TIME = 8.64e15;

/** Errors: the engine's own. */
export async function surveyEventIndex(engine: EngineClient, index: string): Promise<EventSurvey> {
  const { aggregations } = await engine.search(index, {
    size: 0,
    aggs: {
      newest: { max: { field: 'timestamp' } },
      actions: { terms: { field: 'action_name', size: 20 } },
    },
  });
  const newest = aggregations?.newest as { readonly value: number | null } | undefined;
  const actions = aggregations?.actions as
    | { readonly buckets: readonly { readonly key: string; readonly doc_count: number }[] }
    | undefined;
  return {
    newest: newest?.value == null ? null : Math.floor(Math.min(newest.value, LAST_TIME)),
    seen: (actions?.buckets ?? []).map(({ key, doc_count }) => ({ action: key, events: doc_count })),
  };
}
