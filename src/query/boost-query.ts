// Renders a boost plan as `function_score`: the multiplier of the score, without a script.
import type { Boost, BoostPlan } from '../core/boost-plan.js';

export interface BoostQueryOptions {
  readonly plan: BoostPlan;
  /** mapping path of the catalog's category */
  readonly categoryField: string;
  /** fields in which a product has several values: only the strongest matching one counts */
  readonly multiValuedFields: readonly string[];
  /** `_name` on every filter, `kindred:` and the position in `plan.boosts`, for `matched_queries` */
  readonly names: boolean;
}

/** Numbers beyond these, and those that are not numbers, never reach a request. */
const LARGEST_FACTOR = 1e6;
/** The engine holds weights as 32-bit floats, which is eight significant digits. */
const DIGITS = 8;

/**
 * The text before and behind an inner query, whose own bytes can so stay where they are: together a query that
 * scores the inner one's score times the factor of every boost a product meets. Fields with one value share one
 * `function_score`, where all matching functions multiply; each multi-valued field has its own inside it, strongest
 * first, where the first match alone counts. Both texts are empty when the plan has nothing to send.
 */
export function boostFrame(options: BoostQueryOptions): readonly [before: string, after: string] {
  const { plan, multiValuedFields } = options;
  const sendable = [...plan.boosts.entries()].filter(([, { factor }]) => isSendable(factor));
  const several = [...new Set(multiValuedFields)].map((field) =>
    sendable.filter(([, boost]) => boost.field === field).sort(([, a], [, b]) => b.factor - a.factor),
  );
  const single = sendable.filter(([, { field }]) => !multiValuedFields.includes(field));
  const levels = [
    { mode: 'multiply', boosts: single },
    ...several.map((boosts) => ({ mode: 'first', boosts })),
  ].filter(({ boosts }) => boosts.length > 0);
  const heads = levels.map(({ mode, boosts }) => {
    const functions = boosts.map(([position, boost]) => boostFunction(boost, position, options)).join(',');
    const max = number(Math.min(plan.maxBoost, LARGEST_FACTOR));
    return `{"function_score":{"functions":[${functions}],"score_mode":"${mode}","boost_mode":"multiply","max_boost":${max},"query":`;
  });
  return [heads.join(''), '}}'.repeat(heads.length)];
}

function isSendable(factor: number): boolean {
  return factor <= LARGEST_FACTOR && factor >= 1 / LARGEST_FACTOR;
}

function number(value: number): string {
  return String(Number(value.toPrecision(DIGITS)));
}

function boostFunction(boost: Boost, position: number, options: BoostQueryOptions): string {
  return `{"filter":${boostFilter(boost, position, options)},"weight":${number(boost.factor)}}`;
}

/** Overrides apply to the products of their categories; the global list leaves those products alone. */
function boostFilter(boost: Boost, position: number, options: BoostQueryOptions): string {
  const { plan, categoryField, names } = options;
  const field = JSON.stringify(boost.field);
  const value = JSON.stringify(boost.value);
  const { range } = boost;
  const name = names ? `,"_name":"kindred:${position}"` : '';
  const inCategories = (categories: readonly string[]): string =>
    `{"terms":{${JSON.stringify(categoryField)}:${JSON.stringify(categories)}}}`;
  const plain = range ? `{"range":{${field}:${JSON.stringify(range)}}}` : `{"term":{${field}:${value}}}`;
  if (boost.categories) return `{"bool":{"filter":[${plain},${inCategories(boost.categories)}]${name}}}`;
  if (plan.category === null && plan.overridden.length > 0)
    return `{"bool":{"filter":[${plain}],"must_not":[${inCategories(plan.overridden)}]${name}}}`;
  if (!names) return plain;
  return range ? `{"bool":{"filter":[${plain}]${name}}}` : `{"term":{${field}:{"value":${value}${name}}}}`;
}
