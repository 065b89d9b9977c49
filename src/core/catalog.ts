// The configuration of a catalog: its name, its indices, and the fields of id, title, category, image and attributes.
import { z } from 'zod';

/** Index names that can be neither a pattern, a path nor an expression. */
export const indexNameSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,254}$/,
    'must be a plain index name (lower-case letters, digits, dot, dash, underscore)',
  );

/** Some of each kind. */
const OWN_INDICES = [
  'kindred-settings',
  'kindred-models',
  'kindred-audit',
  'kindred-rules',
  'kindred-profiles-m-1',
  'ubi_events',
  'ubi_queries',
];

const indexPatternSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._*-]{0,254}$/,
    'must be an index, an alias, or a pattern such as "shop_de_*" (lower-case letters, digits, dot, dash, underscore, *)',
  )
  .refine(
    (index) => !isPattern(index) || !OWN_INDICES.some((own) => patternOf(index).test(own)),
    "must not take in Kindred's own indices",
  );

export const catalogSchema = z
  .strictObject({
    name: indexNameSchema.optional(),
    index: z.union([indexPatternSchema, z.array(indexPatternSchema).min(1, 'must name an index')]),
    idField: z.string().min(1).default('object_id'),
    titleField: z.string().min(1).default('title'),
    categoryField: z.string().min(1).default('category'),
    imageField: z.string().min(1).optional(),
    /** The attributes that the console offers; absent means every keyword, boolean and number field of the live mapping. */
    fields: z.array(z.string().min(1)).optional(),
  })
  .transform(({ name: named, index, ...fields }) => {
    const indices = [...new Set([index].flat())];
    const name = named ?? nameOf(indices[0] ?? '');
    return { ...fields, name, indices, index: indexExpression(indices) };
  });

/**
 * `name`: what models, settings and rules know it by · `indices`: as configured, names, aliases and patterns ·
 * `index`: all of them as one target of an engine request.
 */
export type Catalog = z.infer<typeof catalogSchema>;

/** A pattern without its `*`, and what is left hanging. */
function nameOf(index: string): string {
  return index.replace(/[._-]*\*+[._-]*/g, '-').replace(/(?<=.)-+$/, '');
}

/**
 * A pattern may take in customers as well, who are no products. What is left out is a pattern too: of a name that is not
 * there OpenSearch makes a 404.
 */
function indexExpression(indices: readonly string[]): string {
  return [...indices, ...(indices.some(isPattern) ? [`-${customersIndex('*')}`] : [])].join();
}

/** Whether a catalog is configured with an index: by its own name, or by a pattern. */
export function isConfiguredIndex({ indices }: Pick<Catalog, 'indices'>, index: string): boolean {
  return indices.some((each) => each === index || (isPattern(each) && patternOf(each).test(index)));
}

export function isPattern(index: string): boolean {
  return index.includes('*');
}

function patternOf(index: string): RegExp {
  return new RegExp(`^${index.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
}

/** Where a catalog's customers and their attributes are. @param catalog its name */
export function customersIndex(catalog: string): string {
  return `${catalog}-customers`;
}
