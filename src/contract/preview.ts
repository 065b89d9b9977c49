// /api/preview: one search for one user, without personalization and under one to three models.
import { z } from 'zod';
import { findingSchema, type ReadonlyDeep } from './shared-schemas.js';

const MAX_AFFINITIES = 50;
const MAX_SESSION_EVENTS = 100;
export const MAX_BODY_LENGTH = 200_000;
export const MAX_SHOWN_FIELDS = 8;

const idText = z.string().min(1).max(256);
const fieldName = z.string().min(1).max(256);

const personaAffinitySchema = z.strictObject({
  field: z.string().min(1).max(256),
  value: z.string().min(1).max(512),
  strength: z.number().min(1).max(5).describe('twice, 4, 8, 16 or 32 times as often as the population'),
});

const personaSchema = z.strictObject({
  affinities: z.array(personaAffinitySchema).max(MAX_AFFINITIES).default([]),
  attributes: z.record(z.string().max(256), z.string().max(512)).default({}),
});

const whoSchema = z
  .strictObject({
    user_id: idText.optional().describe('a user with a profile, and their running session'),
    persona: personaSchema.optional().describe('made-up affinities instead of a user'),
  })
  .refine(({ user_id, persona }) => user_id === undefined || persona === undefined, {
    path: ['persona'],
    error: 'is one way to say who, user_id another; send one of them',
  });

const sessionEventSchema = z
  .strictObject({
    action: z.enum(['click', 'view', 'add_to_cart', 'remove_from_cart', 'search']),
    object_id: idText.optional(),
    query: z.string().min(1).max(1024).optional(),
  })
  .superRefine(({ action, object_id, query }, context) => {
    const [path, value] = action === 'search' ? ['query', query] : ['object_id', object_id];
    if (value === undefined) context.addIssue({ code: 'custom', path: [path], message: 'is required' });
  });

export const previewVariantSchema = z
  .strictObject({
    label: z.string().max(200).optional(),
    model: idText.optional().describe('id of a model: its newest trained version'),
    state: z
      .enum(['active', 'saved', 'draft'])
      .optional()
      .describe('of `model`: what serves, what is saved, or its configuration as it stands'),
    configuration: z
      .looseObject({ id: idText })
      .optional()
      .describe('a whole model, saved or not, over the profiles of its newest trained version'),
    impact: z.number().min(0).max(100).optional().describe('instead of that of the model'),
  })
  .superRefine(({ model, state, configuration }, context) => {
    const addFinding = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (model === undefined && configuration === undefined)
      addFinding('model', 'is required, or a configuration');
    if (model !== undefined && configuration !== undefined)
      addFinding('configuration', 'cannot stand beside model');
    if (model === undefined && state !== undefined) addFinding('state', 'needs a model beside it');
  });

const causeSchema = z.union([
  z.strictObject({ field: fieldName }),
  z.strictObject({ product: z.enum(['buy_again', 'related']) }),
  z.strictObject({ profile: z.enum(['individual', 'session', 'group']) }),
]);

export const previewInputSchema = z
  .strictObject({
    catalog: z.string().optional().describe('default: the first configured one'),
    query: z.string().max(1024).default('').describe('words of titles; empty is everything'),
    category: z.string().min(1).max(512).nullable().default(null),
    body: z
      .string()
      .min(1)
      .max(MAX_BODY_LENGTH)
      .optional()
      .describe("the shop's own search instead of words and category: the JSON body of a _search, as text"),
    fields: z
      .array(fieldName)
      .max(MAX_SHOWN_FIELDS)
      .default([])
      .describe("shown of every product beside the models' affinity fields"),
    title_field: fieldName.optional().describe('shown as the title, instead of that of the catalog'),
    image_field: fieldName.optional().describe('whose value is the address of the picture, likewise'),
    size: z.int().min(1).max(100).default(24),
    who: whoSchema.prefault({}).describe('empty: an unknown visitor'),
    session: z
      .array(sessionEventSchema)
      .max(MAX_SESSION_EVENTS)
      .default([])
      .describe('events in the session, newest last, as if just now'),
    without: z.array(causeSchema).max(100).default([]).describe('causes that are left out, in all variants'),
    variants: z.array(previewVariantSchema).min(1).max(3),
  })
  .refine(({ body, query, category }) => body === undefined || (query === '' && category === null), {
    path: ['body'],
    error: 'is one way to say what is searched, query and category another; send one of them',
  });

/** As it is sent: what has a default may be absent. */
export type PreviewInput = ReadonlyDeep<z.input<typeof previewInputSchema>>;
export type PreviewCause = NonNullable<PreviewInput['without']>[number];
export type PreviewVariant = PreviewInput['variants'][number];
export type ParsedPreviewInput = z.infer<typeof previewInputSchema>;

const hitShape = {
  id: z.string(),
  title: z.string(),
  image: z.string().nullable(),
  category: z.string().nullable(),
  fields: z
    .record(z.string(), z.string())
    .describe("values of the models' affinity fields, and of those asked for"),
  score: z.number().nullable(),
};

const hitSchema = z.strictObject(hitShape);

const shownAffinitySchema = z.strictObject({
  field: z.string(),
  value: z.string(),
  factor: z.number(),
  profile: z.string(),
  product: z.enum(['buy_again', 'related']).optional(),
});

const reasonSchema = z.strictObject({
  cause: z.enum(['field', 'buy_again', 'related', 'named', 'limit']),
  field: z.string().optional(),
  value: z.string().optional().describe('of the field; absent where nothing speaks about the own one'),
  profile: z.enum(['individual', 'session', 'group']).optional(),
  evidence: z
    .strictObject({ count: z.number(), of: z.string() })
    .optional()
    .describe('e.g. 17 of `purchase`; `shopper`: people of the cohort'),
  own: z.number().describe('what the score was multiplied by for it'),
  average: z.number().describe('what the scores of the list were multiplied by for it, on average'),
  factor: z.number().describe('own ÷ average'),
});

const personalizedHitSchema = z.strictObject({
  ...hitShape,
  rank: z.int(),
  rank_without: z.int().nullable().describe('null: behind the first 500'),
  boost: z.number(),
  affinities: z.array(shownAffinitySchema),
  relative: z
    .number()
    .describe('`boost` ÷ the average one of the list: the product of the factors of `reasons`'),
  reasons: z.array(reasonSchema).describe('against the average of the list, strongest first'),
  sentence: z.string().optional().describe('"Because …": why it stands here; absent without personalization'),
  named: z
    .number()
    .optional()
    .describe('the factor, in `boost`, of a product that the search names by title, id or code'),
});

const variantAnswerSchema = z.strictObject({
  label: z.string(),
  model: z.string(),
  version: z.int(),
  outcome: z.enum(['applied', 'skipped']),
  reason: z.string().optional().describe('of a skipped one, as in X-Personalization'),
  profiles: z.array(z.string()),
  boosts: z.int(),
  needs_training: z
    .array(findingSchema)
    .describe('settings that count only in part, or not at all, before a training'),
  hits: z.array(personalizedHitSchema),
});

export const previewSchema = z.strictObject({
  query_ms: z.number().describe('milliseconds that all searches of the preview took'),
  total: z.int(),
  base: z.string().describe('what is ranked without personalization, in words'),
  request: z
    .strictObject({ index: z.string(), body: z.string() })
    .describe('the search that was run, as text: to send it to the proxy'),
  off: z.strictObject({ hits: z.array(hitSchema) }),
  variants: z.array(variantAnswerSchema),
});

export type PreviewAnswer = ReadonlyDeep<z.infer<typeof previewSchema>>;
export type VariantAnswer = PreviewAnswer['variants'][number];
export type BaselineHit = PreviewAnswer['off']['hits'][number];
export type PersonalizedHit = VariantAnswer['hits'][number];
export type ShownAffinity = PersonalizedHit['affinities'][number];
export type ShownReason = PersonalizedHit['reasons'][number];
export type PersonaAffinity = ReadonlyDeep<z.infer<typeof personaAffinitySchema>>;
