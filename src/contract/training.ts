// /api/models/{id}/training: the latest training run of a model.
import { z } from 'zod';
import { modelSchema } from '../core/model/model.js';
import { qualitySchema } from '../core/model/quality-schema.js';
import { dateTime, versionNumber } from './shared-schemas.js';

export const trainingStatusSchema = z.strictObject({
  state: z.enum(['idle', 'running', 'completed', 'failed', 'cancelled']),
  version: versionNumber.nullable(),
  configuration: z
    .strictObject(modelSchema.shape)
    .nullable()
    .describe('that the run trains: an edit made since is not in it'),
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

export type TrainingStatus = z.infer<typeof trainingStatusSchema>;
