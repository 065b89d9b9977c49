// The designs of a category one user comes across, drawn by popularity, and how likely each is to be chosen.
import type { SimulatedCatalog } from './catalog.js';
import { pickWeighted, type Random, skewedRank } from './random.js';
import type { Preferences } from './user.js';

const SHELF = 256;

interface Shelf {
  /** the first product of each design */
  readonly designs: Uint32Array;
  /** running total of preference: popularity is in how often a design is on the shelf */
  readonly cumulative: Float64Array;
}

/** The shelf of a category, made when it is first looked at; undefined where the category is empty. */
export type Shelves = (category: number) => Shelf | undefined;

export function createShelves(preferences: Preferences, catalog: SimulatedCatalog, random: Random): Shelves {
  const shelves = new Map<number, Shelf>();
  return (category) => {
    const ranking = catalog.ranking[category];
    if (!ranking || ranking.length === 0) return undefined;
    let shelf = shelves.get(category);
    if (!shelf) {
      shelf = fillShelf(preferences, catalog, ranking, random);
      shelves.set(category, shelf);
    }
    return shelf;
  };
}

function fillShelf(
  preferences: Preferences,
  catalog: SimulatedCatalog,
  ranking: Uint32Array,
  random: Random,
): Shelf {
  const designs = new Uint32Array(SHELF);
  const cumulative = new Float64Array(SHELF);
  let total = 0;
  for (let i = 0; i < SHELF; i++) {
    const product = ranking[skewedRank(random, ranking.length)] ?? 0;
    total +=
      (preferences.brand[catalog.brand[product] ?? 0] ?? 0) *
      (preferences.color[catalog.color[product] ?? 0] ?? 0);
    designs[i] = product;
    cumulative[i] = total;
  }
  return { designs, cumulative };
}

/** A design with probability in proportion to popularity × preference, in one of its sizes by preference. */
export function choose(
  shelf: Shelf,
  preferences: Preferences,
  catalog: SimulatedCatalog,
  random: Random,
): number {
  const { designs, cumulative } = shelf;
  const target = random() * (cumulative[SHELF - 1] ?? 0);
  let low = 0;
  let high = SHELF - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 0) > target) high = middle;
    else low = middle + 1;
  }
  return withSize(designs[low] ?? 0, preferences, catalog, random);
}

/** A design, given by its first product, in one of its sizes by preference. */
export function withSize(
  first: number,
  preferences: Preferences,
  catalog: SimulatedCatalog,
  random: Random,
): number {
  const size = catalog.size[first] ?? 0;
  return first + pickWeighted(random, preferences.size.subarray(size, size + (catalog.sizes[first] ?? 1)));
}
