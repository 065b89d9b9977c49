// Behaviour events in the shape of UBI 1.3 (o19s/ubi, schema/1.3.0/event.schema.json), parsed once at the edge.
import { z } from 'zod';
import { builtInEvent, canonicalEventName, IDENTIFY } from './event-names.js';
import { parseTime, TIME_FORMATS } from './event-time.js';

/** Text that every string of an event's own keys must be: 1–100 characters. */
export const shortTextSchema = z
  .string()
  .min(1, 'must not be empty')
  .max(100, 'must have at most 100 characters');

/** The index that all events are stored in, by the name that UBI's plugins use. */
export const EVENTS_INDEX = 'ubi_events';

/** Clocks differ a little: what is later than now by no more is of now. */
export const CLOCK_SKEW_MS = 5 * 60_000;

const objectIdSchema = z
  .union([z.string().min(1, 'must not be empty').max(256), z.number().int().transform(String)])
  .describe('catalog id of the product');

const eventSchema = z.looseObject({
  action_name: shortTextSchema.refine(
    (action) => action !== IDENTIFY,
    'joins a visitor to an account: send it to POST /_kindred/identify',
  ),
  /** ISO 8601 in UTC, once parsed */
  timestamp: z.unknown().transform((time, context) => {
    const milliseconds = parseTime(time);
    if (milliseconds !== null) return new Date(milliseconds).toISOString();
    context.addIssue({ code: 'custom', message: time === undefined ? 'is required' : TIME_FORMATS });
    return z.NEVER;
  }),
  /** Ours: makes a resend a no-op. Derived from the content when absent. */
  event_id: z.string().min(1).max(256).optional(),
  application: shortTextSchema.optional(),
  query_id: shortTextSchema.optional(),
  session_id: shortTextSchema.optional(),
  client_id: shortTextSchema.optional(),
  user_id: shortTextSchema.optional(),
  message_type: shortTextSchema.optional(),
  message: z.string().max(1024).optional(),
  user_query: z.string().max(1024).optional(),
  event_attributes: z
    .looseObject({
      object: z.looseObject({ object_id: objectIdSchema.optional() }).optional(),
      position: z
        .looseObject({
          ordinal: z
            .union([
              z.number().int(),
              z.looseObject({ index: z.number().int() }).transform(({ index }) => index),
            ])
            .optional(),
        })
        .optional(),
    })
    .optional(),
});

/**
 * UBI 1.3 event. `position.ordinal` may be the `{ index }` of UBI 1.2. Unknown keys are kept, not learned from.
 * Every built-in event names a product but a search, which may have `user_query` instead. Others need none: UBI's own
 * (`page_exit`, `login`) are stored, and count for nothing.
 */
export const ubiEventSchema = eventSchema.superRefine(
  ({ action_name, user_query, event_attributes }, ctx) => {
    if (event_attributes?.object?.object_id !== undefined) return;
    if (builtInEvent(action_name) === undefined) return;
    if (canonicalEventName(action_name) !== 'search')
      ctx.addIssue({
        code: 'custom',
        path: ['event_attributes', 'object', 'object_id'],
        message: `is required of a ${canonicalEventName(action_name)}`,
      });
    else if (!user_query?.trim())
      ctx.addIssue({ code: 'custom', path: ['user_query'], message: 'is required of a search' });
  },
);

export type UbiEvent = z.infer<typeof ubiEventSchema>;
