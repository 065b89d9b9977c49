// How many users the profiles of live models reach, for alerts.
import type { AlertFacts } from '../core/alert/alert-facts.js';
import { HOUR_MS } from '../core/alert/usual-hours.js';
import type { ActiveModel } from '../core/model/model.js';
import type { EngineClient } from '../engine/client/client.js';
import { readReach } from '../models/statistics/profile-reach.js';
import type { ModelStore } from '../models/store/model-store.js';
import type { SettingsStore } from '../models/store/settings-store.js';
import { liveModel } from './read-facts.js';

type Reached = NonNullable<AlertFacts['reach']>[number];

interface LiveReachSources {
  readonly engine: EngineClient;
  readonly modelStore: Pick<ModelStore, 'get'>;
  readonly settingsStore: Pick<SettingsStore, 'active' | 'get'>;
  /** by name */
  readonly catalogs: readonly string[];
}

/** Of the live model of each catalog, once an hour and version: it takes the engine longer than all the rest. */
export function createLiveReach(
  { engine, modelStore, settingsStore, catalogs }: LiveReachSources,
  now: () => number,
): () => Promise<Reached[]> {
  const read = new Map<string, { readonly of: string; readonly facts: Reached | null }>();

  async function reachOf({ model, version }: ActiveModel): Promise<Reached | null> {
    const of = `${version} ${Math.floor(now() / HOUR_MS)}`;
    const known = read.get(model.id);
    if (known?.of === of) return known.facts;
    const { source } = await modelStore.get(model.id);
    // Of what is live, not of edits made since.
    const { people, individual } = await readReach(
      engine,
      { ...source, model, currentVersion: version },
      now(),
    );
    const facts = individual === null ? null : { model: model.id, people, individual };
    read.set(model.id, { of, facts });
    return facts;
  }

  return async () => {
    const live = await Promise.all(catalogs.map((name) => liveModel(settingsStore, name)));
    const facts = await Promise.all(live.map((active) => active && reachOf(active)));
    return facts.filter((each) => each !== null);
  };
}
