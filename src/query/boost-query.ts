// Renders a boost plan as `function_score`: the multiplier of the score.
import type { Boost, BoostPlan } from '../core/boost-plan.js';
import { type BoostScript, boostScript, isScriptable } from './boost-script.js';
import { factorText, isSendable, maxBoostText } from './factor-text.js';

export interface BoostQueryOptions {
  readonly plan: BoostPlan;
  /** mapping path of the catalog's category */
  readonly categoryField: string;
  /** fields in which a product has several values: only the strongest matching one counts */
  readonly multiValuedFields: readonly string[];
  /** `_name` on every filter, `kindred:` and the position in `plan.boosts`, for `matched_queries` */
  readonly names: boolean;
  /** what the script can read, it multiplies; absent: functions say everything */
  readonly script?: BoostScript;
}

/**
 * The text before and behind an inner query, whose own bytes can so stay where they are: together a query that
 * scores the inner one's score times the factor of every boost a product meets. Fields with one value share one
 * `function_score`, where all matching functions multiply; each multi-valued field has its own inside it, strongest
 * first, where the first match alone counts. Both texts are empty when the plan has nothing to send.
 */
export function boostFrame(options: BoostQueryOptions): readonly [before: string, after: string] {
  const { plan, multiValuedFields, script } = options;
  const sendable = [...plan.boosts.entries()].filter(([, { factor }]) => isSendable(factor));
  const scripted = script ? sendable.filter(([, boost]) => isScriptable(boost, script, options)) : [];
  const others = script ? sendable.filter(([, boost]) => !isScriptable(boost, script, options)) : sendable;
  const several = [...new Set(multiValuedFields)].map((field) =>
    others.filter(([, boost]) => boost.field === field).sort(([, a], [, b]) => b.factor - a.factor),
  );
  const single = others.filter(([, { field }]) => !multiValuedFields.includes(field));
  const levels = [
    { mode: 'multiply', boosts: single },
    ...several.map((boosts) => ({ mode: 'first', boosts })),
  ].filter(({ boosts }) => boosts.length > 0);
  const max = maxBoostText(plan.maxBoost);
  const heads = levels.map(({ mode, boosts }) => {
    const functions = boosts.map(([position, boost]) => boostFunction(boost, position, options)).join(',');
    return `{"function_score":{"functions":[${functions}],"score_mode":"${mode}","boost_mode":"multiply","max_boost":${max},"query":`;
  });
  if (script && scripted.length > 0) {
    const scores = boostScript(
      scripted.map(([, boost]) => boost),
      script,
      options,
    );
    heads.push(`{"function_score":{"script_score":${scores},"boost_mode":"multiply","query":`);
  }
  return [heads.join(''), '}}'.repeat(heads.length)];
}

function boostFunction(boost: Boost, position: number, options: BoostQueryOptions): string {
  return `{"filter":${boostFilter(boost, position, options)},"weight":${factorText(boost.factor)}}`;
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
