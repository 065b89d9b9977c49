// `kindred demo`: the whole chain on one machine, from an engine to personalized results, in one command.

import { Command, Option } from 'commander';
import { pino } from 'pino';
import type { EngineKind } from '../core/engine-kind.js';
import { KindredError } from '../core/errors.js';
import { loadShop } from '../demo/load-shop.js';
import { present } from '../demo/present.js';
import { openShop } from '../demo/shop.js';
import { trainAndActivate } from '../demo/train-and-activate.js';
import { connectEngine } from '../engine/client/connect-engine.js';
import { defaultCacheDir } from '../engine/embedded/cache-dir.js';
import { chooseEngine } from '../engine/embedded/choose-engine.js';
import { type CleanUp, createCleanUp } from '../server/clean-up.js';
import { createServices } from '../server/create-services.js';
import { listen } from '../server/listen.js';
import { readSettings, type Settings } from '../server/settings/settings.js';
import { startKindred } from '../server/start-kindred.js';
import { startWarnings } from '../server/start-warnings.js';
import { untilStopped } from '../server/until-stopped.js';

interface DemoOptions {
  readonly once?: boolean;
  readonly data: string;
  readonly engine: EngineKind;
}

export function demoCommand(): Command {
  return new Command('demo')
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

/** What shells expect of a command that Ctrl-C ended before its work was done. */
const INTERRUPTED = 130;

async function runDemo(options: DemoOptions): Promise<void> {
  const cleanUp = createCleanUp();
  const stopped = untilStopped();
  const shown = showDemo(options, cleanUp);
  // Stopped half-way, what is under way fails as its ground is put away; that is not news.
  shown.catch(() => {});
  try {
    const early = await Promise.race([shown, stopped.then(() => true as const)]);
    if (early) process.exitCode = INTERRUPTED;
    else if (!options.once) await stopped;
  } finally {
    await cleanUp.run();
    await shown.catch(() => {});
    // What was opened meanwhile.
    await cleanUp.run();
  }
}

async function showDemo(options: DemoOptions, cleanUp: CleanUp): Promise<void> {
  const settings = demoSettings(readSettings(process.env));
  await requirePorts(settings);
  const begun = performance.now();
  const cacheDir = defaultCacheDir(process.env);
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const { url, credential } = settings.engine;
  const starting = new AbortController();
  cleanUp.add(() => starting.abort());
  const chosen = await chooseEngine({
    engine: options.engine,
    ...(url !== null && { url }),
    cacheDir,
    env: process.env,
    onProgress: say,
    signal: starting.signal,
  });
  cleanUp.add(() => chosen.stop());
  process.stdout.write(`engine ${chosen.url}\n`);
  const engine = await connectEngine({ url: chosen.url, ...credential });
  cleanUp.add(() => engine.close());
  const shop = await openShop(options.data, cacheDir, say);
  cleanUp.add(() => shop.dispose());
  const [catalog] = settings.catalogs;
  if (!catalog) throw new KindredError('no-catalog', 'KINDRED_CONFIG names no catalog');
  await loadShop(engine, shop.directory, catalog.index);
  const log = pino({ level: 'error' }, pino.destination(2));
  const services = await createServices(engine, settings, log);
  const searchAddress = { url: chosen.url, ...settings.searchCredential };
  const kindred = await startKindred({
    services,
    searchAddress,
    settings,
    warnings: startWarnings(settings),
    log,
  });
  cleanUp.add(() => kindred.close());
  const training = await trainAndActivate(services);
  await kindred.refresh();
  const all = (performance.now() - begun) / 1000;
  say(`trained and activated in ${training.seconds.toFixed(0)} s, ${all.toFixed(0)} s in all`);
  say(training.quality);
  await present({ shop, catalog, kindred, engine: searchAddress, settings, once: options.once === true });
}

/** Says at once, and not after minutes of loading, that a port is taken. */
async function requirePorts({ proxy, admin }: Settings): Promise<void> {
  for (const [where, setting] of [
    [proxy, 'KINDRED_PROXY_PORT'],
    [admin, 'KINDRED_ADMIN_PORT'],
  ] as const) {
    const probe = await listen(() => {}, where, setting);
    await probe.close();
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
