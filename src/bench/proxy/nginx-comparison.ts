// Measures the throughput of the proxy and of nginx in turns: on the same core, in front of the same stub, under the same load.
import { withProgress } from '../../terminal/progress.js';
import type { Load } from '../load/load-generator.js';
import type { Cores } from '../processes/machine.js';
import { median, ratio, scaled } from '../report/statistics.js';
import type { BenchShop } from '../search/bench-shop.js';
import { runWrk } from './wrk.js';

const ROUNDS = 5;
const ROUND_S = 3;

export type Contestant = 'personalized_30' | 'personalized_100' | 'personalized_300' | 'off' | 'nginx';

/** Requests a second. */
export type Round = Record<Contestant, number>;

export interface RoundsOptions {
  readonly load: Omit<Load, 'url' | 'requests' | 'warm_up' | 'rate'>;
  readonly shop: BenchShop;
  readonly proxy: { readonly url: string };
  readonly nginx: { readonly url: string };
  readonly wrk: string;
  readonly cores: Cores | null;
  /** share of the usual rounds and seconds */
  readonly effort: number;
  readonly signal: AbortSignal;
}

export async function measureRounds(options: RoundsOptions): Promise<Round[]> {
  const { load, shop, proxy, nginx, wrk, cores, effort, signal } = options;
  const [count, seconds] = [scaled(effort, ROUNDS), scaled(effort, ROUND_S)];
  const off = { ...load, headers: { ...load.headers, 'x-kindred': 'off' } };
  const common = { wrk, core: cores?.measuring, signal, seconds };
  const personalized = (userIds: readonly string[] = load.user_ids) =>
    runWrk({ ...load, ...common, url: proxy.url, user_ids: [...userIds] });
  const rounds: Round[] = [];
  await withProgress({ label: 'proxy against nginx', total: count }, async (update) => {
    while (rounds.length < count) {
      rounds.push({
        personalized_30: await personalized(),
        nginx: await runWrk({ ...load, ...common, url: nginx.url }),
        personalized_100: await personalized(shop.users[100]),
        personalized_300: await personalized(shop.users[300]),
        off: await runWrk({ ...off, ...common, url: proxy.url }),
      });
      update(rounds.length);
    }
  });
  return rounds;
}

export function throughput(rounds: readonly Round[]): Round {
  const of = (name: Contestant) => Math.round(median(rounds.map((round) => round[name])) ?? 0);
  return {
    personalized_30: of('personalized_30'),
    personalized_100: of('personalized_100'),
    personalized_300: of('personalized_300'),
    off: of('off'),
    nginx: of('nginx'),
  };
}

/** The figures of a round are measured within seconds of each other: the median of their ratios is steadier than the ratio of medians. */
export function againstNginx(rounds: readonly Round[]): Record<Exclude<Contestant, 'nginx'>, number | null> {
  const of = (name: Contestant) => ratio(median(rounds.map((round) => round[name] / round.nginx)), 1);
  return {
    personalized_30: of('personalized_30'),
    personalized_100: of('personalized_100'),
    personalized_300: of('personalized_300'),
    off: of('off'),
  };
}
