// One simulated user: attributes, and the preferences planted in them.
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
  /** how much they shop compared to others; mean one */
  readonly activity: number;
}

/** Concentration of the Dirichlet distribution preferences come from: small gives pronounced preferences. */
const CONCENTRATION = 1.5;
/** Smaller shares are no preference: the user is indifferent to those values, and rarely chooses them. */
const MIN_PREFERENCE = 0.08;
const INDIFFERENT = 0.001;

/**
 * Users of one age share preferences in brands and colours, users of one income lean to expensive or cheap brands, and
 * every user has preferences of their own around those. Sizes are the body's.
 */
export function simulateUser(seed: number, user: number, catalog: SimulatedCatalog): SimulatedUser {
  const random = createRandom(seed, 3, user);
  const age = below(random, AGES.length);
  const income = below(random, INCOMES.length);
  const brandPreferences = cohortPreferences(seed, 10 + age, catalog.brands.length);
  const category = drawPreferences(random, new Float64Array(catalog.categories.length).fill(1));
  const lean = income - 1;
  for (let brand = 0; brand < brandPreferences.length; brand++)
    brandPreferences[brand] =
      (brandPreferences[brand] ?? 0) * Math.exp(lean * (brand / brandPreferences.length - 0.5));
  return {
    age: AGES[age] ?? '',
    income: INCOMES[income] ?? '',
    region: REGIONS[below(random, REGIONS.length)] ?? '',
    activity: gamma(random, 1.5) / 1.5,
    preferences: {
      category,
      brand: drawPreferences(random, brandPreferences),
      color: drawPreferences(random, cohortPreferences(seed, 20 + age, catalog.colors.length)),
      size: sizes(random, category),
    },
  };
}

function cohortPreferences(seed: number, cohort: number, length: number): Float64Array {
  const random = createRandom(seed, 4, cohort);
  return Float64Array.from({ length }, () => 0.3 + gamma(random, 1));
}

/** A draw from Dirichlet(CONCENTRATION · mean), with small shares made indifferent. */
function drawPreferences(random: Random, mean: Float64Array): Float64Array {
  const total = sum(mean);
  const draw = mean.map((weight) => gamma(random, (CONCENTRATION * weight) / total));
  return normalize(normalize(draw).map(orIndifferent));
}

/** One size in each system, as far as the user shops where it matters; the others are indifferent. */
function sizes(random: Random, category: Float64Array): Float64Array {
  const shares = new Float64Array(SIZES.length).fill(INDIFFERENT);
  for (const [system, first, count] of [
    ['letters', 0, LETTER_SIZES.length],
    ['numbers', LETTER_SIZES.length, NUMBER_SIZES.length],
  ] as const)
    shares[first + below(random, count)] = orIndifferent(
      sum(category.filter((_, i) => CATEGORIES[i]?.sizes === system)),
    );
  return normalize(shares);
}

function orIndifferent(share: number): number {
  return share < MIN_PREFERENCE ? INDIFFERENT : share;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function normalize(values: Float64Array): Float64Array {
  const total = sum(values);
  return values.map((value) => value / total);
}
