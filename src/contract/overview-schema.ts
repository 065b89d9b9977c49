// What the overview answers.
import { z } from 'zod';

const milliseconds = z
  .number()
  .nullable()
  .describe('that Kindred added, to within 15 %; null without searches');

export const overviewSchema = z.strictObject({
  minutes: z
    .array(
      z.strictObject({
        at: z.iso.datetime(),
        searches: z.int(),
        applied: z.int(),
        skipped: z.record(z.string(), z.int()).describe('by reason'),
        p50: milliseconds,
        p95: milliseconds,
      }),
    )
    .length(60)
    .describe('the last hour, the running minute last'),
  cache: z.strictObject({ hits: z.int(), misses: z.int() }).describe('profiles read since the start'),
  coverage: z
    .strictObject({ known: z.int(), searches: z.int() })
    .describe(
      'of the last hour: searches of visitors who were looked for, and those of whom something was known',
    ),
  events: z.strictObject({ accepted: z.int(), rejected: z.int() }).describe('since the start'),
  trainings: z
    .array(
      z.strictObject({
        model: z.string(),
        version: z.int(),
        at: z.iso.datetime(),
        seconds: z.number().nullable().describe('null: trained before this was kept'),
        events: z.int(),
        people: z.int(),
        verdict: z.enum(['better', 'no-worse', 'worse', 'not-judged']).nullable(),
        ndcg: z.strictObject({ model: z.number(), off: z.number() }).optional(),
      }),
    )
    .describe('of kept versions, newest first'),
});
