// What the API tells of people.
import { z } from 'zod';
import { profileDocumentSchema } from '../core/profile/profile.js';
import { limitSchema } from './schemas.js';

const share = z.number().min(0).max(1);
const eventSchema = z.looseObject({ action_name: z.string() });
const tasteSchema = z.strictObject({ field: z.string(), value: z.string(), lift: z.number() });

export const peopleQuery = z.object({
  limit: limitSchema(50).default(6),
  q: z.string().min(1).max(256).optional().describe('only people whose id begins so'),
});

export const peopleSchema = z.strictObject({
  people: z
    .array(
      z.strictObject({
        user_id: z.string(),
        events: z.int(),
        words: z.string().describe('their tastes in words'),
        cohort: z.string().nullable(),
        top: z.array(tasteSchema).describe('what they prefer more than others do'),
      }),
    )
    .describe('people with different tastes, or with q by id; none before a model is trained'),
});

export const personQuery = z.object({
  category: z.string().min(1).max(512).optional().describe('a scope to look at beside all products'),
});

const affinitiesSchema = z.strictObject({
  category: z.string().nullable().describe('null: all products'),
  field: z.string(),
  values: z.array(
    z.strictObject({
      value: z.string(),
      individual: share.describe('share in the history'),
      session: share.describe('share in the running session'),
      group: share.describe('share in the cohort'),
      population: share.describe("everybody's share"),
      lift: z.number().describe("the affinity: how many times as much as everybody's"),
      x: z.number().describe('weighted, decayed events of the history'),
    }),
  ),
});

const planSchema = z.strictObject({
  category: z.string().nullable(),
  profiles: z.array(z.string()),
  boosts: z.array(
    z.strictObject({
      field: z.string(),
      value: z.string(),
      factor: z.number(),
      profile: z.string(),
      range: z.strictObject({ gte: z.number().optional(), lt: z.number().optional() }).optional(),
      product: z.enum(['buy_again', 'related']).optional(),
      title: z.string().optional().describe('of a single product'),
      categories: z.array(z.string()).optional().describe('only products of these'),
    }),
  ),
});

export const personSchema = z.strictObject({
  user_id: z.string(),
  model: z.string(),
  version: z.int(),
  profile: profileDocumentSchema.nullable().describe('null: not in this version'),
  affinities: z.array(affinitiesSchema),
  categories: z.array(z.string()).describe('in which they have a history, most first'),
  recent: z.array(eventSchema).describe('their latest events, newest first'),
  plan: planSchema.describe('what a search would be boosted by, in the category or in all products'),
});

export const personExportSchema = z.strictObject({
  user_id: z.string(),
  exported_at: z.iso.datetime(),
  events: z.array(z.looseObject({})),
  profiles: z.array(z.strictObject({ index: z.string(), profile: z.looseObject({}) })),
  session: z.array(z.looseObject({})),
  customer: z.array(z.looseObject({})).describe('their attributes, from the customers of each catalog'),
});

export const erasedSchema = z.strictObject({
  erased: z.strictObject({
    events: z.int(),
    profiles: z.int().describe('in as many kept versions'),
    customers: z.int().describe("documents of customers' attributes"),
  }),
  tombstone: z.literal(true).describe('what they did so far is never served or learned from again'),
});
