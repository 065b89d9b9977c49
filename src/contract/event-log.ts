// /api/events/recent and /api/events/summary: the latest stored events, and how many of which kind there are.
import { z } from 'zod';
import type { UbiEvent } from '../core/event/ubi-event.js';
import { modelSchema } from '../core/model/model.js';
import { dateTime, limitSchema } from './shared-schemas.js';

export const storedEventSchema = z.looseObject({ action_name: z.string() });

export const eventListQuery = z.object({ limit: limitSchema(500) });

export const eventListSchema = z.strictObject({ events: z.array(storedEventSchema) });

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

/** An event of the log, stored by the intake or written into the index by others. */
export type StoredEvent = Pick<UbiEvent, 'action_name'> & Partial<UbiEvent>;
export type EventSummary = z.infer<typeof eventSummarySchema>;
