// /api/preview/examples: the searches and users whose lists differ most between two variants, found piece by piece.
import { z } from 'zod';
import { previewVariantSchema } from './preview.js';
import type { ReadonlyDeep } from './shared-schemas.js';

export const previewExamplesInputSchema = z.strictObject({
  catalog: z.string().optional().describe('default: the first configured one'),
  variants: z
    .array(previewVariantSchema)
    .min(1)
    .max(2)
    .describe('two to compare; one is compared with what there is without personalization'),
  from: z.int().min(0).max(1_000).default(0).describe('`next` of the answer before'),
});

const exampleSchema = z.strictObject({
  query: z.string().describe('empty: everything of the category'),
  category: z.string().nullable(),
  user_id: z.string(),
  user: z.string().describe('what they prefer, in words'),
  change: z.number().min(0).max(1).describe('0: both lists are the same; 1: they share no product'),
  others: z
    .int()
    .describe('products among the first 10 of the second list that are not among those of the first'),
});

export const previewExamplesSchema = z.strictObject({
  total: z.int().describe('pairs of a search and a user that are compared in all'),
  compared: z.int().describe('of them, with this answer'),
  next: z.int().nullable().describe('send it as `from`; null: all are compared'),
  examples: z
    .array(exampleSchema)
    .describe(
      'of this piece, without those that change nothing; searches by words first, then by `others` and `change`, most first',
    ),
});

export type PreviewExamplesInput = ReadonlyDeep<z.input<typeof previewExamplesInputSchema>>;
export type ParsedPreviewExamplesInput = z.infer<typeof previewExamplesInputSchema>;
export type PreviewExamples = ReadonlyDeep<z.infer<typeof previewExamplesSchema>>;
export type PreviewExample = PreviewExamples['examples'][number];
