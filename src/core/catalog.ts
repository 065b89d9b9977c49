// The configuration of a catalog: its index, and the fields of id, title, category, image and attributes.
import { z } from 'zod';

/** Index names that can be neither a pattern, a path nor an expression. */
export const indexNameSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,254}$/,
    'must be a plain index name (lower-case letters, digits, dot, dash, underscore)',
  );

export const catalogSchema = z.strictObject({
  index: indexNameSchema,
  idField: z.string().min(1).default('object_id'),
  titleField: z.string().min(1).default('title'),
  categoryField: z.string().min(1).default('category'),
  imageField: z.string().min(1).optional(),
  /** The attributes that the console offers; absent means every keyword, boolean and number field of the live mapping. */
  fields: z.array(z.string().min(1)).optional(),
});

export type Catalog = z.infer<typeof catalogSchema>;

/** Where a catalog's customers and their attributes are. */
export function customersIndex(catalogIndex: string): string {
  return `${catalogIndex}-customers`;
}
