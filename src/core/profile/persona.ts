// A persona of the preview: affinities that a merchandiser picked, as the profile document of a user who has them.
import { type CohortDefinitions, nearestCohort } from '../affinity/behavioral-cohorts.js';
import { PRIOR_ALL_PRODUCTS, PRIOR_IN_CATEGORY } from '../affinity/lift.js';
import { bandsOf } from '../affinity/number-bands.js';
import { populationShare } from '../affinity/population-share.js';
import type { Model } from '../model/model.js';
import { type ProfileDocument, scopeAffinities } from './profile.js';

export interface Persona {
  readonly affinities: readonly {
    readonly field: string;
    readonly value: string;
    /** 1–5: two, four … 32 times as often as the population */
    readonly strength: number;
  }[];
  /** customer attributes, by which demographic cohorts are formed */
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * x(v) = k·p(v)·(2^strength − 1) in every scope, so that ln w(v) = e·strength·ln 2 whatever the value and the scope.
 * A number counts as the band it is in. Values that a scope's population does not know are left out.
 * @param populations one document per scope
 * @param cohorts definitions of the behavioral cohorts; null without them
 */
export function personaDocument(
  persona: Persona,
  { group }: Pick<Model, 'group'>,
  populations: readonly ProfileDocument[],
  cohorts: CohortDefinitions | null,
): ProfileDocument {
  const scopes = populations.flatMap((population) =>
    population.scopes.map(({ category }) => ({
      category,
      fields: scopeFields(persona, population, category),
    })),
  );
  const document: ProfileDocument = { kind: 'individual', key: 'persona', people: 1, events: 0, scopes };
  const cohort =
    group.by === 'demographic'
      ? demographicCohort(persona, group.attributes)
      : cohorts && nearestCohort(scopeAffinities(document, null), cohorts);
  return { ...document, cohort };
}

type Field = ProfileDocument['scopes'][number]['fields'][number];

function scopeFields(persona: Persona, population: ProfileDocument, category: string | null): Field[] {
  const k = category === null ? PRIOR_ALL_PRODUCTS : PRIOR_IN_CATEGORY;
  const values = new Map<string, Map<string, number>>();
  const scope = scopeAffinities(population, category);
  for (const { field, value, strength } of persona.affinities) {
    const known = scope.get(field);
    if (!known) continue;
    const counted = known.values.has(value) || !known.bands ? [value] : bandsOf([value], known.bands);
    for (const each of counted) {
      const share = populationShare(known.values.get(each) ?? 0, known.total, known.values.size);
      const own = values.get(field) ?? new Map<string, number>();
      values.set(field, own.set(each, k * share * (2 ** strength - 1)));
    }
  }
  return [...values].map(([field, own]) => {
    const strongest = [...own].sort(([, a], [, b]) => b - a);
    return { field, total: strongest.reduce((sum, [, x]) => sum + x, 0), values: strongest };
  });
}

/** The key that training makes of the same attributes (`training/affinities/attribute-cohorts.ts`). */
function demographicCohort({ attributes }: Persona, names: readonly string[]): string | null {
  const parts = names.flatMap((name) => (attributes[name] ? [`${name}=${attributes[name]}`] : []));
  return parts.length > 0 ? parts.join('|') : null;
}
