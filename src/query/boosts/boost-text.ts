// The text of one boost: the filter that selects its products, and its factor.
import type { Boost, BoostPlan } from '../../core/boost-plan/boost-plan.js';

export interface BoostFilterOptions {
  readonly plan: BoostPlan;
  /** mapping path of the catalog's category */
  readonly categoryField: string;
  /** `_name` on every filter, `kindred:` and the position in `plan.boosts`, for `matched_queries` */
  readonly names: boolean;
}

/** What one filter selects the products of: a boost, or several of one list, which differ in their values alone. */
export interface FilteredBoosts {
  readonly boost: Boost;
  readonly values: readonly string[];
  /** of the boost in the plan */
  readonly position: number;
}

/**
 * Renders filters of one plan, each of one boost, or of several of one list without names; text they share is rendered
 * once. Overrides apply to the products of their categories; the global list excludes those products.
 */
export function boostFilters(options: BoostFilterOptions): (boosts: FilteredBoosts) => string {
  const { plan, categoryField, names } = options;
  const fields = new Map<string, string>();
  const scopes = new Map<readonly string[], string>();
  const category = JSON.stringify(categoryField);
  const inCategories = (categories: readonly string[]): string =>
    cached(scopes, categories, () => `{"terms":{${category}:${JSON.stringify(categories)}}}`);
  const excluded = plan.category === null && plan.overridden.length > 0;

  return ({ boost: { field, value, range, categories }, values, position }) => {
    const path = cached(fields, field, () => JSON.stringify(field));
    const text = JSON.stringify(range ?? (values.length > 1 ? values : value));
    const name = names ? `,"_name":"kindred:${position}"` : '';
    const type = range ? 'range' : values.length > 1 ? 'terms' : 'term';
    const filter = `{"${type}":{${path}:${text}}}`;
    if (categories) return `{"bool":{"filter":[${filter},${inCategories(categories)}]${name}}}`;
    if (excluded)
      return `{"bool":{"filter":[${filter}],"must_not":[${inCategories(plan.overridden)}]${name}}}`;
    if (!names) return filter;
    return range ? `{"bool":{"filter":[${filter}]${name}}}` : `{"term":{${path}:{"value":${text}${name}}}}`;
  };
}

function cached<K>(texts: Map<K, string>, key: K, write: () => string): string {
  const known = texts.get(key);
  if (known !== undefined) return known;
  const text = write();
  texts.set(key, text);
  return text;
}

const MAX_FACTOR = 1e6;
const MIN_FACTOR = 1 / MAX_FACTOR;
/** The engine holds weights as 32-bit floats, which is eight significant digits. */
const DIGITS = 8;
const SCALE = 10 ** DIGITS;

/** False for NaN, too. */
export function isSendable(factor: number): boolean {
  return factor <= MAX_FACTOR && factor >= MIN_FACTOR;
}

export function factorText(factor: number): string {
  // Fits most factors and is several times as fast; every boost has one.
  if (factor >= 0.1 && factor < 10) return String(Math.round(factor * SCALE) / SCALE);
  return String(Number(factor.toPrecision(DIGITS)));
}

/** A plan's `maxBoost`. */
export function maxBoostText(maxBoost: number): string {
  return factorText(Math.min(maxBoost, MAX_FACTOR));
}
