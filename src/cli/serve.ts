// `kindred serve`: the proxy and the admin listener, until it is told to stop.
import { Command } from 'commander';
import { pino } from 'pino';
import { chooseEngine } from '../engine/choose-engine.js';
import { connectEngine } from '../engine/connect-engine.js';
import { defaultCacheDir } from '../engine/embedded/cache-dir.js';
import { createServices } from './create-services.js';
import { readSettings } from './settings.js';
import { startKindred } from './start-kindred.js';
import { startWarnings } from './start-warnings.js';
import { untilStopped } from './until-stopped.js';

export function serveCommand(): Command {
  return new Command('serve')
    .addHelpText('after', '\nEvery setting comes from the environment: see docs/settings.md.')
    .action(async () => {
      const settings = readSettings(process.env);
      const log = pino({ level: settings.logLevel, redact: ['*.headers', '*.authorization'] });
      const { url, credential } = settings.engine;
      const chosen = await chooseEngine({
        engine: 'elasticsearch',
        ...(url !== null && { url }),
        cacheDir: defaultCacheDir(process.env),
        env: process.env,
        onProgress: (text) => log.info(text),
      });
      try {
        const engine = await connectEngine({ url: chosen.url, ...credential });
        const services = await createServices(engine, settings, log);
        const searchAddress = { url: chosen.url, ...settings.searchCredential };
        const kindred = await startKindred({ services, searchAddress, settings, log });
        for (const warning of startWarnings(settings)) log.warn(warning);
        log.info(`proxy ${kindred.proxyUrl}, admin ${kindred.adminUrl}, engine ${engine.url}`);
        await untilStopped();
        log.info('stopping');
        await kindred.close();
        await engine.close();
      } finally {
        await chosen.stop();
      }
    });
}
