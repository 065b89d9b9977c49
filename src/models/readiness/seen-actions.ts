// Which events the log has: the names the default model's event weights are made of.
import type { EngineClient } from '../../engine/client/client.js';
import { EVENTS_INDEX } from '../store/index-names.js';

/** Action names in the event log, the most frequent first; none without a log. */
export async function seenActions(engine: EngineClient): Promise<string[]> {
  if (!(await engine.indexExists(EVENTS_INDEX))) return [];
  const aggs = { actions: { terms: { field: 'action_name', size: 100 } } };
  const answer = await engine.search(EVENTS_INDEX, { size: 0, aggs });
  const actions = answer.aggregations?.actions as { buckets: readonly { key: string }[] } | undefined;
  return (actions?.buckets ?? []).map(({ key }) => key);
}
