// Errors as the API answers them: RFC 9457 problem JSON.
import { z } from 'zod';
import { findingSchema } from './shared-schemas.js';

/** RFC 9457 with two members of ours: a stable `code`, and the places in the input that are wrong. */
export const problemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string().describe('the status in words'),
  status: z.int(),
  detail: z.string().describe('what is wrong and what to do, one line'),
  code: z.string().describe('stable, e.g. invalid-content'),
  errors: z.array(findingSchema),
});

export type Problem = z.infer<typeof problemSchema>;
