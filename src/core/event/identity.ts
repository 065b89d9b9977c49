// Who an event or a request is from: the ids of user, client and session, and the key of their session.
import { z } from 'zod';
import { shortTextSchema } from './ubi-event.js';

/** Whom an event or a request is from. Every part is optional; all empty is an anonymous visitor. */
export interface Identity {
  readonly userId?: string;
  readonly clientId?: string;
  readonly sessionId?: string;
}

/** Who was heard of, and which products: the next search of these users is likely to need their profiles. */
export interface Contact {
  readonly userIds: readonly string[];
  readonly objectIds?: readonly string[];
}

/**
 * A session or client id under which more users than this identified is no visitor's own: a kiosk's, or the same one for
 * all visitors. Its events are attributed to none of them, by training and by erasure alike.
 */
export const MAX_USERS_PER_ID = 10;

/** Key of the running session: by the session id, else the client's, else the user's; undefined without any id. */
export function sessionKey({ sessionId, clientId, userId }: Identity): string | undefined {
  if (sessionId !== undefined) return `session:${sessionId}`;
  if (clientId !== undefined) return `client:${clientId}`;
  return userId === undefined ? undefined : `user:${userId}`;
}

const cleanId = shortTextSchema.regex(
  /^[^\0\p{Surrogate}]*$/u,
  'must not contain NUL or half of a surrogate pair',
);

/** A log-in: the user, and the session, the client or both that are theirs. */
export const identifySchema = z
  .strictObject({ user_id: cleanId, client_id: cleanId.optional(), session_id: cleanId.optional() })
  .refine(({ client_id, session_id }) => client_id !== undefined || session_id !== undefined, {
    path: ['session_id'],
    error: 'is required, or client_id: what did the visitor have before logging in?',
  });

export type Identify = z.infer<typeof identifySchema>;
