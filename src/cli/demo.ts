// `kindred demo`: the whole chain on one machine, from an engine to personalized results, in one command.
import { Command, Option } from 'commander';
import { pino } from 'pino';
import { KindredError } from '../core/errors.js';
import { chooseEngine } from '../engine/choose-engine.js';
import type { EngineKind } from '../engine/client.js';
import { connectEngine } from '../engine/connect-engine.js';
import { defaultCacheDir } from '../engine/embedded/cache-dir.js';
import { createServices } from './create-services.js';
import { loadShop } from './demo/load-shop.js';
import { present } from './demo/present.js';
import { openShop } from './demo/shop.js';
import { trainAndActivate } from './demo/train-and-activate.js';
import { readSettings, type Settings } from './settings.js';
import { startKindred } from './start-kindred.js';
import { untilStopped } from './until-stopped.js';

interface DemoOptions {
  readonly once?: boolean;
  readonly data: string;
  readonly engine: EngineKind;
}

export function demoCommand(): Command {
  return new Command('demo')
    .description('load a shop, train on it, and show the same search with and without personalization')
    .option('--once', 'print the tables and exit')
    .addOption(
      new Option('--data <shop>', 'journey: real households (35 MB download); simulated: made up')
        .choices(['journey', 'simulated'])
        .default('journey'),
    )
    .addOption(
      new Option('--engine <engine>', 'which engine to start when ELASTICSEARCH_URL is not set')
        .choices(['elasticsearch', 'opensearch'])
        .default('elasticsearch'),
    )
    .action(runDemo);
}

async function runDemo(options: DemoOptions): Promise<void> {
  const settings = demoSettings(readSettings(process.env));
  const begun = performance.now();
  const cacheDir = defaultCacheDir(process.env);
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const { url, credential } = settings.engine;
  const chosen = await chooseEngine({
    engine: options.engine,
    ...(url !== null && { url }),
    cacheDir,
    env: process.env,
    onProgress: say,
  });
  try {
    process.stdout.write(`engine ${chosen.url}\n`);
    const engine = await connectEngine({ url: chosen.url, ...credential });
    const shop = await openShop(options.data, cacheDir, say);
    try {
      const [catalog] = settings.catalogs;
      if (!catalog) throw new KindredError('no-catalog', 'KINDRED_CONFIG names no catalog');
      await loadShop(engine, shop.directory, catalog.index);
      const services = await createServices(engine, settings.catalogs);
      const log = pino({ level: 'error' }, pino.destination(2));
      const searchAddress = { url: chosen.url, ...settings.searchCredential };
      const kindred = await startKindred({ services, searchAddress, settings, log });
      try {
        const seconds = await trainAndActivate(services);
        await kindred.refresh();
        say(
          `trained and activated in ${seconds.toFixed(0)} s, ${((performance.now() - begun) / 1000).toFixed(0)} s in all`,
        );
        await present({
          shop,
          catalog,
          kindred,
          engine: searchAddress,
          settings,
          once: options.once === true,
        });
        if (!options.once) await untilStopped();
      } finally {
        await kindred.close();
      }
    } finally {
      await shop.dispose();
      await engine.close();
    }
  } finally {
    await chosen.stop();
  }
}

/** The demo listens on loopback only, so well-known keys do no harm there. */
function demoSettings(settings: Settings): Settings {
  const { serverKeys, adminKeys, proxy, admin } = settings;
  return {
    ...settings,
    serverKeys: serverKeys.length > 0 ? serverKeys : ['srv_demo'],
    adminKeys: adminKeys.length > 0 ? adminKeys : ['adm_demo'],
    proxy: { ...proxy, host: '127.0.0.1' },
    admin: { ...admin, host: '127.0.0.1' },
  };
}
