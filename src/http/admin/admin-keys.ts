// Keys of the admin listener: who may do what there, and under which name the audit trail knows them.
import { hash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { ROLES, type Role } from '../../contract/admin-session.js';
import { KindredError } from '../../core/errors.js';

export const ADMIN_KEY_HEADER = 'X-Kindred-Key';

export type RoleKeys = Readonly<Record<Role, readonly string[]>>;

/**
 * Lets requests through that carry one of the keys. `response.locals` then has its `role` and its `actor`: the first
 * 8 hex digits of the key's SHA-256. Keys are compared by digest and in constant time. Without keys nobody gets in.
 */
export function requireKey(keys: RoleKeys): RequestHandler {
  return (request, response, next) => {
    const given = request.get(ADMIN_KEY_HEADER) ?? '';
    const known = ROLES.filter((role) => isKnownKey(given, keys[role]));
    const role = known.at(-1);
    if (role === undefined) {
      response.set('WWW-Authenticate', `${ADMIN_KEY_HEADER} realm="kindred"`);
      const message = `send an admin key in the header ${ADMIN_KEY_HEADER}`;
      throw new KindredError('unauthorized', message, { status: 401 });
    }
    response.locals.role = role;
    response.locals.actor = digest(given).toString('hex').slice(0, 8);
    next();
  };
}

/** Error: `role-needed` (403). */
export function requireRole(needed: Role, has: Role): void {
  if (ROLES.indexOf(has) >= ROLES.indexOf(needed)) return;
  const message = `this needs an ${needed} key; yours is a key of the role ${has}`;
  throw new KindredError('role-needed', message, { status: 403 });
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
  return hash('sha256', key, 'buffer');
}
