// Bootstrap intervals over subjects: how far a mean, or a difference of means, could be chance.
import { below, createRandom } from '../../datasets/simulate/random.js';

const DRAWS = 1_000;
const SEED = 308;

/**
 * Means of 1,000 samples of subjects with replacement. All methods see the same samples, so that the difference of
 * two methods' draws is paired.
 * @param methods for each method a value for each subject, in one order
 * @returns for each method a mean for each draw
 */
export function bootstrapMeans(methods: readonly Float64Array[]): Float64Array[] {
  const random = createRandom(SEED);
  const subjects = methods[0]?.length ?? 0;
  const results = methods.map((values) => ({ values, means: new Float64Array(DRAWS) }));
  const sample = new Int32Array(subjects);
  for (let draw = 0; draw < DRAWS; draw++) {
    for (let place = 0; place < subjects; place++) sample[place] = below(random, subjects);
    for (const { values, means } of results) {
      let sum = 0;
      for (const subject of sample) sum += values[subject] ?? 0;
      means[draw] = sum / subjects;
    }
  }
  return results.map(({ means }) => means);
}

/** The middle 95 % of the draws. */
export function interval(draws: ArrayLike<number>): [low: number, high: number] {
  const sorted = Float64Array.from(draws).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return [at(0.025), at(0.975)];
}
