// /api/catalogs: the attributes of a catalog's products and customers, and the values of one attribute.
import { z } from 'zod';

const catalogFieldSchema = z.strictObject({
  field: z.string(),
  type: z.enum(['keyword', 'boolean', 'number']),
  coverage: z
    .number()
    .min(0)
    .max(1)
    .describe(
      'share of the products that have a value; of an attribute of customers, of the users in the event log',
    ),
  distinct: z.int().describe('distinct values'),
});

const refusedFieldSchema = z.strictObject({
  field: z.string(),
  reason: z.string().describe('why it cannot carry an affinity, in words that follow its name'),
});

export const fieldListSchema = z.strictObject({
  fields: z.array(catalogFieldSchema),
  refused: z.array(refusedFieldSchema).describe('fields of the mapping that are not offered'),
});

export const valuesQuery = z.object({
  field: z.string().min(1).max(256),
  q: z.string().max(100).default('').describe('only values that contain this, whatever its case'),
});

export const valueListSchema = z.strictObject({
  field: z.string(),
  values: z.array(z.strictObject({ value: z.string(), count: z.int().describe('products') })),
  more: z.boolean().describe('there are more values; narrow them with q'),
});

/** `field` is a mapping path, e.g. `brand`, `details.color` or `name.raw`; numbers count in bands (docs/profiles.md). */
export type CatalogField = z.infer<typeof catalogFieldSchema>;
export type RefusedField = z.infer<typeof refusedFieldSchema>;
export type FieldList = z.infer<typeof fieldListSchema>;
export type ValueList = z.infer<typeof valueListSchema>;
