// /api/models: a model as it is answered, with its state, and as it is sent.
import { z } from 'zod';
import { modelSchema } from '../core/model/model.js';
import { qualitySchema } from '../core/model/quality-schema.js';
import { presetIdSchema } from './preset.js';
import { dateTime, versionNumber } from './shared-schemas.js';

export const changeSchema = z.strictObject({
  path: z.string().describe('lists by name, e.g. `globalAffinityFields.brand.weight`'),
  before: z.unknown().describe('null where the setting is new'),
  after: z.unknown().describe('null where it is gone'),
});

/** What answers carry beside the configuration; sent back, it is ignored. */
const stateShape = {
  state: z.enum(['draft', 'training', 'trained', 'saved', 'active']),
  version: z.int().min(0).describe('newest version, 0 when there is none'),
  currentVersion: versionNumber
    .nullable()
    .describe(
      'the one that the configuration belongs to: what saving keeps and activating publishes; of a draft, what it was edited from',
    ),
  savedVersion: versionNumber.nullable(),
  activeVersion: versionNumber
    .nullable()
    .describe('the version being served, also while a newer draft is made'),
  changes: z.array(changeSchema).describe('from the version being served; empty when none of this model is'),
  edits: z.array(changeSchema).describe('from `currentVersion`; empty unless the model is a draft'),
  needsTraining: z
    .boolean()
    .describe('a draft that has to be trained; any other can be saved as a version as it is'),
  quality: qualitySchema.nullable().describe('held-out quality of `currentVersion`'),
  updatedAt: dateTime,
};

export const READ_ONLY_KEYS: readonly string[] = Object.keys(stateShape);

/** The configuration lies flat, so that what a GET answers can be edited and sent back by PUT. */
export const modelViewSchema = z.strictObject({ ...modelSchema.shape, ...stateShape });

export const modelListSchema = z.strictObject({ models: z.array(modelViewSchema) });

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
  preset: presetIdSchema.optional().describe('what is absent comes from it and from the default model'),
});

export type ModelView = z.infer<typeof modelViewSchema>;
export type ModelState = ModelView['state'];
export type ModelList = z.infer<typeof modelListSchema>;
