// `kindred bench --only search`: what a personalized search costs, compared with the original and with one written by hand.
import { setTimeout as sleep } from 'node:timers/promises';
import { KindredError } from '../../core/errors.js';
import { withProgress } from '../../terminal/progress.js';
import { interleave, type Way } from '../load/interleave.js';
import { difference, ratio, scaled, type Times } from '../report/statistics.js';
import { matchSizes, matchWord } from './bench-data.js';
import type { BenchShop, Boosts } from './bench-shop.js';
import {
  type BenchSearch,
  type Boost,
  forEachUserInTurn,
  page21,
  popularitySearch,
  type Storefront,
  wordSearch,
} from './bench-storefront.js';
import { type Curves, measureCurves, type SearchRun } from './search-curves.js';

const ROUNDS = 200;
const WARM_UP = 40;
/** The one by hand takes so long that it runs in every tenth round only. */
const BY_HAND_EVERY = 10;
const NARROW = 2_000;
/** On a busy machine profiles may miss the deadline; they are in memory for a later search. */
const MAX_TRIES = 50;
const PAUSE_MS = 100;

export interface SearchResult {
  readonly products: number;
  readonly segments: number;
  /** products that the search matches */
  readonly matches: number;
  readonly times: Readonly<
    Record<
      | 'engine'
      | 'off'
      | 'personalized_30'
      | 'personalized_100'
      | 'personalized_300'
      | 'personalized_1000'
      | 'handwritten_100',
      Times | null
    >
  >;
  /** the 21st page of the same search */
  readonly page_21: Readonly<Record<'engine' | 'personalized_1000', Times | null>>;
  readonly narrow: {
    readonly matches: number;
    readonly times: Readonly<Record<'engine' | 'personalized_100', Times | null>>;
    readonly added_ms: number | null;
  };
  /** the same words without √popularity */
  readonly words_alone: Readonly<Record<'engine' | 'personalized_100' | 'handwritten_100', Times | null>>;
  readonly curves: Curves;
  /** responses that do not count: they were not personalized as planned, e.g. because profiles missed the deadline */
  readonly discarded: number;
}

/** @param effort share of the usual rounds and seconds */
export async function searchPart(
  shop: BenchShop,
  storefront: Storefront,
  effort: number,
): Promise<SearchResult> {
  await checkPlans(shop, storefront);
  const part = { shop, storefront, effort };
  const half = Math.ceil(shop.products / 2);
  const search = popularitySearch(matchWord(half));
  const boosts = await storefront.boosts(search, shop.users[100][0] ?? '');
  const main = await measureHalf(part, search, boosts);
  const later = await measured('page 21', effort, pair(part, page21(search), 1000));
  const narrow = await measured('narrow query', effort, pair(part, popularitySearch(matchWord(NARROW)), 100));
  const words = wordSearch(matchWord(half));
  const alone = await measured('words alone', effort, [
    ...pair(part, words, 100),
    byHand(part, words, boosts),
  ]);
  const curves = await measureCurves(part, matchSizes(shop.products));
  const { engine, personalized_100 } = narrow.times;
  return {
    products: shop.products,
    segments: shop.segments,
    matches: half,
    times: main.times,
    page_21: later.times,
    narrow: {
      matches: NARROW,
      times: narrow.times,
      added_ms: difference(personalized_100?.p50, engine?.p50),
    },
    words_alone: alone.times,
    curves,
    discarded: main.discarded + later.discarded + narrow.discarded + alone.discarded,
  };
}

/** Makes sure that every user's plan has the number of boosts that the measurements are for. */
async function checkPlans({ users }: BenchShop, storefront: Storefront): Promise<void> {
  const search = popularitySearch(matchWord(NARROW));
  for (const [boosts, userIds] of Object.entries(users))
    for (const userId of userIds) {
      let asPlanned = false;
      for (let tries = 0; !asPlanned && tries < MAX_TRIES; tries++) {
        if (tries > 0) await sleep(PAUSE_MS);
        asPlanned = await storefront.personalized(search, userId, Number(boosts));
      }
      if (!asPlanned)
        throw new KindredError(
          'bench-plan',
          `a search of ${userId} was not personalized with ${boosts} boosts`,
        );
    }
}

function measureHalf(run: SearchRun, search: BenchSearch, boosts: readonly Boost[]) {
  const { shop, storefront, effort } = run;
  const personalized = (count: Boosts) => forEachUserInTurn(storefront, search, shop.users[count], count);
  return measured('search', effort, [
    { name: 'engine', send: () => storefront.plain(search) },
    { name: 'off', send: () => storefront.off(search) },
    { name: 'personalized_30', send: personalized(30) },
    { name: 'personalized_100', send: personalized(100) },
    { name: 'personalized_300', send: personalized(300) },
    { name: 'personalized_1000', send: personalized(1000) },
    byHand(run, search, boosts),
  ]);
}

function pair<Count extends Boosts>(
  { shop: { users }, storefront }: SearchRun,
  search: BenchSearch,
  count: Count,
): Way<'engine' | `personalized_${Count}`>[] {
  return [
    { name: 'engine', send: () => storefront.plain(search) },
    { name: `personalized_${count}`, send: forEachUserInTurn(storefront, search, users[count], count) },
  ];
}

function byHand({ storefront }: SearchRun, search: BenchSearch, boosts: readonly Boost[]) {
  const body = handwritten(search, boosts);
  return { name: 'handwritten_100', every: BY_HAND_EVERY, send: () => storefront.plain(body) } as const;
}

async function measured<Name extends string>(label: string, effort: number, ways: readonly Way<Name>[]) {
  const [rounds, warmUp] = [scaled(effort, ROUNDS), scaled(effort, WARM_UP)];
  return withProgress({ label, total: rounds + warmUp }, (onRound) =>
    interleave(ways, { rounds, warmUp, onRound }),
  );
}

/** The same boosts without a rescore window, as one would write them by hand: every function is run on every match. */
export function handwritten({ query, ...rest }: BenchSearch, boosts: readonly Boost[]): BenchSearch {
  const functions = boosts.map(({ field, value, factor }) => ({
    filter: { term: { [field]: value } },
    weight: factor,
  }));
  return {
    ...rest,
    query: { function_score: { query, functions, score_mode: 'multiply', boost_mode: 'multiply' } },
  };
}

/** The ratios of the report, of p50. */
export function searchRatios(result: SearchResult | null) {
  const p50 = (name: keyof SearchResult['times']) => result?.times[name]?.p50;
  return {
    personalized_vs_plain: {
      '30': ratio(p50('personalized_30'), p50('engine')),
      '100': ratio(p50('personalized_100'), p50('engine')),
      '300': ratio(p50('personalized_300'), p50('engine')),
      '1000': ratio(p50('personalized_1000'), p50('engine')),
    },
    personalized_vs_plain_page_21: {
      '1000': ratio(result?.page_21.personalized_1000?.p50, result?.page_21.engine?.p50),
    },
    handwritten_vs_personalized: ratio(p50('handwritten_100'), p50('personalized_100')),
  };
}
