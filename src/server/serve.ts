// `kindred serve` in its first process: engine, services and listeners, until it is told to stop.
import { connectEngine } from '../engine/client/connect-engine.js';
import { defaultCacheDir } from '../engine/embedded/cache-dir.js';
import { chooseEngine } from '../engine/embedded/choose-engine.js';
import { createServices } from './create-services.js';
import { serveLog } from './serve-log.js';
import { readSettings } from './settings/settings.js';
import { startKindred } from './start-kindred.js';
import { startWarnings } from './start-warnings.js';
import { untilStopped } from './until-stopped.js';
import { startCluster } from './workers/start-cluster.js';

/** @param workers processes that run the proxy; with 1 it is this one */
export async function serve(workers: number): Promise<void> {
  const settings = readSettings(process.env);
  const log = serveLog(settings);
  const { url, credential } = settings.engine;
  const chosen = await chooseEngine({
    engine: 'elasticsearch',
    url: url ?? undefined,
    cacheDir: defaultCacheDir(process.env),
    env: process.env,
    onProgress: (text) => log.info(text),
  });
  try {
    const engine = await connectEngine({ url: chosen.url, ...credential });
    const services = await createServices(engine, settings, log);
    const searchAddress = { url: chosen.url, ...settings.searchCredential };
    const warnings = startWarnings(settings);
    const kindred =
      workers === 1
        ? await startKindred({ services, searchAddress, settings, warnings, log })
        : await startCluster({ services, engineUrl: chosen.url, settings, warnings, workers, log });
    for (const warning of warnings) log.warn(warning);
    log.info(`proxy ${kindred.proxyUrl}, admin ${kindred.adminUrl}, engine ${engine.url}`);
    await untilStopped();
    log.info('stopping');
    await kindred.close();
    await engine.close();
  } finally {
    await chosen.stop();
  }
}
