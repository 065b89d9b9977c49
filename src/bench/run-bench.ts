// Runs the parts of a benchmark one after the other, on one engine and one shop.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineKind } from '../core/engine-kind.js';
import { fetchCompleteJourney } from '../datasets/complete-journey/complete-journey.js';
import type { EngineClient } from '../engine/client/client.js';
import { connectEngine } from '../engine/client/connect-engine.js';
import { defaultCacheDir } from '../engine/embedded/cache-dir.js';
import { chooseEngine } from '../engine/embedded/choose-engine.js';
import type { CleanUp } from '../server/clean-up.js';
import { intakePart } from './intake-part.js';
import { startProxy } from './processes/kindred-serve.js';
import { readMachine } from './processes/machine.js';
import { proxyPart } from './proxy/proxy-part.js';
import { type BenchParts, type BenchReport, benchReport } from './report/bench-report.js';
import { openBenchShop } from './search/bench-shop.js';
import { createStorefront } from './search/bench-storefront.js';
import { searchPart } from './search/search-part.js';
import { trainingPart } from './training/training-part.js';
import { windowPart } from './window/window-part.js';

/** The last one is a study, and runs only when it is named. */
export const PARTS = ['search', 'proxy', 'training', 'intake', 'window'] as const;

export type Part = (typeof PARTS)[number];

export interface BenchOptions {
  readonly engine: EngineKind;
  readonly only: readonly Part[];
  readonly products: number;
  readonly events: number;
  readonly requests: number;
  readonly quick?: boolean;
  readonly dataset?: string;
}

/** Share of the usual rounds and seconds with `--quick`. */
const QUICK = 0.1;
/** Enough for the parts that do not measure searches. */
const SMALL_SHOP = 10_000;

export async function runBench(
  options: BenchOptions,
  cleanUp: CleanUp,
  signal: AbortSignal,
): Promise<BenchReport> {
  const runs = (...parts: Part[]) => parts.some((part) => options.only.includes(part));
  const effort = options.quick ? QUICK : 1;
  const notes: string[] = [];
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const cacheDir = defaultCacheDir(process.env);
  const folder = await mkdtemp(join(tmpdir(), 'kindred-bench-'));
  cleanUp.add(() => rm(folder, { recursive: true, force: true }));
  const engine = runs('search', 'proxy', 'intake', 'window') ? await startEngine() : null;
  let parts: BenchParts = { search: null, proxy: null, training: null, intake: null, window: null };

  if (engine && runs('search', 'proxy', 'intake')) {
    const products = runs('search') ? options.products : Math.min(options.products, SMALL_SHOP);
    const shop = await openBenchShop(engine, { products, folder });
    const engineUrl = engine.url;
    if (runs('search', 'intake')) {
      const proxy = await startProxy(engineUrl);
      cleanUp.add(proxy.stop);
      if (runs('search')) {
        const storefront = createStorefront(engineUrl, proxy);
        cleanUp.add(storefront.close);
        parts = { ...parts, search: await searchPart(shop, storefront, effort) };
      }
      if (runs('intake')) parts = { ...parts, intake: await intakePart(engine, proxy, { products, effort }) };
      await proxy.stop();
    }
    if (runs('proxy')) {
      const { requests } = options;
      const onMissing = (line: string) => notes.push(line);
      parts = {
        ...parts,
        proxy: await proxyPart({ shop, engineUrl, requests, effort, cleanUp, signal, onMissing }),
      };
    }
  }
  if (runs('training')) {
    const { events } = options;
    const training = await trainingPart({ events, folder, engineUrl: engine?.url ?? null, signal });
    parts = { ...parts, training };
  }
  if (engine && runs('window')) {
    const dataset = options.dataset ?? (await fetchCompleteJourney({ cacheDir, onProgress: say }));
    parts = { ...parts, window: await windowPart(engine, { dataset, effort }) };
  }
  return benchReport(parts, readMachine(engine && `${engine.kind} ${engine.version}`), notes);

  /** Always one of its own: a benchmark writes indices and activates a model. */
  async function startEngine(): Promise<EngineClient> {
    const { engine: kind } = options;
    const chosen = await chooseEngine({ engine: kind, cacheDir, env: process.env, onProgress: say, signal });
    cleanUp.add(chosen.stop);
    const client = await connectEngine({ url: chosen.url });
    cleanUp.add(client.close);
    return client;
  }
}
