// A Kindred of several processes: the proxy listeners are in workers, the admin listener and shared state are here.
import { createCleanUp } from '../clean-up.js';
import { createProxy } from '../create-proxy.js';
import { createProxyMetrics } from '../proxy-metrics.js';
import type { Settings } from '../settings/settings.js';
import { createSharedStateHandlers, openPrimaryState } from '../shared-state.js';
import { startAdmin } from '../start-admin.js';
import type { RunningKindred, StartOptions } from '../start-kindred.js';
import { startWorkers } from './start-workers.js';

export interface ClusterOptions extends Pick<StartOptions, 'services' | 'warnings' | 'log'> {
  readonly engineUrl: string;
  readonly settings: Settings;
  readonly workers: number;
}

/** Errors: as `startKindred`, and `worker-ended`; nothing is left open then. */
export async function startCluster(options: ClusterOptions): Promise<Omit<RunningKindred, 'refresh'>> {
  const { services, settings, engineUrl, workers: count, warnings, log } = options;
  const { engine, catalogs, modelStore } = services;
  const cleanUp = createCleanUp();
  try {
    const handlers = createSharedStateHandlers();
    const shared = openPrimaryState(settings.redisUrl, handlers, log);
    cleanUp.add(shared.close);
    const searchAddress = { url: engineUrl, ...settings.searchCredential };
    const reporter = createProxyMetrics();
    // Without a listener: the admin API previews searches, and reads and erases what the workers' sessions hold.
    const parts = await createProxy({
      engine,
      catalogs,
      modelStore,
      searchAddress,
      shared,
      reporter,
      log,
      processes: count,
    });
    cleanUp.add(parts.close);
    const start = { settings, engineUrl, workers: count };
    const workers = await startWorkers({ count, start, handlers, onReport: reporter.add, log });
    cleanUp.add(workers.close);
    const { proxyUrl } = workers;
    const admin = await startAdmin({
      services,
      settings,
      proxy: parts,
      proxyUrl,
      reporting: reporter,
      warnings,
      log,
    });
    cleanUp.add(admin.close);
    return { proxyUrl, adminUrl: admin.url, close: cleanUp.run };
  } catch (error) {
    await cleanUp.run();
    throw error;
  }
}
