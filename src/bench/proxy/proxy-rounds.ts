// The proxy and nginx on the same core, before the same stub, under the same load, in turns.

import { withProgress } from '../../terminal/progress.js';
import type { Load } from '../load/load.js';
import type { Cores } from '../processes/machine.js';
import { median, ratio, scaled } from '../report/numbers.js';
import type { BenchShop } from '../search/bench-shop.js';
import type { RunningStub } from './stub.js';
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
  readonly peer: RunningStub;
  readonly wrk: string;
  readonly cores: Cores | null;
  /** share of the usual rounds and seconds */
  readonly effort: number;
  readonly signal: AbortSignal;
}

export async function measureRounds(options: RoundsOptions): Promise<Round[]> {
  const { load, shop, proxy, peer, wrk, cores, effort, signal } = options;
  const [count, seconds] = [scaled(effort, ROUNDS), scaled(effort, ROUND_S)];
  const off = { ...load, headers: { ...load.headers, 'x-kindred': 'off' } };
  const common = { wrk, core: cores?.measuring, signal, seconds };
  const ways: Record<Contestant, () => Promise<number>> = {
    personalized_30: () => runWrk({ ...load, ...common, url: proxy.url }),
    nginx: () => runWrk({ ...load, ...common, url: peer.url }),
    personalized_100: () => runWrk({ ...load, ...common, url: proxy.url, people: [...shop.people[100]] }),
    personalized_300: () => runWrk({ ...load, ...common, url: proxy.url, people: [...shop.people[300]] }),
    off: () => runWrk({ ...off, ...common, url: proxy.url }),
  };
  const rounds: Round[] = [];
  await withProgress({ label: 'proxy against nginx', total: count }, async (update) => {
    while (rounds.length < count) {
      const round: Partial<Round> = {};
      for (const [name, measure] of Object.entries(ways)) round[name as Contestant] = await measure();
      rounds.push(round as Round);
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

/** A round's figures were taken within seconds of each other: their ratio is worth more than that of two medians. */
export function againstNginx(rounds: readonly Round[]): Record<Exclude<Contestant, 'nginx'>, number | null> {
  const of = (name: Contestant) => ratio(median(rounds.map((round) => round[name] / round.nginx)), 1);
  return {
    personalized_30: of('personalized_30'),
    personalized_100: of('personalized_100'),
    personalized_300: of('personalized_300'),
    off: of('off'),
  };
}
