// A made-up catalog whose searches match as many products as a benchmark wants, and whose people like what it wants.
import { createRandom, normal, pick, type Random, skewedRank } from '../../datasets/simulate/random.js';

/** Affinity fields and how many values each has. */
const FIELDS = { brand: 1_000, collection: 400, style: 200, color: 100, material: 100 } as const;

export type BenchField = keyof typeof FIELDS;

export const BENCH_FIELDS = Object.keys(FIELDS) as readonly BenchField[];

/** The first products have the first value of every field, the second ones, and so on: to like n of them is to like n values a field. */
export const SHOWCASE = 100;

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

/** Products in the order of their numbers; the same count gives the same products. */
export function* benchProducts(count: number): Generator<BenchProduct> {
  const random = createRandom(SEED, count);
  const words = matchSizes(count);
  for (let number = 0; number < count; number++) {
    const values = Object.fromEntries(
      BENCH_FIELDS.map((field) => [field, `${field}${valueNumber(field, number, random)}`]),
    ) as Record<BenchField, string>;
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

/** The word that exactly so many titles have. */
export function matchWord(matches: number): string {
  return `found${matches}`;
}

/** Exactly `matches` numbers of `count`, evenly spread. */
function isEvenly(number: number, matches: number, count: number): boolean {
  return Math.floor(((number + 1) * matches) / count) > Math.floor((number * matches) / count);
}

/** Few values on many products, many on few; the showcase apart. */
function valueNumber(field: BenchField, number: number, random: Random): number {
  const drawn = skewedRank(random, FIELDS[field]);
  return number < SHOWCASE ? number : drawn;
}

export interface BenchPerson {
  readonly userId: string;
  /** numbers of products they bought, all in the showcase */
  readonly bought: readonly number[];
}

/**
 * People whose plans have exactly so many boosts: they bought a fifth as many products of the showcase, each of which
 * has another value of all five fields.
 * @param boosts a multiple of five, at most 500
 */
export function benchPeople(boosts: number, people: number): BenchPerson[] {
  return Array.from({ length: people }, (_, person) => {
    const random = createRandom(SEED, boosts, person);
    const numbers = Array.from({ length: SHOWCASE }, (_, number) => ({ number, key: random() }));
    numbers.sort((a, b) => a.key - b.key);
    const bought = numbers.slice(0, boosts / BENCH_FIELDS.length).map(({ number }) => number);
    return { userId: `buyer${boosts}-${person}`, bought };
  });
}
