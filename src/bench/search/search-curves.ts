// How the cost of personalization grows with matches, affinities and concurrent clients.
import { createProgress } from '../../terminal/progress.js';
import { type ConcurrentSamples, interleave, measureConcurrently } from '../load/interleave.js';
import { ratio, rounded, scaled, type Times, timesOf } from '../report/statistics.js';
import { matchWord } from './bench-data.js';
import type { BenchShop, Boosts } from './bench-shop.js';
import {
  type BenchSearch,
  forEachUserInTurn,
  popularitySearch,
  type Storefront,
} from './bench-storefront.js';

const ROUNDS = 60;
const WARM_UP = 10;
const AFFINITIES: readonly Boosts[] = [10, 30, 100, 200, 300];
const CLIENTS = [1, 10, 50, 200];
const SLICES = 2;
const SLICE_MS = 2_000;

/** p50 in milliseconds, and personalized ÷ engine. */
interface Point {
  readonly engine: number | null;
  readonly personalized: number | null;
  readonly ratio: number | null;
}

interface Load extends Times {
  readonly per_s: number;
}

export interface Curves {
  /** 100 affinities */
  readonly matches: readonly (Point & { readonly matches: number })[];
  /** half of the products match; 0: through the proxy, personalization off */
  readonly affinities: readonly (Point & { readonly affinities: number })[];
  /** 100 affinities, half of the products match, every client sends its next search at once */
  readonly clients: readonly {
    readonly clients: number;
    readonly engine: Load | null;
    readonly personalized: Load | null;
    /** responses that were not personalized, e.g. because profiles missed the deadline */
    readonly unpersonalized: number;
  }[];
}

/** What every measurement of searches needs. */
export interface SearchRun {
  readonly shop: BenchShop;
  readonly storefront: Storefront;
  /** share of the usual rounds and seconds */
  readonly effort: number;
}

export async function measureCurves(run: SearchRun, sizes: readonly number[]): Promise<Curves> {
  const { shop, storefront, effort } = run;
  const turns = { rounds: scaled(effort, ROUNDS), warmUp: scaled(effort, WARM_UP) };
  const progress = createProgress('curves', sizes.length + AFFINITIES.length + 1 + CLIENTS.length);
  let done = 0;
  const each = async <In, Out>(items: readonly In[], measure: (item: In) => Promise<Out>) => {
    const points: Out[] = [];
    for (const item of items) {
      points.push(await measure(item));
      progress.update(++done);
    }
    return points;
  };
  const half = popularitySearch(matchWord(Math.ceil(shop.products / 2)));
  const point = async (search: object, send: (round: number) => Promise<boolean>): Promise<Point> => {
    const ways = [
      { name: 'engine', send: () => storefront.plain(search) },
      { name: 'personalized', send },
    ] as const;
    const { engine, personalized } = (await interleave(ways, turns)).times;
    return {
      engine: engine?.p50 ?? null,
      personalized: personalized?.p50 ?? null,
      ratio: ratio(personalized?.p50, engine?.p50),
    };
  };
  try {
    return {
      matches: await each(sizes, async (matches) => {
        const search = popularitySearch(matchWord(matches));
        return {
          matches,
          ...(await point(search, forEachUserInTurn(storefront, search, shop.users[100], 100))),
        };
      }),
      affinities: [
        ...(await each([0], async (affinities) => ({
          affinities,
          ...(await point(half, () => storefront.off(half))),
        }))),
        ...(await each(AFFINITIES, async (affinities) => ({
          affinities,
          ...(await point(half, forEachUserInTurn(storefront, half, shop.users[affinities], affinities))),
        }))),
      ],
      clients: await each(CLIENTS, (clients) => measureClients(run, half, clients)),
    };
  } finally {
    progress.stop();
  }
}

async function measureClients({ shop, storefront, effort }: SearchRun, search: BenchSearch, clients: number) {
  const userIds = shop.users[100];
  const ways = {
    engine: () => storefront.plain(search),
    personalized: (client: number) =>
      storefront.personalized(search, userIds[client % userIds.length] ?? '', 100),
  };
  const slices: Record<keyof typeof ways, ConcurrentSamples[]> = { engine: [], personalized: [] };
  for (let slice = 0; slice < SLICES; slice++)
    for (const way of ['engine', 'personalized'] as const)
      slices[way].push(await measureConcurrently(ways[way], { clients, ms: scaled(effort, SLICE_MS) }));
  const load = (way: keyof typeof ways): Load | null => {
    const samples = slices[way].flatMap((slice) => slice.samples);
    const seconds = slices[way].reduce((sum, slice) => sum + slice.seconds, 0);
    const times = timesOf(samples);
    return times && { ...times, per_s: rounded(samples.length / seconds) };
  };
  return {
    clients,
    engine: load('engine'),
    personalized: load('personalized'),
    unpersonalized: slices.personalized.reduce((sum, { discarded }) => sum + discarded, 0),
  };
}
