// Weights that total exactly 100: any non-negative numbers rescaled in hundredths by the largest remainder.

/**
 * Rescales weights to a total of exactly 100 with at most two decimals, in the order given.
 * Shares are rounded down to hundredths; what is left goes to the largest remainders, earlier ones first
 * (Hamilton's method). `[1, 1, 1]` becomes `[33.34, 33.33, 33.33]`.
 * @param weights finite, ≥ 0, at least one > 0
 */
export function toTotalHundred(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const exact = weights.map((weight) => (weight / sum) * 10_000);
  const hundredths = exact.map(Math.floor);
  const left = 10_000 - hundredths.reduce((total, part) => total + part, 0);
  const byRemainder = exact
    .map((share, position) => ({ position, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.position - b.position)
    .slice(0, left);
  for (const { position } of byRemainder) hundredths[position] = (hundredths[position] ?? 0) + 1;
  return hundredths.map((part) => part / 100);
}
