// The rule that weights total exactly 100: what is wrong with a list, and a list rescaled to it by the largest remainder.

/** What the schema says of weights that do not total 100; null when they do. Sums hundredths: 33.33 + 33.33 + 33.34 is 100. */
export function totalFinding(weights: readonly { readonly weight: number }[]): string | null {
  const total = weights.reduce((sum, { weight }) => sum + Math.round(weight * 100), 0) / 100;
  return total === 100 ? null : `weights total ${total}; they must total exactly 100`;
}

/**
 * Rescales weights to a total of exactly 100 with at most two decimals, in the order given.
 * `[1, 1, 1]` becomes `[33.34, 33.33, 33.33]`.
 * @param weights finite, ≥ 0, at least one > 0
 */
export function scaleToTotal100(weights: readonly number[]): number[] {
  return apportion(100, weights, 100);
}

/**
 * Shares a total out in proportion to weights, in the order given. Shares are rounded down to whole parts; what is
 * left goes to the largest remainders, earlier ones first (Hamilton's method).
 * @param weights finite, ≥ 0, at least one > 0
 * @param parts of one point: 1 gives whole numbers, 100 hundredths
 */
export function apportion(total: number, weights: readonly number[], parts: number): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const whole = Math.round(total * parts);
  const exact = weights.map((weight) => (weight / sum) * whole);
  const shares = exact.map(Math.floor);
  const left = whole - shares.reduce((all, share) => all + share, 0);
  const byRemainder = exact
    .map((share, position) => ({ position, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.position - b.position)
    .slice(0, left);
  for (const { position } of byRemainder) shares[position] = (shares[position] ?? 0) + 1;
  return shares.map((share) => share / parts);
}
