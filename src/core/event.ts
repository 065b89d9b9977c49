// Behaviour events in the shape of UBI 1.3 (o19s/ubi, schema/1.3.0/event.schema.json), parsed once at the edge.
import { z } from 'zod';

const short = z.string().min(1, 'must not be empty').max(100, 'must have at most 100 characters');

/** Clocks differ a little: what is later than now by no more is of now. */
export const CLOCK_SKEW_MS = 5 * 60_000;

/** UBI 1.3 event. `position.ordinal` may be the `{ index }` of UBI 1.2. Unknown keys are kept, not learned from. */
export const ubiEventSchema = z.looseObject({
  action_name: short,
  timestamp: z.iso.datetime({
    offset: true,
    error: 'must be an ISO 8601 date-time with a zone, e.g. 2026-01-31T12:00:00Z',
  }),
  /** Ours: makes a resend a no-op. Derived from the content when absent. */
  event_id: z.string().min(1).max(256).optional(),
  application: short.optional(),
  query_id: short.optional(),
  session_id: short.optional(),
  client_id: short.optional(),
  user_id: short.optional(),
  message_type: short.optional(),
  message: z.string().max(1024).optional(),
  user_query: z.string().max(1024).optional(),
  event_attributes: z.looseObject({
    object: z.looseObject({
      object_id: z
        .union([z.string().min(1, 'must not be empty').max(256), z.number().int().transform(String)])
        .describe('catalog id of the product'),
    }),
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
  }),
});

export type UbiEvent = z.infer<typeof ubiEventSchema>;

/** Who an event or a request speaks for. Every part is optional; all empty is an anonymous visitor. */
export interface Identity {
  readonly userId?: string;
  readonly clientId?: string;
  readonly sessionId?: string;
}

/** Key of the session profile: the session, else the client (a visitor without a session id is one session). */
export function sessionKey(identity: Identity): string | undefined {
  if (identity.sessionId !== undefined) return `session:${identity.sessionId}`;
  return identity.clientId === undefined ? undefined : `client:${identity.clientId}`;
}
