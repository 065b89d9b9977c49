// Behavioral cohorts: a user's position among them, and which cohort's centre is nearest.
import { z } from 'zod';
import type { Affinities } from './affinity.js';
import { PRIOR_ALL_PRODUCTS } from './lift.js';

/** `[field, value, the population's share of it in all products, the field's weight / 100]` */
const cohortValueSchema = z.tuple([z.string(), z.string(), z.number(), z.number()]);

/** The cohorts of a version: the values that users are compared by, and each cohort's centre, a number per value. */
export const cohortDefinitionsSchema = z.object({
  values: z.array(cohortValueSchema),
  cohorts: z.array(
    z.object({
      cohort: z.string(),
      /** the values most above the population, strongest first, in words */
      likes: z.array(z.string()),
      centre: z.array(z.number()),
    }),
  ),
});

export type CohortDefinitions = z.infer<typeof cohortDefinitionsSchema>;
export type CohortValue = z.infer<typeof cohortValueSchema>;

/**
 * The direction in which a user's shares differ from the population's, of length 1:
 * √e_f · (√s(v) − √p(v)), s(v) = (x(v) + k·p(v)) / (x_f + k), k that of all products
 * (docs/profiles.md, "Behavioral cohorts").
 *
 * Square roots of shares make distances between shares comparable whether a value is frequent or rare (Hellinger; see
 * Legendre and Gallagher 2001, doi:10.1007/s004420100716). Only directions are compared, so that two clicks and two
 * hundred on the same values have the same position.
 * @param affinities in all products
 * @returns a number per value, in their order; null where the affinities have none of the values
 */
export function cohortVector(affinities: Affinities, values: readonly CohortValue[]): number[] | null {
  let evidence = 0;
  let square = 0;
  const vector = values.map(([field, value, share, weight]) => {
    const known = affinities.get(field);
    if (known === undefined) return 0;
    const x = known.values.get(value) ?? 0;
    const smoothed = (x + PRIOR_ALL_PRODUCTS * share) / (known.total + PRIOR_ALL_PRODUCTS);
    const difference = Math.sqrt(weight) * (Math.sqrt(smoothed) - Math.sqrt(share));
    evidence += x;
    square += difference * difference;
    return difference;
  });
  if (evidence === 0 || square === 0) return null;
  const length = Math.sqrt(square);
  return vector.map((difference) => difference / length);
}

/**
 * The cohort with the nearest centre; the earlier one of two that are equally near.
 * @returns its key; null where the affinities have none of the values
 */
export function nearestCohort(affinities: Affinities, { values, cohorts }: CohortDefinitions): string | null {
  const vector = cohortVector(affinities, values);
  if (!vector) return null;
  let nearest: string | null = null;
  let leastDistance = Number.POSITIVE_INFINITY;
  for (const { cohort, centre } of cohorts) {
    let distance = 0;
    for (let i = 0; i < vector.length; i++) distance += ((vector[i] ?? 0) - (centre[i] ?? 0)) ** 2;
    if (distance < leastDistance) {
      leastDistance = distance;
      nearest = cohort;
    }
  }
  return nearest;
}
