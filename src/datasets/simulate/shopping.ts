// How a simulated user shops: sessions of searches and browsing, each product chosen by popularity × preference.
import type { SimulatedCatalog } from './catalog.js';
import { below, pickWeighted, type Random } from './random.js';
import { choose, createShelves, type Shelves } from './shelf.js';
import { follow, type Suggestions } from './suggestions.js';
import type { Preferences, SimulatedUser } from './user.js';
import { CATEGORIES } from './vocabulary.js';

export const ACTIONS = ['view', 'click', 'add_to_cart', 'remove_from_cart', 'purchase', 'wishlist'] as const;
export type Action = (typeof ACTIONS)[number];

/** One event; `session` counts from 0, `query` is empty when the user browses. */
export type Emit = (
  timestamp: number,
  session: number,
  action: Action,
  product: number,
  query: string,
) => void;

export interface Period {
  /** milliseconds since the epoch */
  readonly start: number;
  readonly end: number;
}

const EVENTS_PER_SESSION = 7;
/** How often a user follows a suggestion of a page before going back to the shelf. */
const FOLLOW_RATE = 0.5;
const HOUR = 3_600_000;

/** Emits exactly `budget` events in the order of time. */
export function shop(
  user: SimulatedUser,
  catalog: SimulatedCatalog,
  suggestions: Suggestions,
  random: Random,
  budget: number,
  period: Period,
  emit: Emit,
): void {
  const sessions = Math.max(1, Math.round(budget / EVENTS_PER_SESSION));
  const length = period.end - period.start - HOUR;
  const starts = Float64Array.from(
    { length: sessions },
    () => period.start + Math.floor(random() * length),
  ).sort();
  const shelves = createShelves(user.preferences, catalog, random);
  let left = budget;
  for (let session = 0; session < sessions; session++) {
    const even = left / (sessions - session);
    let quota = session === sessions - 1 ? left : Math.min(left, Math.round(even * (0.5 + random())));
    left -= quota;
    // No session reaches into the next one or past the end.
    const until = Math.min(starts[session + 1] ?? period.end, (starts[session] ?? 0) + HOUR);
    const step = (until - (starts[session] ?? 0)) / (quota + 1);
    let now = starts[session] ?? 0;
    const act = (action: Action, product: number, query: string) => {
      if (quota === 0) return;
      quota--;
      now += Math.min(step, 5_000 + random() * 55_000);
      emit(Math.floor(now), session, action, product, query);
    };
    while (quota > 0) browseCategory(user.preferences, catalog, shelves, suggestions, random, act);
  }
}

type Act = (action: Action, product: number, query: string) => void;

/** One intention in one category: a search (or browsing), a few products looked at, perhaps one bought. */
function browseCategory(
  preferences: Preferences,
  catalog: SimulatedCatalog,
  shelves: Shelves,
  suggestions: Suggestions,
  random: Random,
  act: Act,
): void {
  const category = pickWeighted(random, preferences.category);
  const shelf = shelves(category);
  if (!shelf) return;
  const wanted = choose(shelf, preferences, catalog, random);
  const searches = random() < 0.6;
  const brand = searches && random() < 0.4 ? (catalog.brand[wanted] ?? 0) : -1;
  const color = searches && random() < 0.3 ? (catalog.color[wanted] ?? 0) : -1;
  const words = [catalog.brands[brand]?.toLowerCase(), catalog.colors[color], CATEGORIES[category]?.term];
  const query = searches ? words.filter(Boolean).join(' ') : '';
  consider(preferences, catalog, random, wanted, query, act);
  let last = wanted;
  for (let more = below(random, 3); more > 0; more--) {
    const suggested =
      random() < FOLLOW_RATE ? follow(suggestions(last), preferences, catalog, random) : undefined;
    const product = suggested ?? choose(shelf, preferences, catalog, random);
    const matches =
      (brand < 0 || catalog.brand[product] === brand) && (color < 0 || catalog.color[product] === color);
    if (product === last || (suggested === undefined && !matches)) continue;
    consider(preferences, catalog, random, product, suggested === undefined ? query : '', act);
    last = product;
  }
}

/** A view or click, and the better the product is liked, the likelier a cart and a purchase. */
function consider(
  preferences: Preferences,
  catalog: SimulatedCatalog,
  random: Random,
  product: number,
  query: string,
  act: Act,
): void {
  act(query ? 'click' : 'view', product, query);
  if (query && random() < 0.3) act('view', product, '');
  const liked =
    ((preferences.brand[catalog.brand[product] ?? 0] ?? 0) +
      (preferences.color[catalog.color[product] ?? 0] ?? 0)) /
    2;
  if (random() < 0.02 + 0.1 * liked) act('wishlist', product, '');
  if (random() >= 0.08 + 0.4 * liked) return;
  act('add_to_cart', product, '');
  if (random() < 0.15) act('remove_from_cart', product, '');
  else if (random() < 0.55) act('purchase', product, '');
}
