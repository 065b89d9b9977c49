// /api/readiness: what is missing before a model can be trained, and what will make it poor.
import { z } from 'zod';
import { catalogQuery } from './shared-schemas.js';

const readinessCheckSchema = z.strictObject({
  name: z.enum(['catalog', 'model', 'events', 'event', 'people', 'products', 'time', 'field', 'group']),
  path: z.string().nullable().describe('the setting of the model it speaks of'),
  ok: z.boolean().describe('false keeps a training from succeeding'),
  warning: z.boolean().describe('part of the model will do nothing, or little'),
  message: z.string(),
  count: z.int().nullable(),
});

export const readinessSchema = z.strictObject({
  ready: z.boolean(),
  checks: z.array(readinessCheckSchema),
});

export const readinessQuery = catalogQuery.extend({
  model: z.string().optional().describe('default: the default model of the catalog'),
});

/** `path` is null where a check is of the data alone, `count` where nothing is counted. */
export type ReadinessCheck = z.infer<typeof readinessCheckSchema>;
export type Readiness = z.infer<typeof readinessSchema>;
