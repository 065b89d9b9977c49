// The population's share of a value, never 0 and never 1: what a person's own evidence is compared with.

/** Additive smoothing, per value of the scope. */
const SMOOTHING = 0.5;

/**
 * @param x everyone's weight on the value
 * @param total everyone's weight on all values of the scope
 * @param values how many values those are
 */
export function populationShare(x: number, total: number, values: number): number {
  return (x + SMOOTHING) / (total + SMOOTHING * values);
}
