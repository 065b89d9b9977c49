// Taste: a direction away from the population, comparable however much is known, and the nearest centre.
import { expect, test } from '@jest/globals';
import type { Affinities } from '../../../src/core/affinity/affinity.js';
import {
  type CohortDefinitions,
  type CohortValue,
  cohortVector,
  nearestCohort,
} from '../../../src/core/affinity/behavioral-cohorts.js';

const values: CohortValue[] = [
  ['brand', 'acme', 0.6, 0.5],
  ['brand', 'bolt', 0.1, 0.5],
  ['color', 'red', 0.5, 0.5],
];
const of = (fields: Record<string, Record<string, number>>, elsewhere = 0): Affinities =>
  new Map(
    Object.entries(fields).map(([field, x]) => [
      field,
      {
        total: Object.values(x).reduce((sum, one) => sum + one, elsewhere),
        values: new Map(Object.entries(x)),
      },
    ]),
  );
const tastes: CohortDefinitions = {
  values,
  cohorts: [
    { cohort: 'taste 1', likes: [], centre: [1, 0, 0] },
    { cohort: 'taste 2', likes: [], centre: [-0.3, 0.9, 0] },
    { cohort: 'taste 3', likes: [], centre: [-0.3, 0.9, 0] },
  ],
};

test('the vector is the formula: weighed roots of shares against the population, of length 1', () => {
  const raw = [
    Math.sqrt(0.5) * (Math.sqrt(60 / 110) - Math.sqrt(0.6)),
    Math.sqrt(0.5) * (Math.sqrt((8 + 10) / 110) - Math.sqrt(0.1)),
    0,
  ];
  const length = Math.hypot(...raw);
  const vector = cohortVector(of({ brand: { bolt: 8 } }, 2), values);
  for (const [place, away] of raw.entries()) expect(vector?.[place]).toBeCloseTo(away / length, 12);
});

test('one click and a hundred on the same thing are of one taste; a field nothing is known of has no say', () => {
  for (const x of [0.05, 1, 100]) {
    expect(nearestCohort(of({ brand: { bolt: x } }), tastes)).toBe('taste 2');
    expect(nearestCohort(of({ brand: { acme: x } }), tastes)).toBe('taste 1');
  }
});

test('who shows nothing of what tastes are compared by has none', () => {
  expect(nearestCohort(new Map(), tastes)).toBeNull();
  expect(nearestCohort(of({ brand: { other: 4 }, size: { XL: 2 } }), tastes)).toBeNull();
  expect(nearestCohort(of({ brand: { bolt: 4 } }), { values: [], cohorts: [] })).toBeNull();
});
