// Renders a boost plan as `function_score`: the text around a query that multiplies its score.
import { factorDigits, isLong } from '../../core/boost-plan/binary-factors.js';
import { type Boost, boostLists } from '../../core/boost-plan/boost-plan.js';
import { type BoostScript, boostScript, isScriptable } from './boost-script.js';
import {
  type BoostFilterOptions,
  boostFilters,
  type FilteredBoosts,
  factorText,
  isSendable,
  maxBoostText,
} from './boost-text.js';

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
  const grouped = plan.rounded === true && !options.names;
  const multiValued = [...new Set(multiValuedFields)].map((field) => {
    const boosts = others
      .filter(([, boost]) => boost.field === field)
      .sort(([, a], [, b]) => b.factor - a.factor);
    return grouped ? ofEqualFactors(boosts) : boosts.map(alone);
  });
  const single = others.filter(([, { field }]) => !multiValuedFields.includes(field));
  const levels = [
    { mode: 'multiply', functions: grouped ? inDigits(single) : single.map(alone) },
    ...multiValued.map((functions) => ({ mode: 'first', functions })),
  ].filter(({ functions }) => functions.length > 0);
  const max = maxBoostText(plan.maxBoost);
  const filter = boostFilters(options);
  const heads = levels.map((level) => {
    const { mode } = level;
    const functions = level.functions.map(
      (boosted) => `{"filter":${filter(boosted)},"weight":${factorText(boosted.factor)}}`,
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

/** The filters of all boosts, always named, for a hit's `matched_queries`. */
export function namedFilters(options: BoostFilterOptions): readonly string[] {
  const filter = boostFilters({ ...options, names: true });
  return sendable(options).map((placed) => filter(alone(placed)));
}

/** A function of a `function_score`: what it multiplies the products of its boosts by. */
interface BoostFunction extends FilteredBoosts {
  readonly factor: number;
}

function alone([position, boost]: PlacedBoost): BoostFunction {
  return { boost, values: [boost.value], position, factor: boost.factor };
}

/** A product has one value of a field: the digits of its factor multiply. */
function inDigits(placed: readonly PlacedBoost[]): BoostFunction[] {
  const positions = new Map(placed.map(([position, boost]) => [boost, position]));
  return boostLists(placed.map(([, boost]) => boost)).flatMap((list) =>
    isLong(list)
      ? factorDigits(list).flatMap(({ boosts, factor }) => together(boosts, factor))
      : list.map((boost) => alone([positions.get(boost) ?? 0, boost])),
  );
}

/** Of several values the strongest counts: those of one factor are as good as each other. */
function ofEqualFactors(placed: readonly PlacedBoost[]): BoostFunction[] {
  const groups = new Map<string, readonly Boost[]>();
  for (const [, boost] of placed) {
    const key = JSON.stringify([boost.factor, boost.categories, boost.range]);
    groups.set(key, [...(groups.get(key) ?? []), boost]);
  }
  return [...groups.values()].flatMap((boosts) => together(boosts, boosts[0]?.factor ?? 1));
}

function together(boosts: readonly Boost[], factor: number): BoostFunction[] {
  const [boost] = boosts;
  return boost ? [{ boost, values: boosts.map(({ value }) => value), position: 0, factor }] : [];
}

function sendable({ plan }: BoostFilterOptions): readonly PlacedBoost[] {
  return [...plan.boosts.entries()].filter(([, { factor }]) => isSendable(factor));
}
