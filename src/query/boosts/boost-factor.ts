// Factors as they are written into a request; those out of range are not sent.

const MAX_FACTOR = 1e6;
const MIN_FACTOR = 1 / MAX_FACTOR;
/** The engine holds weights as 32-bit floats, which is eight significant digits. */
const DIGITS = 8;
const SCALE = 10 ** DIGITS;

/** False for NaN, too. */
export function isSendable(factor: number): boolean {
  return factor <= MAX_FACTOR && factor >= MIN_FACTOR;
}

export function factorText(factor: number): string {
  // Fits most factors and is several times as fast; every boost has one.
  if (factor >= 0.1 && factor < 10) return String(Math.round(factor * SCALE) / SCALE);
  return String(Number(factor.toPrecision(DIGITS)));
}

/** A plan's `maxBoost`. */
export function maxBoostText(maxBoost: number): string {
  return factorText(Math.min(maxBoost, MAX_FACTOR));
}
