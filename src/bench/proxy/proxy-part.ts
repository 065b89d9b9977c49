// `kindred bench --only proxy`: the proxy's own cost on one core, in front of a stub, compared with nginx as a plain proxy.
import { findCommand } from '../../engine/embedded/environment.js';
import type { CleanUp } from '../../server/clean-up.js';
import { withProgress } from '../../terminal/progress.js';
import { type Load, type LoadResult, runLoad } from '../load/load-generator.js';
import { startProxy } from '../processes/kindred-serve.js';
import { findCores } from '../processes/machine.js';
import { difference, median, rounded, scaled, type Times, timesOf } from '../report/statistics.js';
import { matchWord } from '../search/bench-data.js';
import type { BenchShop } from '../search/bench-shop.js';
import { popularitySearch } from '../search/bench-storefront.js';
import { againstNginx, type Contestant, measureRounds, type Round, throughput } from './nginx-comparison.js';
import { STUB_TARGET, startNginxProxy, startStub } from './stub-engine.js';

const CONNECTIONS = 50;
/** Requests a second of the fixed-rate load; at most half of what the proxy can do. */
const RATE = 1_000;
const LATENCY_SLICES = 4;
const SLICE_S = 5;
/** Not measured, at the beginning of each slice. */
const WARM_UP_S = 1;
/** Parts of the memory run, after each of which the memory is read. */
const MEMORY_PARTS = 10;
/** While the profile cache is cold, a few searches are not personalized. */
const MIN_APPLIED = 0.99;
/** Where Debian keeps servers. */
const SERVER_PATHS = ':/usr/sbin:/usr/local/sbin';

export interface ProxyResult {
  /** requests a second at 50 connections, the median of the rounds; null without nginx and wrk */
  readonly per_s: Readonly<Record<Contestant, number>> | null;
  /** proxy ÷ nginx in the same round, the median of the rounds; 30 boosts are `ratios.proxy_vs_nginx` */
  readonly vs_nginx: Readonly<Record<Exclude<Contestant, 'nginx'>, number | null>> | null;
  readonly latency: {
    readonly rate: number;
    readonly stub: Times | null;
    readonly proxy: Times | null;
  };
  /** by the built-in load generator, as fast as responses come */
  readonly memory: readonly { readonly requests: number; readonly rss_mib: number | null }[];
  /** share of these searches that were personalized, of those that should be */
  readonly applied: number | null;
  /** of the built-in load generator; wrk stops at the first failure */
  readonly failed: number;
}

export interface ProxyPartOptions {
  readonly shop: BenchShop;
  readonly engineUrl: string;
  /** of the memory run */
  readonly requests: number;
  /** share of the usual rounds and seconds */
  readonly effort: number;
  readonly cleanUp: CleanUp;
  readonly signal: AbortSignal;
  /** called with one line for what could not be measured, and what to do */
  readonly onMissing: (line: string) => void;
}

export async function proxyPart(options: ProxyPartOptions): Promise<ProxyResult> {
  const { shop, engineUrl, requests, effort, cleanUp, signal, onMissing } = options;
  const env = { ...process.env, PATH: `${process.env.PATH ?? ''}${SERVER_PATHS}` };
  const [nginx, wrk, cores] = [
    await findCommand('nginx', env),
    await findCommand('wrk', env),
    await findCores(env),
  ];
  if (!cores) onMissing('proxy: nothing is held to one core (that needs taskset and two cores)');
  const stub = await startStub(engineUrl, nginx, cores?.measuring);
  cleanUp.add(stub.stop);
  const proxy = await startProxy(stub.url, cores?.measured);
  cleanUp.add(proxy.stop);
  const load: Omit<Load, 'url' | 'requests' | 'warm_up' | 'rate'> = {
    target: STUB_TARGET,
    body: JSON.stringify(popularitySearch(matchWord(1_000))),
    headers: { 'content-type': 'application/json', 'x-kindred-key': proxy.serverKey },
    user_ids: [...shop.users[30]],
    connections: CONNECTIONS,
  };
  const loading = { core: cores?.measuring, signal };

  const memory = [{ requests: 0, rss_mib: await proxy.memory() }];
  const parts: LoadResult[] = [];
  await withProgress({ label: 'proxy memory', total: requests }, async (update) => {
    const part = Math.ceil(requests / MEMORY_PARTS);
    for (let sent = part; parts.length < MEMORY_PARTS; sent += part) {
      parts.push(await runLoad({ ...load, url: proxy.url, requests: part, warm_up: 0, rate: null }, loading));
      memory.push({ requests: sent, rss_mib: await proxy.memory() });
      update(sent);
    }
  });
  const usual = median(parts.map(({ samples, seconds }) => samples.length / seconds)) ?? 0;
  const rate = Math.ceil(Math.min(RATE, usual / 2));
  const warm_up = scaled(effort, rate * WARM_UP_S);
  const paced = { ...load, rate, warm_up, requests: warm_up + scaled(effort, rate * SLICE_S) };
  const { failed, ...latency } = await measureLatency(paced, { stub: stub.url, proxy: proxy.url }, loading);
  let rounds: Round[] | null = null;
  if (nginx && wrk) {
    const nginxProxy = await startNginxProxy(stub.url, nginx, cores?.measured);
    cleanUp.add(nginxProxy.stop);
    rounds = await measureRounds({ load, shop, proxy, nginx: nginxProxy, wrk, cores, effort, signal });
  } else onMissing('proxy ÷ nginx: needs nginx and wrk (Debian: apt-get install nginx-light wrk)');
  const applied = await proxy.applied();
  if (applied === null || applied < MIN_APPLIED)
    onMissing(
      `proxy: only ${Math.floor(100 * (applied ?? 0))} % of the searches were personalized: it looks faster than it is`,
    );
  return {
    per_s: rounds && throughput(rounds),
    vs_nginx: rounds && againstNginx(rounds),
    latency: { rate, ...latency },
    memory,
    applied: applied === null ? null : rounded(applied),
    failed: parts.reduce((sum, part) => sum + part.failed, failed),
  };
}

/** Directly at the stub and through the proxy, in turns. */
async function measureLatency(
  load: Omit<Load, 'url'>,
  urls: Readonly<Record<'stub' | 'proxy', string>>,
  loading: Parameters<typeof runLoad>[1],
): Promise<Record<'stub' | 'proxy', Times | null> & { readonly failed: number }> {
  const samples: Record<'stub' | 'proxy', number[]> = { stub: [], proxy: [] };
  let failed = 0;
  await withProgress({ label: 'proxy latency', total: LATENCY_SLICES }, async (update) => {
    for (let slice = 1; slice <= LATENCY_SLICES; slice++) {
      for (const side of ['stub', 'proxy'] as const) {
        const result = await runLoad({ ...load, url: urls[side] }, loading);
        samples[side].push(...result.samples);
        failed += result.failed;
      }
      update(slice);
    }
  });
  return { stub: timesOf(samples.stub), proxy: timesOf(samples.proxy), failed };
}

/** The added latency of the report. */
export function addedLatency(latency: Pick<ProxyResult['latency'], 'stub' | 'proxy'> | undefined) {
  return {
    p50: difference(latency?.proxy?.p50, latency?.stub?.p50),
    p99: difference(latency?.proxy?.p99, latency?.stub?.p99),
  };
}
