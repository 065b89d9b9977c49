// /api/people and /api/users: users to look at, all that is known of one, their export and their erasure.
import { z } from 'zod';
import { profileDocumentSchema } from '../core/profile/profile.js';
import { type StoredEvent, storedEventSchema } from './event-log.js';
import { catalogQuery, dateTime, limitSchema, type ReadonlyDeep } from './shared-schemas.js';

const share = z.number().min(0).max(1);
const distinctiveValueSchema = z.strictObject({ field: z.string(), value: z.string(), lift: z.number() });

export const userListQuery = catalogQuery.extend({
  limit: limitSchema(50, 6),
  q: z.string().min(1).max(256).optional().describe('only users whose id begins with it'),
});

const userSummarySchema = z.strictObject({
  user_id: z.string(),
  events: z.int(),
  words: z.string().describe('what they prefer, in words'),
  cohort: z.string().nullable(),
  top: z.array(distinctiveValueSchema).describe('values preferred more than the population does'),
});

export const userListSchema = z.strictObject({
  people: z
    .array(userSummarySchema)
    .describe('users with different preferences, or with q by id; none before a model is trained'),
});

export const userQuery = catalogQuery.extend({
  category: z.string().min(1).max(512).optional().describe('a scope to look at beside all products'),
});

const valueAffinitySchema = z.strictObject({
  value: z.string(),
  individual: share.describe('share in the history'),
  session: share.describe('share in the running session'),
  group: share.describe('share in the cohort'),
  population: share.describe("the population's share"),
  taste: z
    .number()
    .describe("their share ÷ the population's, with the same shrinkage; below 1: they take less of it"),
  lift: z.number().describe('what a search is multiplied by comes from it: never below 1 for what they did'),
  events: z
    .int()
    .nullable()
    .describe('of the history; null: not counted by the training, or not in the history'),
  x: z.number().describe('weighted, decayed events of the history'),
});

const fieldAffinitiesSchema = z.strictObject({
  category: z.string().nullable().describe('null: all products'),
  field: z.string(),
  values: z.array(valueAffinitySchema),
});

const userBoostSchema = z.strictObject({
  field: z.string(),
  value: z.string(),
  factor: z.number(),
  profile: z.string(),
  range: z.strictObject({ gte: z.number().optional(), lt: z.number().optional() }).optional(),
  product: z.enum(['buy_again', 'related']).optional(),
  title: z.string().optional().describe('of a single product'),
  categories: z.array(z.string()).optional().describe('only products of these'),
});

const userPlanSchema = z.strictObject({
  category: z.string().nullable(),
  profiles: z.array(z.string()),
  boosts: z.array(userBoostSchema),
});

export const userDetailsSchema = z.strictObject({
  user_id: z.string(),
  model: z.string(),
  version: z.int(),
  profile: profileDocumentSchema.nullable().describe('null: not in this version'),
  affinities: z.array(fieldAffinitiesSchema),
  categories: z.array(z.string()).describe('in which they have a history, most first'),
  recent: z.array(storedEventSchema).describe('their latest events, newest first'),
  titles: z.record(z.string(), z.string()).describe('of the products in `recent` and `plan`, by id'),
  plan: userPlanSchema.describe('what a search would be boosted by, in the category or in all products'),
});

export const userExportSchema = z.strictObject({
  user_id: z.string(),
  exported_at: dateTime,
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

export type UserList = ReadonlyDeep<z.infer<typeof userListSchema>>;
export type UserSummary = UserList['people'][number];
/** Shares are 0–1, of what each source has in the field; 0 where it has nothing. */
export type ValueAffinity = ReadonlyDeep<z.infer<typeof valueAffinitySchema>>;
/** The values of one field in one scope, strongest evidence first. */
export type FieldAffinities = ReadonlyDeep<z.infer<typeof fieldAffinitiesSchema>>;
export type UserBoost = ReadonlyDeep<z.infer<typeof userBoostSchema>>;
export type UserDetails = Omit<ReadonlyDeep<z.infer<typeof userDetailsSchema>>, 'recent'> & {
  readonly recent: readonly StoredEvent[];
};
export type UserExport = ReadonlyDeep<z.infer<typeof userExportSchema>>;
export type Erasure = ReadonlyDeep<z.infer<typeof erasedSchema>>;
