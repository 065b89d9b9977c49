// Renders boosts as parameters of the stored script, which multiplies them from doc values.
import { type Boost, type BoostPlan, ID_FIELD } from '../../core/boost-plan/boost-plan.js';
import type { ScriptFields } from '../placement/engine-capabilities.js';
import { factorText, maxBoostText } from './boost-factor.js';

export interface BoostScript {
  /** of the stored script */
  readonly id: string;
  readonly fields: ScriptFields;
  /** where a product's id is, as `_id` has no doc values */
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

/** Whether the script can tell which products a boost is for. */
export function isScriptable(
  { field, range, categories }: Boost,
  { fields, idField }: BoostScript,
  { plan, categoryField }: ScriptOptions,
): boolean {
  if ((categories || excluded(plan)) && fields.get(categoryField) !== 'text') return false;
  const type = fields.get(field === ID_FIELD ? idField : field);
  return range ? type === 'float' || type === 'number' : type === 'text';
}

/**
 * The `script_score` of a list of boosts that are all scriptable and sendable; what `params` hold is said in
 * `scripts/kindred-boost.painless`. Like functions, factors of one product multiply, and of a multi-valued field only
 * the strongest counts.
 */
export function boostScript(boosts: readonly Boost[], script: BoostScript, options: ScriptOptions): string {
  const { plan, categoryField, multiValuedFields } = options;
  const fields = new Map<string, Map<readonly string[] | undefined, BoostList>>();
  for (const boost of boosts) {
    const lists = getOr(fields, boost.field, () => new Map<readonly string[] | undefined, BoostList>());
    const { factors, bands } = getOr(lists, boost.categories, () => ({ factors: new Map(), bands: [] }));
    const several = multiValuedFields.includes(boost.field);
    if (boost.range) bands.push(bandText(boost, script.fields.get(boost.field) === 'float'));
    else factors.set(boost.value, together(factors.get(boost.value), boost.factor, several));
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

/** One value twice in a list: what was bought, and what goes with it, can be one product. */
function together(known: number | undefined, factor: number, several: boolean): number {
  if (known === undefined) return factor;
  return several ? Math.max(known, factor) : known * factor;
}

function listText(
  categories: readonly string[] | undefined,
  { factors, bands }: BoostList,
  plan: BoostPlan,
): string {
  const only = categories ?? (excluded(plan) ? plan.overridden : undefined);
  const scope = only
    ? `"categories":{${[...new Set(only)].map((category) => `${JSON.stringify(category)}:true`).join(',')}},"inside":${categories !== undefined},`
    : '';
  if (bands.length > 0) return `{${scope}"bands":[${bands.join(',')}]}`;
  const values = [...factors].map(([value, factor]) => `${JSON.stringify(value)}:${factorText(factor)}`);
  return `{${scope}"factors":{${values.join(',')}}}`;
}

/** Numbers and bounds are compared as the index compares them, which rounds both to its precision. */
function bandText({ range = {}, factor }: Boost, single: boolean): string {
  const ends = Object.entries(range).map(([end, number]) => `"${end}":${single ? rounded(number) : number},`);
  return `{${ends.join('')}"factor":${factorText(factor)}}`;
}

/** To single precision, unless it is beyond: then it bounds nothing. */
function rounded(number: number): number {
  const single = Math.fround(number);
  return Number.isFinite(single) ? single : number;
}

/** Whether the global list leaves the products of some categories alone. */
function excluded({ category, overridden }: BoostPlan): boolean {
  return category === null && overridden.length > 0;
}

function getOr<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
