// The proxy listener: searches and events of storefronts.
import { createProxyApp } from '../http/proxy/proxy-app.js';
import { createProxyHandler } from '../http/proxy/proxy-handler.js';
import { createSearchHandler } from '../search/search-handler.js';
import { createCleanUp } from './clean-up.js';
import { createProxy, type ProxyOptions, type ProxyParts } from './create-proxy.js';
import { listen } from './listen.js';
import { notReadyReasons } from './readyz.js';
import type { Settings } from './settings/settings.js';

/** The system gives a connection to any of the processes: ending connections now and then evens their load out. */
const SHARED_REQUESTS = 200;

export type ProxySettings = Pick<Settings, 'serverKeys' | 'proxy'> &
  Partial<Pick<Settings, 'passWrites' | 'profileDeadline'>>;

export interface RunningProxy {
  readonly url: string;
  readonly parts: ProxyParts;
  /** answers what is under way, then closes */
  close(): Promise<void>;
}

/** Errors: `port-in-use`, `cannot-listen`; nothing is left open then. */
export async function startProxy(
  options: Omit<ProxyOptions, 'profileDeadline'>,
  settings: ProxySettings,
): Promise<RunningProxy> {
  const { engine, log } = options;
  const { serverKeys, passWrites, proxy: address, profileDeadline } = settings;
  const cleanUp = createCleanUp();
  try {
    const parts = await createProxy({ ...options, profileDeadline });
    cleanUp.add(parts.close);
    const { intake, identify, activeModel } = parts;
    const app = createProxyApp({
      engine: engine.kind,
      intake,
      identify,
      serverKeys,
      notReady: () => notReadyReasons(options, activeModel),
      log,
    });
    const search = createSearchHandler(parts.search);
    const listener = await listen(
      createProxyHandler({ search, app, engine: engine.kind, serverKeys, passWrites, log }),
      address,
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
