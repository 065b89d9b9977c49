// Lists of weights that must total 100: the total, what is left, and balancing the rest.
import { apportion } from '../../../core/model/weights-total-100.js';

export interface Weighed {
  readonly name: string;
  readonly weight: number;
}

/** Adds hundredths as integers, so that 33.33 + 33.33 + 33.34 is exactly 100. */
export function totalOf(rows: readonly Pick<Weighed, 'weight'>[]): number {
  return rows.reduce((sum, { weight }) => sum + Math.round(weight * 100), 0) / 100;
}

/** What is left to 100; below 0 when it is too much. */
export function leftOf(rows: readonly Pick<Weighed, 'weight'>[]): number {
  return Math.round((100 - totalOf(rows)) * 100) / 100;
}

/** `40 left`, `10 too much`; null at exactly 100. */
export function leftWords(rows: readonly Pick<Weighed, 'weight'>[]): string | null {
  const left = leftOf(rows);
  if (left === 0) return null;
  return left > 0 ? `${left} left` : `${-left} too much`;
}

/**
 * Keeps the weights of `kept` and distributes the rest of 100 over the others in proportion to their weights; a weight of 0
 * counts as the average of the others. Without others, or when the kept ones exceed 100, all are rescaled.
 */
export function balanceRest(rows: readonly Weighed[], kept: ReadonlySet<string>): Weighed[] {
  const keptRows = rows.filter(({ name }) => kept.has(name));
  const rest = rows.filter(({ name }) => !kept.has(name));
  const remaining = leftOf(keptRows);
  const [sharing, total] = rest.length === 0 || remaining < 0 ? [rows, 100] : [rest, remaining];
  const shares = apportion(total, sharesOf(sharing), Number.isInteger(total) ? 1 : 100);
  const weights = new Map(sharing.map(({ name }, index) => [name, shares[index] ?? 0]));
  return rows.map(({ name, weight }) => ({ name, weight: weights.get(name) ?? weight }));
}

function sharesOf(rows: readonly Weighed[]): number[] {
  const positive = rows.filter(({ weight }) => weight > 0);
  const average = positive.length > 0 ? totalOf(positive) / positive.length : 1;
  return rows.map(({ weight }) => weight || average);
}
