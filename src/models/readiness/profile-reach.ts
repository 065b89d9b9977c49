// How many shoppers each profile of a model reaches today.

import type { Reach } from '../../contract/profile-reach.js';
import { relativeEventWeights } from '../../core/affinity/event-weight.js';
import { canonicalEventName } from '../../core/event/event-names.js';
import { SESSION_MS } from '../../core/event/session-event.js';
import type { Model } from '../../core/model/model.js';
import type { EngineClient } from '../../engine/client/client.js';
import { EVENTS_INDEX } from '../store/index-names.js';
import type { ModelVersion } from '../store/model-record.js';
import { readEventLog, readEventPeople } from './event-log-statistics.js';

/**
 * @param newest the model's newest trained version
 * @param now milliseconds since the epoch
 */
export async function readReach(
  engine: EngineClient,
  model: Model,
  newest: ModelVersion | null,
  now = Date.now(),
): Promise<Reach> {
  const log = await readEventLog(engine, model.timeDecay, now);
  const weights = relativeEventWeights(model.eventWeights);
  const names = log.names.filter((name) => (weights.get(canonicalEventName(name)) ?? 0) > 0);
  const { people } = await readEventPeople(engine, null, { ...log, names, now, timeDecay: model.timeDecay });
  const known = [...log.events.values()].reduce((sum, events) => sum + events, 0);
  const all = known + log.anonymous;
  const having = (filter: object) =>
    newest
      ? engine.count(newest.profileIndex, { bool: { filter: [{ term: { kind: 'individual' } }, filter] } })
      : 0;
  return {
    people,
    individual: await having({ range: { events: { gt: 0 } } }),
    group: await having({ exists: { field: 'cohort' } }),
    session: { active_visits: await activeVisits(engine, now) },
    anonymous_share: all > 0 ? log.anonymous / all : 0,
  };
}

async function activeVisits(engine: EngineClient, now: number): Promise<number> {
  const count = (field: string) => ({ count: { cardinality: { field } } });
  const { aggregations } = await engine.search(EVENTS_INDEX, {
    size: 0,
    query: { range: { timestamp: { gte: now - SESSION_MS, format: 'epoch_millis' } } },
    aggs: {
      sessions: { filter: { exists: { field: 'session_id' } }, aggs: count('session_id') },
      devices: {
        filter: { bool: { must_not: { exists: { field: 'session_id' } } } },
        aggs: count('client_id'),
      },
    },
  });
  const counted = (aggregations ?? {}) as Record<string, { readonly count: { readonly value: number } }>;
  return Object.values(counted).reduce((sum, { count: { value } }) => sum + value, 0);
}
