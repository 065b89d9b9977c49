// `kindred bench --only proxy`: the proxy's own cost on one core, before a stub, beside nginx doing nothing but passing on.
import { findCommand } from '../../engine/embedded/environment.js';
import type { CleanUp } from '../../server/clean-up.js';
import { withProgress } from '../../terminal/progress.js';
import { type Load, type LoadResult, runLoad } from '../load/load.js';
import { startProxy } from '../processes/kindred.js';
import { findCores } from '../processes/machine.js';
import { difference, median, rounded, scaled, type Times, timesOf } from '../report/numbers.js';
import { matchWord } from '../search/bench-catalog.js';
import type { BenchShop } from '../search/bench-shop.js';
import { storefrontSearch } from '../search/storefront.js';
import { againstNginx, type Contestant, measureRounds, type Round, throughput } from './proxy-rounds.js';
import { STUB_TARGET, startNginxProxy, startStub } from './stub.js';

const CONNECTIONS = 50;
/** Requests a second of the fixed-rate load; at most half of what the proxy can do. */
const RATE = 1_000;
const LATENCY_SLICES = 4;
const SLICE_S = 5;
/** Not measured, at the begin of each slice. */
const WARM_UP_S = 1;
/** The memory run is cut into so many parts, with a look at the memory after each. */
const MEMORY_PARTS = 10;
/** A cold profile cache leaves the first few alone. */
const LEAST_APPLIED = 0.99;
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
  /** one after another, by our own load, as fast as answers come */
  readonly memory: readonly { readonly requests: number; readonly rss_mib: number | null }[];
  /** share of all of these searches that were personalized, of those that were to be */
  readonly applied: number | null;
  /** of our own load; wrk's stops at the first */
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
  /** told in one line what could not be measured and what to do */
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
    body: JSON.stringify(storefrontSearch(matchWord(1_000))),
    headers: { 'content-type': 'application/json', 'x-kindred-key': proxy.serverKey },
    people: [...shop.people[30]],
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
    const peer = await startNginxProxy(stub.url, nginx, cores?.measured);
    cleanUp.add(peer.stop);
    rounds = await measureRounds({ load, shop, proxy, peer, wrk, cores, effort, signal });
  } else onMissing('proxy ÷ nginx: needs nginx and wrk (Debian: apt-get install nginx-light wrk)');
  const applied = await proxy.applied();
  if (applied === null || applied < LEAST_APPLIED)
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

/** Straight at the stub and through the proxy in turns. */
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

/** What the contract asks for. */
export function addedLatency(latency: Pick<ProxyResult['latency'], 'stub' | 'proxy'> | undefined) {
  return {
    p50: difference(latency?.proxy?.p50, latency?.stub?.p50),
    p99: difference(latency?.proxy?.p99, latency?.stub?.p99),
  };
}
