// Made-up products and users: searches match exactly as many products, and plans have exactly as many boosts, as wanted.
import { createRandom, normal, pick, type Random, skewedRank } from '../../datasets/simulate/random.js';

/** Affinity fields. */
export const BENCH_FIELDS = ['brand', 'collection', 'style', 'color', 'material'] as const;

export type BenchField = (typeof BENCH_FIELDS)[number];

const VALUES: Readonly<Record<BenchField, number>> = {
  brand: 1_000,
  collection: 400,
  style: 400,
  color: 400,
  material: 400,
};

/** Product number n has value number n of every field, as far as this: a user who bought k of these likes k values a field. */
export const SHOWCASE_PRODUCTS = 300;

export type BenchProduct = Readonly<Record<BenchField, string>> & {
  readonly object_id: string;
  readonly title: string;
  readonly category: string;
  readonly description: string;
  readonly popularity: number;
};

const SEED = 20_261_125;
const CATEGORIES = 40;
const KINDS = ['jacket', 'shirt', 'boots', 'lamp', 'chair', 'kettle', 'backpack', 'notebook'];
const FILLER =
  'made to last and easy to care for, tested by people who use it every day, sent back free of charge within thirty days';

/** Products by number; the same count gives the same products. */
export function* benchProducts(count: number): Generator<BenchProduct> {
  const random = createRandom(SEED, count);
  const words = matchSizes(count);
  for (let number = 0; number < count; number++) {
    const value = (field: BenchField) => `${field}${valueNumber(field, number, random)}`;
    const values = {
      brand: value('brand'),
      collection: value('collection'),
      style: value('style'),
      color: value('color'),
      material: value('material'),
    };
    const found = words.filter((matches) => isEvenly(number, matches, count)).map(matchWord);
    yield {
      object_id: `p${number}`,
      title: `${values.brand} ${values.color} ${pick(random, KINDS)} ${found.join(' ')}`,
      category: `category${skewedRank(random, CATEGORIES)}`,
      ...values,
      description: `${values.material} ${values.style}, ${FILLER}`,
      popularity: Math.round(1000 * Math.exp(1.5 * normal(random))) / 1000,
    };
  }
}

/** How many products searches can match: 1,000 up to all of them; always half of them too. */
export function matchSizes(count: number): number[] {
  const wanted = [1_000, 2_000, 10_000, 100_000, Math.ceil(count / 2), count];
  return [...new Set(wanted.filter((matches) => matches <= count))].sort((a, b) => a - b);
}

/** The word that exactly this many titles have. */
export function matchWord(matches: number): string {
  return `found${matches}`;
}

/** True of exactly `matches` numbers below `count`, evenly spread. */
function isEvenly(number: number, matches: number, count: number): boolean {
  return Math.floor(((number + 1) * matches) / count) > Math.floor((number * matches) / count);
}

/** A few values have many products, and many values few; except for the showcase products. */
function valueNumber(field: BenchField, number: number, random: Random): number {
  const drawn = skewedRank(random, VALUES[field]);
  return number < SHOWCASE_PRODUCTS ? number : drawn;
}

export interface BenchUser {
  readonly userId: string;
  /** numbers of products, all of the showcase */
  readonly bought: readonly number[];
}

/** Of so many showcase products users choose at least: the smaller plans are of the values that have most products. */
const LEAST_CHOICE = 100;

/**
 * Users whose plans have exactly this many boosts: each bought a fifth as many showcase products, which all differ in all
 * five fields, chosen among half as many again.
 * @param boosts a multiple of five, at most 1,000
 */
export function benchUsers(boosts: number, count: number): BenchUser[] {
  return Array.from({ length: count }, (_, at) => {
    const random = createRandom(SEED, boosts, at);
    const count = boosts / BENCH_FIELDS.length;
    const length = Math.max(LEAST_CHOICE, 1.5 * count);
    const numbers = Array.from({ length }, (_, number) => ({ number, key: random() }));
    numbers.sort((a, b) => a.key - b.key);
    const bought = numbers.slice(0, count).map(({ number }) => number);
    return { userId: `buyer${boosts}-${at}`, bought };
  });
}
