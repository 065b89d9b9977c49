// One simulated person: who they are, and the preferences planted in them.
import type { SimulatedCatalog } from './catalog.js';
import { below, createRandom, gamma, type Random } from './random.js';
import { AGES, CATEGORIES, INCOMES, LETTER_SIZES, NUMBER_SIZES, REGIONS, SIZES } from './vocabulary.js';

export const PLANTED_FIELDS = ['category', 'brand', 'color', 'size'] as const;
export type PlantedField = (typeof PLANTED_FIELDS)[number];

/** Preferences of one field: a share of each value, in the vocabulary's order; they total one. */
export type Preferences = Readonly<Record<PlantedField, Float64Array>>;

export interface SimulatedUser {
  readonly age: string;
  readonly income: string;
  readonly region: string;
  readonly preferences: Preferences;
  /** how much they shop beside others; mean one */
  readonly activity: number;
}

/** Concentration of the Dirichlet distribution preferences come from: small is pronounced tastes. */
const CONCENTRATION = 1.5;
/** Smaller shares are no preference: those values are all alike to the person, and rarely chosen. */
const NOTICEABLE = 0.08;
const INDIFFERENT = 0.001;

/**
 * People of one age share a taste in brands and colours, people of one income lean to dear or cheap brands, and
 * everyone has a taste of their own around that. Sizes are the body's.
 */
export function simulateUser(seed: number, person: number, catalog: SimulatedCatalog): SimulatedUser {
  const random = createRandom(seed, 3, person);
  const age = below(random, AGES.length);
  const income = below(random, INCOMES.length);
  const brandTaste = cohortTaste(seed, 10 + age, catalog.brands.length);
  const category = taste(random, new Float64Array(catalog.categories.length).fill(1));
  const lean = income - 1;
  for (let brand = 0; brand < brandTaste.length; brand++)
    brandTaste[brand] = (brandTaste[brand] ?? 0) * Math.exp(lean * (brand / brandTaste.length - 0.5));
  return {
    age: AGES[age] ?? '',
    income: INCOMES[income] ?? '',
    region: REGIONS[below(random, REGIONS.length)] ?? '',
    activity: gamma(random, 1.5) / 1.5,
    preferences: {
      category,
      brand: taste(random, brandTaste),
      color: taste(random, cohortTaste(seed, 20 + age, catalog.colors.length)),
      size: sizes(random, category),
    },
  };
}

function cohortTaste(seed: number, cohort: number, length: number): Float64Array {
  const random = createRandom(seed, 4, cohort);
  return Float64Array.from({ length }, () => 0.3 + gamma(random, 1));
}

/** A draw from Dirichlet(CONCENTRATION · mean), with everything that hardly matters made alike. */
function taste(random: Random, mean: Float64Array): Float64Array {
  const total = sum(mean);
  const draw = mean.map((weight) => gamma(random, (CONCENTRATION * weight) / total));
  return normalize(normalize(draw).map(noticeable));
}

/** One size in each system, as far as the person shops where it matters; the others are alike. */
function sizes(random: Random, category: Float64Array): Float64Array {
  const shares = new Float64Array(SIZES.length).fill(INDIFFERENT);
  for (const [system, first, count] of [
    ['letters', 0, LETTER_SIZES.length],
    ['numbers', LETTER_SIZES.length, NUMBER_SIZES.length],
  ] as const)
    shares[first + below(random, count)] = noticeable(
      sum(category.filter((_, i) => CATEGORIES[i]?.sizes === system)),
    );
  return normalize(shares);
}

function noticeable(share: number): number {
  return share < NOTICEABLE ? INDIFFERENT : share;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function normalize(values: Float64Array): Float64Array {
  const total = sum(values);
  return values.map((value) => value / total);
}
