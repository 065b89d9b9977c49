// Admin keys: who may use the admin API, and under which name the audit trail knows them.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { KindredError } from '../core/errors.js';

export const ADMIN_KEY_HEADER = 'X-Kindred-Key';

/**
 * Lets requests through that carry one of the keys, and names their actor in `response.locals.actor`: the first
 * 8 hex digits of the key's SHA-256. Keys are compared by digest and in constant time. Without keys nobody gets in.
 */
export function requireAdminKey(keys: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const given = request.get(ADMIN_KEY_HEADER) ?? '';
    if (!isKnownKey(given, keys)) {
      response.set('WWW-Authenticate', `${ADMIN_KEY_HEADER} realm="kindred"`);
      const message = `send an admin key in the header ${ADMIN_KEY_HEADER}`;
      throw new KindredError('unauthorized', message, { status: 401 });
    }
    response.locals.actor = digest(given).toString('hex').slice(0, 8);
    next();
  };
}

/** Compares by digest, every key in the same time. */
export function isKnownKey(given: string, keys: readonly string[]): boolean {
  const digested = digest(given);
  let known = false;
  for (const key of digestsOf(keys)) known = timingSafeEqual(key, digested) || known;
  return known;
}

/** Made once per list: every search compares its key with them. */
const digests = new WeakMap<readonly string[], readonly Buffer[]>();

function digestsOf(keys: readonly string[]): readonly Buffer[] {
  const known = digests.get(keys) ?? keys.map(digest);
  digests.set(keys, known);
  return known;
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
