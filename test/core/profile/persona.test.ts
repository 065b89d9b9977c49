// A made-up shopper's document: what was picked, in every scope, numbers as the band they are in.
import { expect, test } from '@jest/globals';
import { personaDocument } from '../../../src/core/profile/persona.js';
import type { ProfileDocument } from '../../../src/core/profile/profile.js';

function population(category: string | null, bands: [string, number][]): ProfileDocument {
  const values: [string, number][] = [
    ['Arlo', 30],
    ['Velda', 10],
  ];
  const fields = [
    { field: 'brand', total: 40, values },
    { field: 'price', total: 40, values: bands, bands: true as const },
  ];
  return { kind: 'population', key: 'all', people: 9, events: 40, scopes: [{ category, fields }] };
}
const populations = [
  population(null, [
    ['..100', 20],
    ['100..', 20],
  ]),
  population('shoes', [
    ['..60', 10],
    ['60..', 30],
  ]),
];
const group = { by: 'demographic' as const, attributes: ['age', 'income'] };

test('evidence is as much as a lift of 2, 4, 8… takes, in each scope; numbers are in a band', () => {
  const affinities = [
    { field: 'brand', value: 'Velda', strength: 3 },
    { field: 'price', value: '79.5', strength: 1 },
    { field: 'brand', value: 'unheard of', strength: 1 },
    { field: 'smell', value: 'Velda', strength: 1 },
  ];
  const { scopes, cohort } = personaDocument({ affinities, attributes: {} }, { group }, populations, null);
  const x = (at: number, field: string) => scopes[at]?.fields.find((each) => each.field === field)?.values;
  const share = (10 + 0.5) / (40 + 1);
  expect(x(0, 'brand')?.[0]).toEqual(['Velda', expect.closeTo(100 * share * 7, 9)]);
  expect(x(1, 'brand')?.[0]).toEqual(['Velda', expect.closeTo(3 * share * 7, 9)]);
  expect(x(0, 'price')).toEqual([['..100', expect.closeTo(100 * (20.5 / 41), 9)]]);
  expect(x(1, 'price')).toEqual([['60..', expect.closeTo(3 * (30.5 / 41), 9)]]);
  expect(scopes.map(({ fields }) => fields.map(({ field }) => field))).toEqual([
    ['brand', 'price'],
    ['brand', 'price'],
  ]);
  expect(cohort).toBeNull();
});

test('attributes name the cohort that training names, whatever their order', () => {
  const cohort = (attributes: Record<string, string>) =>
    personaDocument({ affinities: [], attributes }, { group }, populations, null).cohort;
  expect(cohort({ income: '50-74K', age: '35-44', pet: 'cat' })).toBe('age=35-44|income=50-74K');
  expect(cohort({ income: '50-74K' })).toBe('income=50-74K');
});
