// The proxy listener: searches and events of storefronts.
import { createProxyApp } from '../http/proxy/proxy-app.js';
import { createProxyHandler } from '../http/proxy/proxy-handler.js';
import { createSearchHandler } from '../search/search-handler.js';
import { createCleanUp } from './clean-up.js';
import { listen } from './listen.js';
import { notReady } from './not-ready.js';
import { openProxyParts, type PartsOptions, type ProxyParts } from './proxy-parts.js';
import type { Settings } from './settings/settings.js';

/** Which process gets a connection is chance: that they end now and then evens out who has how many. */
const SHARED_REQUESTS = 200;

export interface ProxyOptions extends PartsOptions {
  readonly settings: Pick<Settings, 'serverKeys' | 'proxy'>;
}

export interface RunningProxy {
  readonly url: string;
  readonly parts: ProxyParts;
  /** answers what is under way, then closes */
  close(): Promise<void>;
}

/** Errors: `port-in-use`, `cannot-listen`; nothing is left open then. */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const { engine, settings, log } = options;
  const cleanUp = createCleanUp();
  try {
    const parts = await openProxyParts(options);
    cleanUp.add(parts.close);
    const { intake, identify, watcher } = parts;
    const { serverKeys } = settings;
    const app = createProxyApp({
      engine: engine.kind,
      intake,
      identify,
      serverKeys,
      notReady: () => notReady(options, watcher),
      log,
    });
    const search = createSearchHandler(parts.search);
    const listener = await listen(
      createProxyHandler({ search, app, engine: engine.kind, serverKeys, log }),
      settings.proxy,
      'KINDRED_PROXY_PORT',
      { requestsPerConnection: options.processes > 1 ? SHARED_REQUESTS : 0 },
    );
    cleanUp.add(listener.close);
    return { url: listener.url, parts, close: cleanUp.run };
  } catch (error) {
    await cleanUp.run();
    throw error;
  }
}
