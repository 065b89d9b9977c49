// /api/models/{id}/schedule: when a model is trained again by itself, and what became of the last time.
import { z } from 'zod';
import { dateTime } from './shared-schemas.js';

const scheduledRunSchema = z.strictObject({
  startedAt: dateTime,
  finishedAt: dateTime.nullable(),
  outcome: z.enum(['running', 'activated', 'saved', 'trained', 'skipped', 'cancelled', 'failed']),
  message: z.string(),
});

export const scheduleSchema = z.strictObject({
  cron: z.string().nullable().describe('null: the model is trained by hand only'),
  timezone: z.string(),
  next: dateTime.nullable(),
  lastRun: scheduledRunSchema.nullable(),
});

/** A cron expression: five fields (minute, hour, day, month, weekday), or six with seconds first. */
export const scheduleInputSchema = z.strictObject({
  cron: z.string({ error: 'must be text' }).max(100, 'must have at most 100 characters').trim(),
  timezone: z
    .string({ error: 'must be text' })
    .max(100, 'must have at most 100 characters')
    .trim()
    .default('UTC'),
  // What answers carry beside; sent back, it is ignored.
  next: z.unknown().optional().meta({ readOnly: true }),
  lastRun: z.unknown().optional().meta({ readOnly: true }),
});

export type ScheduleView = z.infer<typeof scheduleSchema>;
export type ScheduledRun = z.infer<typeof scheduledRunSchema>;
export type ScheduleInput = Pick<z.infer<typeof scheduleInputSchema>, 'cron' | 'timezone'>;
