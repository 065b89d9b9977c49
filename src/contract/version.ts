// /api/models/{id}/versions: the kept versions of a model, and its activation.
import { z } from 'zod';
import { modelSchema } from '../core/model/model.js';
import { qualitySchema } from '../core/model/quality-schema.js';
import { changeSchema } from './model.js';
import { dateTime, versionNumber } from './shared-schemas.js';

const versionViewSchema = z.strictObject({
  version: versionNumber,
  saved: z.boolean(),
  active: z.boolean(),
  liveBefore: z.boolean().describe('was live last before what is live now: kept to go back to'),
  current: z.boolean().describe('the configuration of the model belongs to it'),
  trainedAt: dateTime,
  people: z.int(),
  events: z.int(),
  profilesFrom: versionNumber
    .nullable()
    .describe('of a version saved without a training: the one whose profiles it shares'),
  seconds: z.number().optional().describe('that the training took'),
  quality: qualitySchema.nullable().describe('null: trained before versions were judged'),
  config: z.strictObject(modelSchema.shape).describe('the configuration it was trained with'),
  comparedTo: versionNumber.nullable().describe('the kept version before it'),
  changes: z.array(changeSchema).describe('from the version before it'),
});

export const versionListSchema = z.strictObject({ versions: z.array(versionViewSchema) });

export const activateQuery = z.object({
  force: z.enum(['true', 'false']).default('false').describe('serve from it even though it was judged worse'),
});

export type VersionView = z.infer<typeof versionViewSchema>;
export type VersionList = z.infer<typeof versionListSchema>;
