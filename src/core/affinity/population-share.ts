// The population's share of a value, smoothed: the prior of lifts and their denominator.

/** Additive smoothing of the population's shares, per value of the scope. */
export const SMOOTHING = 0.5;

/**
 * p: the population's share of a value or product, smoothed so that it is never 0 or 1.
 * @param x the population's weight on the value
 * @param total the population's weight on all values of the scope
 * @param values how many values those are
 */
export function populationShare(x: number, total: number, values: number): number {
  return (x + SMOOTHING) / (total + SMOOTHING * values);
}
