// A user's distinctive values: those preferred more than the population does, and a description of them in words.
import type { Affinities } from '../affinity/affinity.js';
import { valueTastes } from '../affinity/taste.js';
import { affinityFields, type Model } from '../model/model.js';
import { type ProfileDocument, scopeAffinities } from './profile.js';

export interface DistinctiveValue {
  readonly field: string;
  readonly value: string;
  /** the taste in all products: their share ÷ everybody's; above 1 */
  readonly lift: number;
}

/** The values that a user prefers more than the population does, strongest evidence first. */
export function distinctiveValues(
  model: Model,
  individual: ProfileDocument,
  population: Affinities,
  max: number,
): DistinctiveValue[] {
  const input = {
    model: { ...model, profiles: { ...model.profiles, individual: true } },
    impact: model.impact,
    category: null,
    population,
    individual: scopeAffinities(individual, null),
  };
  const values = affinityFields(model).flatMap((field) =>
    valueTastes(input, field)
      .filter(({ taste }) => taste > 1)
      .map(({ value, taste, mass }) => ({ field, value, lift: taste, strength: mass * Math.log(taste) })),
  );
  return values
    .sort((a, b) => b.strength - a.strength)
    .slice(0, max)
    .map(({ field, value, lift }) => ({ field, value, lift }));
}

/**
 * One line, e.g. `often chooses brand Arlo in shoes; loves color red`.
 * @param categoryField left out, as it says nothing within a category
 */
export function describeDistinctiveValues(
  individual: ProfileDocument,
  distinctive: readonly DistinctiveValue[],
  categoryField: string,
): string {
  const often = oftenChosen(individual, categoryField);
  const loved = distinctive.find(
    ({ value }) => value !== often?.value && value !== often?.category && !FLAGS.has(value),
  );
  const words = [
    ...(often ? [`often chooses ${label(often.field)} ${often.value} in ${often.category}`] : []),
    ...(loved ? [`loves ${label(loved.field)} ${loved.value}`] : []),
  ];
  return words.join('; ') || 'no clear taste yet';
}

/** Values of boolean fields: without the field they describe nothing. */
const FLAGS = new Set(['true', 'false']);

/** The strongest value of the category with most of the user's events. */
function oftenChosen({ scopes }: ProfileDocument, categoryField: string) {
  const inCategories = scopes.flatMap(({ category, fields }) => {
    const described = fields.filter(
      ({ field, values }) => field !== categoryField && !FLAGS.has(values[0]?.[0] ?? ''),
    );
    const [first] = [...described].sort((a, b) => (b.values[0]?.[1] ?? 0) - (a.values[0]?.[1] ?? 0));
    const value = first?.values[0]?.[0];
    if (category === null || first === undefined || value === undefined) return [];
    return [{ category, field: first.field, value, total: first.total }];
  });
  return inCategories.sort((a, b) => b.total - a.total)[0];
}

/** The last part of a path: `details.brand.keyword` is `brand`. */
function label(field: string): string {
  return (
    field
      .replace(/\.(keyword|raw|untouched|exact|sort)$/, '')
      .split('.')
      .at(-1) ?? field
  );
}
