// The demo from start to end: an engine, a shop loaded into it, Kindred before it, a trained model, and the tables.
import { pino } from 'pino';
import type { EngineKind } from '../core/engine-kind.js';
import { KindredError } from '../core/errors.js';
import { loadDataset } from '../datasets/load/load-dataset.js';
import { connectEngine } from '../engine/client/connect-engine.js';
import { defaultCacheDir } from '../engine/embedded/cache-dir.js';
import { chooseEngine } from '../engine/embedded/choose-engine.js';
import type { Lifecycle } from '../models/lifecycle/lifecycle.js';
import type { CleanUp } from '../server/clean-up.js';
import { createServices } from '../server/create-services.js';
import { listen } from '../server/listen.js';
import { readSettings, type Settings } from '../server/settings/settings.js';
import { startKindred } from '../server/start-kindred.js';
import { startWarnings } from '../server/start-warnings.js';
import { qualityLines, trainModel } from '../server/train-model.js';
import { withPartProgress, withProgress } from '../terminal/progress.js';
import { openShop } from './demo-shop.js';
import { present } from './present.js';

export interface DemoOptions {
  /** `journey` or `simulated` */
  readonly data: string;
  /** which one to start when the settings name none */
  readonly engine: EngineKind;
  /** whether it ends after printing the tables */
  readonly once: boolean;
}

const MODEL = 'default';
const ACTOR = 'cli';

/** @param cleanUp gets everything that is opened: Kindred and the engine run until it is run */
export async function runDemo(options: DemoOptions, cleanUp: CleanUp, signal: AbortSignal): Promise<void> {
  const settings = demoSettings(readSettings(process.env));
  await requirePorts(settings);
  const begun = performance.now();
  const cacheDir = defaultCacheDir(process.env);
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const { url, credential } = settings.engine;
  const chosen = await chooseEngine({
    engine: options.engine,
    url: url ?? undefined,
    cacheDir,
    env: process.env,
    onProgress: say,
    signal,
  });
  cleanUp.add(() => chosen.stop());
  process.stdout.write(`engine ${chosen.url}\n`);
  const engine = await connectEngine({ url: chosen.url, ...credential });
  cleanUp.add(() => engine.close());
  const shop = await openShop(options.data, cacheDir, say);
  cleanUp.add(() => shop.dispose());
  const [catalog] = settings.catalogs;
  if (!catalog) throw new KindredError('no-catalog', 'KINDRED_CONFIG names no catalog');
  await withPartProgress('load', (onProgress) =>
    loadDataset({ engine, dataset: shop.directory, index: catalog.index, shiftTo: Date.now(), onProgress }),
  );
  const log = pino({ level: 'error' }, pino.destination(2));
  const services = await createServices(engine, settings, log);
  const searchAddress = { url: chosen.url, ...settings.searchCredential };
  const warnings = startWarnings(settings);
  const kindred = await startKindred({ services, searchAddress, settings, warnings, log });
  cleanUp.add(() => kindred.close());
  const training = await trainAndActivate(services.lifecycle);
  await kindred.refresh();
  const all = (performance.now() - begun) / 1000;
  say(`trained and activated in ${training.seconds.toFixed(0)} s, ${all.toFixed(0)} s in all`);
  say(training.quality);
  await present({ shop, catalog, kindred, engine: searchAddress, settings, once: options.once });
}

/** Fails at once, and not after minutes of loading, where a port is taken. */
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

/** What a merchandiser does in the console. */
async function trainAndActivate(lifecycle: Lifecycle): Promise<{ seconds: number; quality: string }> {
  const begun = performance.now();
  const { quality } = await withProgress({ label: 'training', total: 100 }, (update) =>
    trainModel(lifecycle, MODEL, {
      actor: ACTOR,
      onProgress: ({ stage, percent }) => update(percent, stage),
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  await lifecycle.save(MODEL, ACTOR);
  await lifecycle.activate(MODEL, ACTOR);
  return { seconds, quality: qualityLines(quality) };
}
