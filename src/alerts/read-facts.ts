// Reads from the cluster what alerts are judged from: events of an hour, models with their trainings, reach.
import type { EventCounts, ModelFacts } from '../core/alert/alert-facts.js';
import { canonicalEventName } from '../core/event/event-names.js';
import { EVENTS_INDEX } from '../core/event/ubi-event.js';
import type { ActiveModel } from '../core/model/model.js';
import type { EngineClient } from '../engine/client/client.js';
import type { ScheduleStore } from '../models/jobs/schedule-store.js';
import { viewSchedule } from '../models/jobs/schedule-view.js';
import type { Lifecycle } from '../models/lifecycle/lifecycle.js';
import { findVersion, type ModelRecord } from '../models/store/model-record.js';
import type { ModelStore } from '../models/store/model-store.js';
import type { SettingsStore } from '../models/store/settings-store.js';

/** More are most likely no event names at all. */
const MAX_TYPES = 50;

interface TypeCounts {
  readonly types: { readonly buckets: readonly { readonly key: string; readonly doc_count: number }[] };
}

export interface ModelSources {
  readonly modelStore: Pick<ModelStore, 'list'>;
  readonly settingsStore: Pick<SettingsStore, 'active' | 'get'>;
  readonly lifecycle: Pick<Lifecycle, 'status'>;
  readonly schedules: Pick<ScheduleStore, 'get'>;
}

/** Events whose time is in `[from, to)`, milliseconds since the epoch, by canonical name. */
export async function countEvents(engine: EngineClient, from: number, to: number): Promise<EventCounts> {
  const { aggregations } = await engine.search<unknown, TypeCounts>(EVENTS_INDEX, {
    size: 0,
    query: { range: { timestamp: { gte: from, lt: to, format: 'epoch_millis' } } },
    aggs: { types: { terms: { field: 'action_name', size: MAX_TYPES } } },
  });
  const counts: Record<string, number> = {};
  for (const { key, doc_count } of aggregations?.types.buckets ?? []) {
    const name = canonicalEventName(key);
    counts[name] = (counts[name] ?? 0) + doc_count;
  }
  return counts;
}

/** What shoppers are ranked by; null while personalization is off. */
export async function liveModel(
  settingsStore: Pick<SettingsStore, 'active' | 'get'>,
  catalog: string,
): Promise<ActiveModel | null> {
  const { source } = await settingsStore.get(catalog);
  return source.personalization.enabled ? settingsStore.active(catalog) : null;
}

/** @param now milliseconds since the epoch */
export async function readModelFacts(sources: ModelSources, now: number): Promise<ModelFacts[]> {
  const records = await sources.modelStore.list();
  return Promise.all(
    records.map(async (record) => {
      const { id, name, catalog } = record.model;
      const active = await liveModel(sources.settingsStore, catalog);
      const live = active?.model.id === id ? findVersion(record, active.version) : null;
      return { id, name, live: verdictOf(live), newest: verdictOf(newest(record)), ...(await training(id)) };
    }),
  );

  async function training(id: string): Promise<Pick<ModelFacts, 'training' | 'error'>> {
    const [status, { source: schedule }] = await Promise.all([
      sources.lifecycle.status(id),
      sources.schedules.get(id),
    ]);
    const { lastRun } = await viewSchedule(schedule, async () => status, now);
    // A later training by hand makes up for a run of the schedule that failed.
    const scheduled =
      lastRun?.outcome === 'failed' && (lastRun.finishedAt ?? '') >= (status.finishedAt ?? '')
        ? lastRun.message
        : null;
    const failed = status.state === 'failed' ? (status.error ?? 'no reason is known') : null;
    return { training: status.state, error: failed ?? (status.state === 'running' ? null : scheduled) };
  }
}

/** Of those that were trained: settings saved over profiles of another version are judged with it. */
function newest({ versions }: ModelRecord): ModelRecord['versions'][number] | null {
  const trained = versions.filter(({ profilesFrom }) => profilesFrom === undefined);
  return trained.reduce<(typeof trained)[number] | null>(
    (last, each) => (last && last.version > each.version ? last : each),
    null,
  );
}

function verdictOf(version: ModelRecord['versions'][number] | null): ModelFacts['newest'] {
  return version && { version: version.version, verdict: version.quality?.verdict ?? null };
}
