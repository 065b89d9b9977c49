// The quality of a version as it is measured and kept. Apart from the verdict, which the console uses without the schemas.
import { z } from 'zod';
import { MEASURES, TRAINING_MEASURES } from './measures.js';

const share = z.number().min(0).max(1);
const intervalSchema = z.tuple([z.number(), z.number()]).describe('95 % interval, by bootstrap over people');

const scoreSchema = z.strictObject({
  ndcg10: share.describe('how far up what people took stood: 1 is on top, 0 is outside the first ten'),
  hit10: share.describe('share of the lists with something they took among the first ten'),
  ci95: intervalSchema,
});

const differenceSchema = z.strictObject({ mean: z.number(), ci95: intervalSchema });

const setSchema = z.strictObject({
  queries: z.int(),
  people: z.int(),
  version: scoreSchema,
  off: scoreSchema,
  active: scoreSchema.nullable(),
  vsOff: differenceSchema.describe('NDCG@10 of the version less that of OFF, people paired'),
  vsActive: differenceSchema.nullable(),
});

const setsSchema = z
  .partialRecord(z.enum(TRAINING_MEASURES), setSchema)
  .describe(TRAINING_MEASURES.map((id) => `${id}: ${MEASURES[id].name}`).join('; '));

const measuredSchema = z.strictObject({
  from: z.iso.date().describe('trained on what was before this day, judged by what people took from it on'),
  days: z.int(),
  people: z.int(),
  active: z
    .strictObject({
      model: z.string(),
      version: z.int(),
      problem: z.string().nullable().describe('why it could not be compared'),
      impact: z
        .number()
        .optional()
        .describe('of settings saved without a training: compared with this impact of the same training'),
    })
    .nullable()
    .describe(
      'the active version, its settings trained on the same past; null when none with other settings was',
    ),
  sets: setsSchema,
  impact: z.number().optional().describe('that `sets` were measured at; absent: that of the model'),
  between: z
    .tuple([z.number(), z.number()])
    .optional()
    .describe('an impact that was not measured itself lies between these, which were'),
  impacts: z
    .array(
      z.strictObject({
        impact: z.number(),
        sets: setsSchema,
        vsOwn: z
          .partialRecord(z.enum(TRAINING_MEASURES), differenceSchema)
          .describe("NDCG@10 less that of the version's own impact, people paired"),
      }),
    )
    .optional()
    .describe('the same at other impacts, which need no training'),
});

export const qualitySchema = z.strictObject({
  verdict: z.enum(['better', 'no-worse', 'worse', 'not-judged']),
  summary: z.string().describe('the verdict in words, one line'),
  measured: measuredSchema.nullable().describe('null when nothing could be judged'),
});

export type Quality = z.infer<typeof qualitySchema>;
export type MeasuredQuality = z.infer<typeof measuredSchema>;
export type MeasuredSet = z.infer<typeof setSchema>;
export type Difference = z.infer<typeof differenceSchema>;
