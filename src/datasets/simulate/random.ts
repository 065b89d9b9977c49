// Seeded random numbers for the simulated shop: the same seed gives the same shop on every machine.

/** Uniform in [0, 1). */
export type Random = () => number;

/**
 * A stream of its own for every part of the shop, so that one user can be made without making the others.
 * sfc32 (Chris Doty-Humphrey, PractRand), seeded by mixing the parts.
 */
export function createRandom(...parts: readonly number[]): Random {
  let [a, b, c, counter] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 1];
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (const part of parts) {
    a ^= part | 0;
    b ^= Math.floor(part / 4_294_967_296);
    for (let round = 0; round < 12; round++) next();
  }
  return next;
}

export function below(random: Random, count: number): number {
  return Math.floor(random() * count);
}

export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[below(random, items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** An index with probability in proportion to its weight. */
export function pickWeighted(random: Random, weights: ArrayLike<number>): number {
  const count = weights.length;
  let total = 0;
  for (let i = 0; i < count; i++) total += weights[i] ?? 0;
  let left = random() * total;
  for (let i = 0; i < count - 1; i++) {
    left -= weights[i] ?? 0;
    if (left < 0) return i;
  }
  return count - 1;
}

/** Rank 0 … count − 1, a few ahead of many: density in proportion to rank^(−3/4), by inversion. */
export function skewedRank(random: Random, count: number): number {
  const root = 1 + random() * ((count + 1) ** 0.25 - 1);
  return Math.min(count - 1, Math.floor(root * root * root * root) - 1);
}

export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Gamma with scale one (Marsaglia and Tsang 2000; below shape one by their boost). */
export function gamma(random: Random, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** In place (Fisher and Yates). */
export function shuffle(random: Random, items: { length: number; [index: number]: number }): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = below(random, i + 1);
    const kept = items[i] ?? 0;
    items[i] = items[j] ?? 0;
    items[j] = kept;
  }
}
