// Renders a boost plan as `function_score`: the multiplier of the score.
import type { Boost } from '../../core/boost-plan/boost-plan.js';
import { type BoostScript, boostScript, isScriptable } from './boost-script.js';
import { type BoostFilterOptions, boostFilters, factorText, isSendable, maxBoostText } from './boost-text.js';

export interface BoostQueryOptions extends BoostFilterOptions {
  /** fields in which a product has several values: only the strongest matching one counts */
  readonly multiValuedFields: readonly string[];
  /** multiplies the boosts on fields it can read; absent: all boosts are functions */
  readonly script?: BoostScript | undefined;
}

/** A boost with its position in the plan. */
type PlacedBoost = readonly [position: number, boost: Boost];

/** The text before and behind an inner query. */
export type Frame = readonly [before: string, after: string];

/**
 * Renders what goes around an inner query, whose own bytes stay where they are: together they are a query that multiplies
 * the inner one's score by the factor of every boost that matches the product. Fields with one value share one
 * `function_score`, where all matching functions multiply; each multi-valued field has its own inside it, strongest
 * first, where the first match alone counts. Both texts are empty when the plan has nothing to send.
 */
export function boostFrame(options: BoostQueryOptions): Frame {
  const { plan, multiValuedFields, script } = options;
  const sent = sendable(options);
  const scripted = new Set(script ? sent.filter(([, boost]) => isScriptable(boost, script, options)) : []);
  const others = sent.filter((one) => !scripted.has(one));
  const multiValued = [...new Set(multiValuedFields)].map((field) =>
    others.filter(([, boost]) => boost.field === field).sort(([, a], [, b]) => b.factor - a.factor),
  );
  const single = others.filter(([, { field }]) => !multiValuedFields.includes(field));
  const levels = [
    { mode: 'multiply', boosts: single },
    ...multiValued.map((boosts) => ({ mode: 'first', boosts })),
  ].filter(({ boosts }) => boosts.length > 0);
  const max = maxBoostText(plan.maxBoost);
  const filter = boostFilters(options);
  const heads = levels.map(({ mode, boosts }) => {
    const functions = boosts.map(
      ([position, boost]) => `{"filter":${filter(boost, position)},"weight":${factorText(boost.factor)}}`,
    );
    return `{"function_score":{"functions":[${functions.join(',')}],"score_mode":"${mode}","boost_mode":"multiply","max_boost":${max},"query":`;
  });
  if (script && scripted.size > 0) {
    const boosts = [...scripted].map(([, boost]) => boost);
    const scores = boostScript(boosts, script, options);
    heads.push(`{"function_score":{"script_score":${scores},"boost_mode":"multiply","query":`);
  }
  return [heads.join(''), '}}'.repeat(heads.length)];
}

/** A list of the filters of all boosts, always named, for a hit's `matched_queries`. */
export function namedFilters(options: BoostFilterOptions): string {
  const filter = boostFilters({ ...options, names: true });
  return `[${sendable(options).map(([position, boost]) => filter(boost, position))}]`;
}

function sendable({ plan }: BoostFilterOptions): readonly PlacedBoost[] {
  return [...plan.boosts.entries()].filter(([, { factor }]) => isSendable(factor));
}
