// /api/settings: the personalization switch and the ranking mix of a catalog.
import { z } from 'zod';
import { totalFinding } from '../core/model/weights-total-100.js';

const shareSchema = z
  .number({ error: 'must be a number' })
  .min(0, 'must be between 0 and 100')
  .max(100, 'must be between 0 and 100');

/** Shares are 0–100 each and total 100; all of them are named, as a PUT replaces the whole. */
export const settingsSchema = z.strictObject({
  personalization: z.strictObject({ enabled: z.boolean() }),
  rankingMix: z
    .strictObject({
      relevance: shareSchema,
      performance: shareSchema,
      merchandising: shareSchema,
      personalization: shareSchema,
    })
    .superRefine((mix, ctx) => {
      // A share that is out of bounds is told by itself.
      if (Object.values(mix).some((share) => share < 0 || share > 100)) return;
      const wrong = totalFinding(Object.values(mix).map((weight) => ({ weight })));
      if (wrong) ctx.addIssue({ code: 'custom', message: wrong });
    }),
});

export type Settings = z.infer<typeof settingsSchema>;
