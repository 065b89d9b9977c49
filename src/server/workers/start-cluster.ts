// A Kindred of several processes: workers with the proxy; here the admin listener, and what they share.
import { createCleanUp } from '../clean-up.js';
import { openProxyParts } from '../proxy-parts.js';
import type { Settings } from '../settings/settings.js';
import { heldState, openPrimaryState } from '../shared-state.js';
import { startAdmin } from '../start-admin.js';
import type { RunningKindred, StartOptions } from '../start-kindred.js';
import { createWatching } from '../watching.js';
import { startWorkers } from './start-workers.js';

export interface ClusterOptions extends Pick<StartOptions, 'services' | 'warnings' | 'log'> {
  readonly engineUrl: string;
  readonly settings: Settings;
  readonly workers: number;
}

/** Errors: as `startKindred`, and `worker-ended`; nothing is left open then. */
export async function startCluster(options: ClusterOptions): Promise<Omit<RunningKindred, 'refresh'>> {
  const { services, settings, engineUrl, workers: count, log } = options;
  const cleanUp = createCleanUp();
  try {
    const start = { settings, engineUrl, workers: count };
    const callable = heldState();
    const shared = openPrimaryState(settings.redisUrl, callable, log);
    cleanUp.add(shared.close);
    const searchAddress = { url: engineUrl, ...settings.searchCredential };
    // Nothing listens here: people preview, and look at what workers hold.
    const watching = createWatching();
    const here = { ...services, searchAddress, shared, watch: watching, processes: count, log };
    const parts = await openProxyParts(here);
    cleanUp.add(parts.close);
    const workers = await startWorkers({ count, start, callable, onWatched: watching.take, log });
    cleanUp.add(workers.close);
    const admin = await startAdmin({ ...options, parts, watching });
    cleanUp.add(admin.close);
    return { proxyUrl: workers.proxyUrl, adminUrl: admin.url, close: cleanUp.run };
  } catch (error) {
    await cleanUp.run();
    throw error;
  }
}
