// Factors as the engine gets them: what is no sane number never reaches a request.

/** Numbers beyond these, and those that are not numbers, are not sent. */
const LARGEST_FACTOR = 1e6;
/** The engine holds weights as 32-bit floats, which is eight significant digits. */
const DIGITS = 8;
const SCALE = 10 ** DIGITS;

export function isSendable(factor: number): boolean {
  return factor <= LARGEST_FACTOR && factor >= 1 / LARGEST_FACTOR;
}

export function factorText(factor: number): string {
  // Most factors: several times as fast, and one is written for every boost.
  if (factor >= 0.1 && factor < 10) return String(Math.round(factor * SCALE) / SCALE);
  return String(Number(factor.toPrecision(DIGITS)));
}

/** A plan's guard, as the engine gets it. */
export function maxBoostText(maxBoost: number): string {
  return factorText(Math.min(maxBoost, LARGEST_FACTOR));
}
