// /api/overview: searches, latency, coverage, cache and events of the last hour, and the trainings of kept versions.
import { z } from 'zod';
import { qualitySchema } from '../core/model/quality-schema.js';
import { dateTime } from './shared-schemas.js';

const milliseconds = z
  .number()
  .nullable()
  .describe('that Kindred added, to within 15 %; null without searches');

const minuteSchema = z.strictObject({
  at: dateTime,
  searches: z.int(),
  applied: z.int(),
  skipped: z.record(z.string(), z.int()).describe('by reason'),
  p50: milliseconds,
  p95: milliseconds,
});

const lookupCounts = {
  searches: z.int(),
  late: z.int().describe('went on without what was not read by the deadline'),
};

const trainingSchema = z.strictObject({
  model: z.string(),
  version: z.int(),
  at: dateTime,
  seconds: z.number().nullable().describe('null: trained before this was kept'),
  events: z.int(),
  people: z.int(),
  verdict: qualitySchema.shape.verdict.nullable(),
  lowerOnAll: z
    .boolean()
    .describe('whatever they took falls beyond chance, though the verdict is not `worse`'),
  ndcg: z.strictObject({ model: z.number(), off: z.number() }).optional(),
});

export const overviewSchema = z.strictObject({
  minutes: z.array(minuteSchema).length(60).describe('the last hour, the running minute last'),
  added: z
    .strictObject({ p50: z.number(), p95: z.number() })
    .nullable()
    .describe(
      'milliseconds that Kindred added to searches of the last hour, to within 15 %; null without searches',
    ),
  cache: z.strictObject({ hits: z.int(), misses: z.int() }).describe('profiles read since the start'),
  coverage: z
    .strictObject({ known: z.int(), searches: z.int() })
    .describe('of the last hour: searches for which profiles were looked up, and those with a profile'),
  lookups: z
    .strictObject({
      ...lookupCounts,
      first: z
        .strictObject(lookupCounts)
        .describe('those of users and visitors who had not searched for half an hour'),
    })
    .describe('of the last hour: searches for which profiles were looked up'),
  events: z.strictObject({ accepted: z.int(), rejected: z.int() }).describe('since the start'),
  trainings: z.array(trainingSchema).describe('of kept versions, newest first'),
});

export type Overview = z.infer<typeof overviewSchema>;
export type OverviewMinute = z.infer<typeof minuteSchema>;
export type OverviewTraining = z.infer<typeof trainingSchema>;
