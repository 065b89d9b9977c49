// Tells whether a search multiplies scores itself by so much that boosts beside that would leave what a float holds.
import { isObject, listOf } from '../json/json-value.js';

/** A float ends at 3.4·10³⁸: this leaves room for the words' own scores, and for all that a boost plan can multiply by. */
const LARGE = 1e20;
/** What is multiplied; not `max_boost`, of which clients write the largest float. */
const FACTORS: readonly string[] = ['boost', 'weight', 'factor', 'query_weight', 'rescore_query_weight'];
/** Numbers that are written with so many digits, or an exponent; without any there is nothing to look for. */
const LONG_NUMBER = /\d{7}|\d[eE]/;
/** In lists of fields, and in the syntax of `query_string`. */
const CARET = /\^(\d[\d.]*(?:e\+?\d+)?)/gi;

/** @param text that the parts are in, as it was sent */
export function mayHaveLargeFactors(text: string): boolean {
  return LONG_NUMBER.test(text);
}

/**
 * Whether factors in each other, such as a clause's boost and that of the `bool` around it, come to 10²⁰ or more.
 * @param scored parsed parts of a search that make scores
 * @param indicesBoost parsed: names of indices and their factors
 */
export function hasLargeFactors(scored: unknown, indicesBoost?: unknown): boolean {
  const ofIndices = listOf(indicesBoost).flatMap((one) => (isObject(one) ? Object.values(one) : []));
  return largestFactor(scored) * largest(ofIndices.map(numberIn)) >= LARGE;
}

function largestFactor(value: unknown): number {
  if (typeof value === 'string')
    return value.includes('^') ? largest([...value.matchAll(CARET)].map(([, factor]) => Number(factor))) : 1;
  if (Array.isArray(value)) return largest(value.map(largestFactor));
  if (!isObject(value)) return 1;
  const own = FACTORS.reduce((product, name) => product * Math.max(1, numberIn(value[name])), 1);
  return own * largest(Object.values(value).map(largestFactor));
}

function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number), 1);
}

/** The engines take numbers written as text; 1 for what is none. */
function numberIn(value: unknown): number {
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : 1;
  return Number.isNaN(number) ? 1 : number;
}
