// A Kindred that is one process: the proxy listener, the admin listener and what they share.
import type { Logger } from 'pino';
import type { EngineAddress } from '../engine/client/engine-address.js';
import { createCleanUp } from './clean-up.js';
import type { Services } from './create-services.js';
import { createProxyMetrics } from './proxy-metrics.js';
import type { Settings } from './settings/settings.js';
import { openSharedState } from './shared-state.js';
import { type AdminOptions, startAdmin } from './start-admin.js';
import { type ProxySettings, startProxy } from './start-proxy.js';

export interface RunningKindred {
  readonly proxyUrl: string;
  readonly adminUrl: string;
  /** reads settings and active model, and judges alerts, now instead of by and by */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

export interface StartOptions {
  readonly services: Services;
  /** where searches go, and with which credential */
  readonly searchAddress: EngineAddress;
  readonly settings: ProxySettings & Pick<Settings, 'redisUrl'> & AdminOptions['settings'];
  /** what an operator should know of the settings */
  readonly warnings: readonly string[];
  readonly log: Logger;
}

/** Errors: `port-in-use`, `cannot-listen`, and the engine's; nothing is left open then. */
export async function startKindred(options: StartOptions): Promise<RunningKindred> {
  const { services, searchAddress, settings, warnings, log } = options;
  const { engine, catalogs, modelStore } = services;
  const cleanUp = createCleanUp();
  try {
    const shared = openSharedState(settings.redisUrl, log);
    cleanUp.add(shared.close);
    const reporter = createProxyMetrics();
    const proxy = await startProxy(
      { engine, catalogs, modelStore, searchAddress, shared, reporter, log, processes: 1 },
      settings,
    );
    cleanUp.add(proxy.close);
    const { parts } = proxy;
    const admin = await startAdmin({
      services,
      settings,
      proxy: parts,
      proxyUrl: proxy.url,
      reporting: reporter,
      warnings,
      log,
    });
    cleanUp.add(admin.close);
    return {
      proxyUrl: proxy.url,
      adminUrl: admin.url,
      async refresh() {
        await parts.activeModel.refreshNow();
        await admin.checkAlerts();
      },
      close: cleanUp.run,
    };
  } catch (error) {
    await cleanUp.run();
    throw error;
  }
}
