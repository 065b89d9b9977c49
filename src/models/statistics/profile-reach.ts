// Reach: how many users each profile of a model applies to today.
import type { Reach } from '../../contract/profile-reach.js';
import { relativeEventWeights } from '../../core/affinity/affinity.js';
import { canonicalEventName } from '../../core/event/event-names.js';
import { SESSION_MS } from '../../core/event/session-event.js';
import { EVENTS_INDEX } from '../../core/event/ubi-event.js';
import type { EngineClient } from '../../engine/client/client.js';
import { currentVersion, type ModelRecord } from '../store/model-record.js';
import { readEventLog, readLearnedEvents } from './event-log-statistics.js';

interface SessionCounts {
  readonly sessions: { readonly count: { readonly value: number } };
  readonly clients: { readonly count: { readonly value: number } };
}

/**
 * Users with an event that counts, and those with a profile in the model's current version.
 * @param now milliseconds since the epoch
 */
export async function readReach(engine: EngineClient, record: ModelRecord, now = Date.now()): Promise<Reach> {
  const current = currentVersion(record);
  const countProfiles = (filter: object) =>
    current
      ? engine.count(current.profileIndex, { bool: { filter: [{ term: { kind: 'individual' } }, filter] } })
      : null;
  const [learned, individual, group, active_visits] = await Promise.all([
    countLearned(engine, record, now),
    countProfiles({ range: { events: { gt: 0 } } }),
    countProfiles({ exists: { field: 'cohort' } }),
    countActiveSessions(engine, now),
  ]);
  return { ...learned, individual, group, session: { active_visits } };
}

async function countLearned(
  engine: EngineClient,
  { model: { timeDecay, eventWeights } }: ModelRecord,
  now: number,
): Promise<Pick<Reach, 'people' | 'anonymous_share'>> {
  const log = await readEventLog(engine, timeDecay, now);
  const weights = relativeEventWeights(eventWeights);
  const names = log.names.filter((name) => (weights.get(canonicalEventName(name)) ?? 0) > 0);
  const { users } = await readLearnedEvents(engine, null, { ...log, names, now, timeDecay });
  const known = [...log.events.values()].reduce((sum, events) => sum + events, 0);
  const all = known + log.anonymous;
  return { people: users, anonymous_share: all > 0 ? log.anonymous / all : 0 };
}

/** Sessions, and clients without a session id, with an event in the time a session lasts. */
async function countActiveSessions(engine: EngineClient, now: number): Promise<number> {
  const count = (field: string) => ({ count: { cardinality: { field } } });
  const { aggregations } = await engine.search<unknown, SessionCounts>(EVENTS_INDEX, {
    size: 0,
    query: { range: { timestamp: { gte: now - SESSION_MS, format: 'epoch_millis' } } },
    aggs: {
      sessions: { filter: { exists: { field: 'session_id' } }, aggs: count('session_id') },
      clients: {
        filter: { bool: { must_not: { exists: { field: 'session_id' } } } },
        aggs: count('client_id'),
      },
    },
  });
  return aggregations ? aggregations.sessions.count.value + aggregations.clients.count.value : 0;
}
