// What a product's page suggests: a few other designs of its category, the same for all users, and in one direction.
import type { SimulatedCatalog } from './catalog.js';
import { createRandom, pickWeighted, type Random, skewedRank } from './random.js';
import { withSize } from './shelf.js';
import type { Preferences } from './user.js';

const SUGGESTED = 8;
/** A noticed brand in a noticed colour is far more; what a user is indifferent to, far less. */
const MIN_LIKING = 1e-3;

/** By product: the first products of the designs its page shows, popular ones more often than not. */
export type Suggestions = (product: number) => Uint32Array;

/** Drawn when a page is first viewed, from a random stream of its own, so that the order of views does not matter. */
export function createSuggestions(seed: number, catalog: SimulatedCatalog): Suggestions {
  const shown = new Map<number, Uint32Array>();
  return (product) => {
    const design = catalog.design[product] ?? 0;
    let page = shown.get(design);
    if (!page) {
      const random = createRandom(seed, 6, design);
      const ranking = catalog.ranking[catalog.category[design] ?? 0] ?? new Uint32Array();
      page = Uint32Array.from({ length: SUGGESTED }, () => ranking[skewedRank(random, ranking.length)] ?? 0);
      shown.set(design, page);
    }
    return page;
  };
}

/** What a user goes on to from a page, by preference; undefined when they like nothing there. */
export function follow(
  page: Uint32Array,
  preferences: Preferences,
  catalog: SimulatedCatalog,
  random: Random,
): number | undefined {
  const liking = Float64Array.from(page, (product) => {
    const design = catalog.design[product] ?? 0;
    const [brand, color] = [catalog.brand[design] ?? 0, catalog.color[design] ?? 0];
    return (preferences.brand[brand] ?? 0) * (preferences.color[color] ?? 0);
  });
  const place = pickWeighted(random, liking);
  if ((liking[place] ?? 0) < MIN_LIKING) return undefined;
  return withSize(page[place] ?? 0, preferences, catalog, random);
}
