// The text of one boost: the filter that selects its products, and its factor.
import type { Boost, BoostPlan } from '../../core/boost-plan/boost-plan.js';
import { parseEntryField } from '../../core/field-location.js';
import type { NestedFields } from '../placement/engine-capabilities.js';

export interface BoostFilterOptions {
  readonly plan: BoostPlan;
  /** mapping path of the catalog's category */
  readonly categoryField: string;
  /** fields in nested objects, which a plain filter does not see; absent: there are none */
  readonly nested?: NestedFields | undefined;
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
  const { plan, categoryField, nested, names } = options;
  const fields = new Map<string, FieldText>();
  const scopes = new Map<readonly string[], string>();
  const category = fieldText(categoryField, nested);
  const inCategories = (categories: readonly string[]): string =>
    cached(scopes, categories, () => {
      const terms = `{"terms":{${category.path}:${JSON.stringify(categories)}}}`;
      return category.nested === null ? terms : nestedText(category.nested, terms, '');
    });
  const excluded = plan.category === null && plan.overridden.length > 0;

  return ({ boost: { field, value, range, categories }, values, position }) => {
    const { path, nested: inside } = cached(fields, field, () => fieldText(field, nested));
    const text = JSON.stringify(range ?? (values.length > 1 ? values : value));
    const name = names ? `,"_name":"kindred:${position}"` : '';
    const type = range ? 'range' : values.length > 1 ? 'terms' : 'term';
    const plain = `{"${type}":{${path}:${text}}}`;
    const filter = inside === null ? plain : nestedText(inside, plain, '');
    if (categories) return `{"bool":{"filter":[${filter},${inCategories(categories)}]${name}}}`;
    if (excluded)
      return `{"bool":{"filter":[${filter}],"must_not":[${inCategories(plan.overridden)}]${name}}}`;
    if (!names) return filter;
    if (inside !== null) return nestedText(inside, plain, name);
    return range ? `{"bool":{"filter":[${filter}]${name}}}` : `{"term":{${path}:{"value":${text}${name}}}}`;
  };
}

/** JSON of what a filter on a field names: its path, and the nested object it is in, with what else must hold there. */
interface FieldText {
  readonly path: string;
  readonly nested: { readonly path: string; readonly entry: string | null } | null;
}

function fieldText(field: string, nested: NestedFields | undefined): FieldText {
  const entry = parseEntryField(field);
  if (!entry) {
    const inside = nested?.get(field);
    const path = JSON.stringify(field);
    return { path, nested: inside === undefined ? null : { path: JSON.stringify(inside), entry: null } };
  }
  const { path, key, name, value } = entry;
  const named = `{"term":{${JSON.stringify(`${path}.${key}`)}:${JSON.stringify(name)}}}`;
  return { path: JSON.stringify(`${path}.${value}`), nested: { path: JSON.stringify(path), entry: named } };
}

/** An index behind an alias may lack the object: there nothing matches, instead of an error. */
function nestedText({ path, entry }: NonNullable<FieldText['nested']>, filter: string, name: string): string {
  const query = entry === null ? filter : `{"bool":{"filter":[${entry},${filter}]}}`;
  return `{"nested":{"path":${path},"score_mode":"none","ignore_unmapped":true,"query":${query}${name}}}`;
}

function cached<K, T>(texts: Map<K, T>, key: K, write: () => T): T {
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
