// Renders boosts as parameters of the stored script, which multiplies them from doc values.
import { type Boost, type BoostPlan, ID_FIELD } from '../../core/boost-plan/boost-plan.js';
import type { ScriptFields } from '../placement/engine-capabilities.js';
import { factorText, maxBoostText } from './boost-text.js';

export interface BoostScript {
  /** of the stored script */
  readonly id: string;
  readonly fields: ScriptFields;
  /** mapping path of a product's id, as `_id` has no doc values */
  readonly idField: string;
}

export interface ScriptOptions {
  readonly plan: BoostPlan;
  readonly categoryField: string;
  readonly multiValuedFields: readonly string[];
}

interface BoostList {
  readonly factors: Map<string, number>;
  readonly bands: string[];
}

/** Whether the script can read the fields that say which products a boost is for. */
export function isScriptable(
  { field, range, categories }: Boost,
  { fields, idField }: BoostScript,
  { plan, categoryField }: ScriptOptions,
): boolean {
  if ((categories || excludesCategories(plan)) && fields.get(categoryField) !== 'text') return false;
  const type = fields.get(field === ID_FIELD ? idField : field);
  return range ? type === 'float' || type === 'number' : type === 'text';
}

/**
 * The `script_score` of a list of boosts that are all scriptable and sendable; `scripts/kindred-boost.painless` describes
 * the members of `params`. As with functions, factors of one product multiply, and of a multi-valued field only the
 * strongest counts.
 */
export function boostScript(boosts: readonly Boost[], script: BoostScript, options: ScriptOptions): string {
  const { plan, categoryField, multiValuedFields } = options;
  const fields = new Map<string, Map<readonly string[] | undefined, BoostList>>();
  for (const boost of boosts) {
    const lists = getOr(fields, boost.field, () => new Map<readonly string[] | undefined, BoostList>());
    const { factors, bands } = getOr(lists, boost.categories, () => ({ factors: new Map(), bands: [] }));
    const multiValued = multiValuedFields.includes(boost.field);
    if (boost.range) bands.push(bandText(boost, script.fields.get(boost.field) === 'float'));
    else factors.set(boost.value, combine(factors.get(boost.value), boost.factor, multiValued));
  }
  const entries = [...fields].map(([field, lists]) => {
    const path = JSON.stringify(field === ID_FIELD ? script.idField : field);
    const texts = [...lists].map(([categories, list]) => listText(categories, list, plan));
    return `{"field":${path},"several":${multiValuedFields.includes(field)},"lists":[${texts.join(',')}]}`;
  });
  const max = maxBoostText(plan.maxBoost);
  const params = `{"max":${max},"category":${JSON.stringify(categoryField)},"fields":[${entries.join(',')}]}`;
  return `{"script":{"id":${JSON.stringify(script.id)},"params":${params}}}`;
}

/** One value can occur twice in a list: a product that was bought, and that goes with another. */
function combine(known: number | undefined, factor: number, multiValued: boolean): number {
  if (known === undefined) return factor;
  return multiValued ? Math.max(known, factor) : known * factor;
}

function listText(
  categories: readonly string[] | undefined,
  { factors, bands }: BoostList,
  plan: BoostPlan,
): string {
  const only = categories ?? (excludesCategories(plan) ? plan.overridden : undefined);
  const scope = only
    ? `"categories":{${[...new Set(only)].map((category) => `${JSON.stringify(category)}:true`).join(',')}},"inside":${categories !== undefined},`
    : '';
  if (bands.length > 0) return `{${scope}"bands":[${bands.join(',')}]}`;
  const values = [...factors].map(([value, factor]) => `${JSON.stringify(value)}:${factorText(factor)}`);
  return `{${scope}"factors":{${values.join(',')}}}`;
}

/** Bounds are rounded to the precision of the field, as the index does when it compares. */
function bandText({ range = {}, factor }: Boost, single: boolean): string {
  const ends = Object.entries(range).map(([end, number]) => `"${end}":${single ? rounded(number) : number},`);
  return `{${ends.join('')}"factor":${factorText(factor)}}`;
}

/** To single precision, unless it is out of its range: then it bounds nothing. */
function rounded(number: number): number {
  const single = Math.fround(number);
  return Number.isFinite(single) ? single : number;
}

/** Whether the global list leaves out the products of some categories. */
function excludesCategories({ category, overridden }: BoostPlan): boolean {
  return category === null && overridden.length > 0;
}

function getOr<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}
