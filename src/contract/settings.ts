// /api/settings: the personalization switch and the ranking mix.
import { z } from 'zod';

const shareSchema = z
  .number({ error: 'must be a number' })
  .min(0, 'must be between 0 and 100')
  .max(100, 'must be between 0 and 100');

/** Shares are 0–100 each; all of them are named, as a PUT replaces the whole. */
export const settingsSchema = z.strictObject({
  personalization: z.strictObject({ enabled: z.boolean() }),
  rankingMix: z.strictObject({
    relevance: shareSchema,
    performance: shareSchema,
    merchandising: shareSchema,
    personalization: shareSchema,
  }),
});

export type Settings = z.infer<typeof settingsSchema>;
