// What the admin API takes and answers, for the OpenAPI document. Named schemas are referred to by name there.
import { z } from 'zod';
import { modelSchema } from '../core/model/model.js';
import { qualitySchema } from '../core/model/quality-verdict.js';
import { ROLES } from '../http/admin/admin-keys.js';
import { problemSchema } from '../http/problem.js';
import { READ_ONLY_KEYS } from '../models/store/model-input.js';
import { presetInputSchema } from '../models/store/preset-input.js';
import { settingsSchema } from '../models/store/settings-store.js';

const dateTime = z.iso.datetime();
const version = z.int().min(1);

export const sessionSchema = z.strictObject({
  role: z.enum(ROLES),
  actor: z.string().describe('how the audit trail knows the key'),
  engine: z.strictObject({ kind: z.enum(['elasticsearch', 'opensearch']), version: z.string() }),
  version: z.string(),
  catalogs: z.array(
    z.strictObject({
      index: z.string(),
      idField: z.string(),
      titleField: z.string(),
      categoryField: z.string(),
      imageField: z.string().nullable(),
    }),
  ),
  warnings: z.array(z.string()).describe('of the settings, in words'),
});

const changeSchema = z.strictObject({
  path: z.string().describe('lists by name, e.g. `globalAffinityFields.brand.weight`'),
  before: z.unknown().describe('null where the setting is new'),
  after: z.unknown().describe('null where it is gone'),
});

export const modelViewSchema = z.strictObject({
  ...modelSchema.shape,
  state: z.enum(['draft', 'training', 'trained', 'saved', 'active']),
  version: z.int().min(0).describe('newest trained version, 0 when there is none'),
  savedVersion: version.nullable(),
  activeVersion: version.nullable().describe('the version being served, also while a newer draft is made'),
  changes: z.array(changeSchema).describe('from the version being served; empty when none of this model is'),
  quality: qualitySchema.nullable().describe('held-out quality of the newest trained version'),
  updatedAt: dateTime,
});

/** A model as it is sent: the id defaults from the name; what answers add is ignored. */
export const modelInputSchema = z.strictObject({
  ...modelSchema.shape,
  id: modelSchema.shape.id.optional(),
  ...Object.fromEntries(READ_ONLY_KEYS.map((key) => [key, z.unknown().optional().meta({ readOnly: true })])),
});

/** A new model; with a preset only its name is needed. */
export const newModelSchema = z.strictObject({
  ...modelInputSchema.shape,
  globalAffinityFields: modelSchema.shape.globalAffinityFields
    .optional()
    .describe('with a preset, those of the default model when absent'),
  eventWeights: modelSchema.shape.eventWeights
    .optional()
    .describe('with a preset, those of the default model when absent'),
  preset: presetInputSchema.optional().describe('what is absent comes from it and from the default model'),
});

export const presetListSchema = z.strictObject({
  presets: z.array(
    z.strictObject({
      id: presetInputSchema,
      name: z.string(),
      description: z.string(),
      settings: z.strictObject({
        products: modelSchema.shape.products,
        impact: modelSchema.shape.impact,
      }),
    }),
  ),
});

export const trainingStatusSchema = z.strictObject({
  state: z.enum(['idle', 'running', 'completed', 'failed', 'cancelled']),
  version: version.nullable(),
  stage: z.string().nullable(),
  percent: z.number().min(0).max(100),
  etaSeconds: z.number().nullable(),
  startedAt: dateTime.nullable(),
  finishedAt: dateTime.nullable(),
  quality: qualitySchema
    .nullable()
    .describe('held-out quality of the version; null until the run has completed'),
  notes: z.array(z.string()).describe('what the run left out or could not use'),
  error: z.string().nullable(),
});

const versionViewSchema = z.strictObject({
  version,
  saved: z.boolean(),
  active: z.boolean(),
  trainedAt: dateTime,
  people: z.int(),
  events: z.int(),
  seconds: z.number().optional().describe('that the training took'),
  quality: qualitySchema.nullable().describe('null: trained before versions were judged'),
  config: z.strictObject(modelSchema.shape).describe('the configuration it was trained with'),
  comparedTo: version.nullable().describe('the kept version before it'),
  changes: z.array(changeSchema).describe('from the version before it'),
});

export const scheduleSchema = z.strictObject({
  cron: z.string().nullable().describe('null: the model is trained by hand only'),
  timezone: z.string(),
  next: dateTime.nullable(),
  lastRun: z
    .strictObject({
      startedAt: dateTime,
      finishedAt: dateTime.nullable(),
      outcome: z.enum(['running', 'activated', 'saved', 'trained', 'skipped', 'cancelled', 'failed']),
      message: z.string(),
    })
    .nullable(),
});

export const fieldListSchema = z.strictObject({
  fields: z.array(
    z.strictObject({
      field: z.string(),
      type: z.enum(['keyword', 'boolean', 'number']),
      coverage: z.number().min(0).max(1).describe('share of the products that have a value'),
      distinct: z.int().describe('distinct values'),
    }),
  ),
});

export const valueListSchema = z.strictObject({
  field: z.string(),
  values: z.array(z.strictObject({ value: z.string(), count: z.int().describe('products') })),
  more: z.boolean().describe('there are more values; narrow them with q'),
});

export const readinessSchema = z.strictObject({
  ready: z.boolean(),
  checks: z.array(
    z.strictObject({
      name: z.enum(['catalog', 'model', 'events', 'event', 'people', 'products', 'time', 'field', 'group']),
      path: z.string().nullable().describe('the setting of the model it speaks of'),
      ok: z.boolean().describe('false keeps a training from succeeding'),
      warning: z.boolean().describe('part of the model will do nothing, or little'),
      message: z.string(),
      count: z.int().nullable(),
    }),
  ),
});

export const eventListSchema = z.strictObject({
  events: z.array(z.looseObject({ action_name: z.string() })),
});
export const eventSummarySchema = z.strictObject({
  total: z.int(),
  byAction: z.array(
    z.strictObject({
      action: z.string().describe('as it was sent'),
      counts_as: z.string().nullable().describe("the built-in event; null: a name of the shop's own"),
      events: z.int(),
      last: dateTime,
    }),
  ),
  windows: z.array(z.strictObject({ timeDecay: modelSchema.shape.timeDecay, events: z.int() })),
  since: dateTime.nullable(),
});
export const reachSchema = z.strictObject({
  people: z.int().describe('with an event that counts inside the time decay'),
  individual: z.int().describe('with a history in the newest trained version'),
  group: z.int().describe('in a cohort of it'),
  session: z.strictObject({ active_visits: z.int().describe('with an event in the last half hour') }),
  anonymous_share: z.number().describe("of the events inside the time decay, those that are nobody's"),
});
export const auditListSchema = z.strictObject({
  entries: z.array(
    z.strictObject({
      at: dateTime,
      actor: z.string(),
      action: z.string(),
      resource: z.string(),
      detail: z.string(),
    }),
  ),
});
export const modelListSchema = z.strictObject({ models: z.array(modelViewSchema) });
export const versionListSchema = z.strictObject({ versions: z.array(versionViewSchema) });

/** A query parameter that limits a list. */
export function limitSchema(most: number) {
  return z.coerce.number().int().min(1).max(most).default(50);
}

export const NAMED_SCHEMAS = {
  Settings: settingsSchema,
  Model: modelViewSchema,
  ModelInput: modelInputSchema,
  TrainingStatus: trainingStatusSchema,
  Quality: qualitySchema,
  Problem: problemSchema,
} as const satisfies Record<string, z.ZodType>;
