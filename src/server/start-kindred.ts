// A Kindred that is one process: the proxy, the admin listener and what they share.
import type { Logger } from 'pino';
import type { EngineAddress } from '../engine/client/engine-address.js';
import { createCleanUp } from './clean-up.js';
import type { Services } from './create-services.js';
import type { Settings } from './settings/settings.js';
import { openSharedState } from './shared-state.js';
import { type AdminOptions, startAdmin } from './start-admin.js';
import { startProxy } from './start-proxy.js';
import { createWatching } from './watching.js';

export interface RunningKindred {
  readonly proxyUrl: string;
  readonly adminUrl: string;
  /** reads settings and active model now instead of within a second */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

export interface StartOptions {
  readonly services: Services;
  /** where and with which credential searches go */
  readonly searchAddress: EngineAddress;
  readonly settings: Pick<Settings, 'serverKeys' | 'proxy' | 'redisUrl'> & AdminOptions['settings'];
  /** what an operator should know of the settings */
  readonly warnings: readonly string[];
  readonly log: Logger;
}

/** Errors: `port-in-use`, `cannot-listen`, and the engine's; nothing is left open then. */
export async function startKindred(options: StartOptions): Promise<RunningKindred> {
  const { services, settings, log } = options;
  const cleanUp = createCleanUp();
  try {
    const shared = openSharedState(settings.redisUrl, log);
    cleanUp.add(shared.close);
    const watching = createWatching();
    const proxy = await startProxy({ ...options, ...services, shared, watch: watching, processes: 1 });
    cleanUp.add(proxy.close);
    const admin = await startAdmin({ ...options, parts: proxy.parts, watching });
    cleanUp.add(admin.close);
    return {
      proxyUrl: proxy.url,
      adminUrl: admin.url,
      refresh: proxy.parts.watcher.refreshNow,
      close: cleanUp.run,
    };
  } catch (error) {
    await cleanUp.run();
    throw error;
  }
}
