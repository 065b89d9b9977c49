// Profile documents: what the trainer publishes into `kindred-profiles-{model}-{version}` and the proxy reads.
import { z } from 'zod';
import type { Affinities } from '../affinity/affinity.js';
import { cohortDefinitionsSchema } from '../affinity/behavioral-cohorts.js';
import { parseBand } from '../affinity/number-bands.js';
import type { ProductEvidence } from '../boost-plan/product-boosts.js';
import { KindredError } from '../errors.js';

/** Of a user: the events of the largest weight that x is made of, and all of them. Older versions have none. */
const taken = z.number().optional();
const events = z.number().optional();

/** One scope of a profile; `category: null` is all products. Values are `[value, x, taken?, events?]`, strongest first. */
const scopeSchema = z.object({
  category: z.string().nullable(),
  fields: z.array(
    z.object({
      field: z.string(),
      total: z.number(),
      values: z.array(z.tuple([z.string(), z.number(), taken, events])),
      /** a number field: its values are bands */
      bands: z.literal(true).optional(),
    }),
  ),
});

/** `[object id, x, the population's x, category, taken?, events?]`; a list where there are several categories */
const ownProductSchema = z.tuple([
  z.string(),
  z.number(),
  z.number(),
  z.union([z.string(), z.array(z.string())]).nullable(),
  taken,
  events,
]);

/** `[field, value, x]` */
const searchedSchema = z.tuple([z.string(), z.string(), z.number()]);

/** `[object id, strength, the population's x]` */
const neighbourSchema = z.tuple([z.string(), z.number(), z.number()]);

/**
 * Shapes and ids: docs/profiles.md, "What is stored".
 * - `individual`: one document per user, all scopes in it; `cohort` is the user's.
 * - `group`: one document per cohort and scope. `population`: one document per scope, all values kept.
 * - `product`: one document per product with neighbours.
 * - `tastes`: one document, the definitions of behavioral cohorts.
 */
export const profileDocumentSchema = z.object({
  kind: z.enum(['individual', 'group', 'population', 'product', 'tastes']),
  /** user id, cohort key, or `all` */
  key: z.string(),
  cohort: z.string().nullish(),
  /** users whose events are in it */
  people: z.number().int(),
  /** events that counted */
  events: z.number().int(),
  scopes: z.array(scopeSchema),
  /** of an individual: single products, strongest first */
  products: z.array(ownProductSchema).optional(),
  /** of an individual: what was searched for without naming a category, strongest first; counts in every category */
  searched: z.array(searchedSchema).optional(),
  /** of a product: what users who have it also have, and what sessions click next; strongest first, of one category */
  neighbours: z
    .object({
      category: z.string().nullable(),
      bought_with: z.array(neighbourSchema),
      /** versions trained before sessions were learned from have none */
      next: z.array(neighbourSchema).default([]),
    })
    .optional(),
  /** definitions of the behavioral cohorts */
  tastes: cohortDefinitionsSchema.optional(),
  /** of the population: its x summed over all products of the scope, and how many products those are */
  assortment: z.object({ total: z.number(), products: z.number().int() }).optional(),
  /** of the population in all products: the catalog's categories, which search texts can name */
  categories: z.array(z.string()).optional(),
  /** of the same, where categories are paths: what is between their levels */
  separator: z.string().optional(),
  /** of the population in all products: `[field, how far tastes in it carry over into other categories]`, in (0, 1] */
  transfer: z.array(z.tuple([z.string(), z.number()])).optional(),
});

export type ProfileDocument = z.infer<typeof profileDocumentSchema>;
export type ProfileKind = ProfileDocument['kind'];

/** @throws KindredError `profile-malformed` (502) for a stored document that no trainer wrote */
export function parseProfile(source: unknown, id: string): ProfileDocument {
  const parsed = profileDocumentSchema.safeParse(source);
  if (parsed.success) return parsed.data;
  throw new KindredError('profile-malformed', `profile "${id}" is malformed; train the model again`, {
    status: 502,
    cause: parsed.error,
  });
}

/** The alias that follows a model's active version. */
export function profileAlias(modelId: string): string {
  return `kindred-profiles-${modelId}`;
}

/** The profile index of one version. Model ids hold no dash, so `{alias}-*` matches one model's versions only. */
export function profileIndexName(modelId: string, version: number): string {
  return `${profileAlias(modelId)}-${version}`;
}

/** Document id of a user's profile. User ids are case-sensitive and kept as they are. */
export function individualId(userId: string): string {
  return `individual:${userId}`;
}

/** Document id of a product. */
export function productId(objectId: string): string {
  return `product:${objectId}`;
}

/** Document id of a cohort in a scope. Colons of the cohort are escaped, so that no two pairs share an id. */
export function groupId(cohort: string, category: string | null): string {
  return `group:${cohort.replaceAll(/[%:]/g, encodeURIComponent)}:${category ?? ''}`;
}

/** Document id of the definitions of behavioral cohorts. */
export const COHORT_DEFINITIONS_ID = 'tastes:all';

/** Document id of the population in a scope. */
export function populationId(category: string | null): string {
  return `population:all:${category ?? ''}`;
}

/** Affinities of what a user searched for without naming a category; empty when there are none. */
export function searchedAffinities({ searched = [] }: ProfileDocument): Affinities {
  const fields = new Map<string, Map<string, number>>();
  for (const [field, value, x] of searched)
    fields.set(field, (fields.get(field) ?? new Map<string, number>()).set(value, x));
  return new Map(
    [...fields].map(([field, values]) => [
      field,
      { total: [...values.values()].reduce((sum, x) => sum + x, 0), values },
    ]),
  );
}

/** The affinities of one scope, or an empty map when the profile has nothing there. */
export function scopeAffinities(profile: ProfileDocument, category: string | null): Affinities {
  const scope = profile.scopes.find((candidate) => candidate.category === category);
  return new Map(
    (scope?.fields ?? []).map(({ field, total, values, bands }) => [
      field,
      {
        total,
        values: new Map(values.map(([value, x]) => [value, x])),
        bands: bands && new Map(values.map(([band]) => [band, parseBand(band)])),
      },
    ]),
  );
}

/** The single products a user's events are on, strongest first; empty where the profile has none. */
export function ownProducts({ products = [] }: ProfileDocument): readonly ProductEvidence[] {
  return products.map(([objectId, x, populationX, categories]) => ({
    objectId,
    categories: [categories ?? []].flat(),
    x,
    populationX,
    profile: 'individual',
  }));
}
