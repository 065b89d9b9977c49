// Keys of the admin listener: the role of a request, and the actor that the audit trail records.
import type { RequestHandler } from 'express';
import { ROLES, type Role } from '../../contract/admin-session.js';
import { KindredError } from '../../core/errors.js';
import { createKeyCheck, keyDigest } from '../key-check.js';

export const ADMIN_KEY_HEADER = 'X-Kindred-Key';

export type RoleKeys = Readonly<Record<Role, readonly string[]>>;

/**
 * Lets requests through that carry one of the keys. `response.locals` then has its `role` and its `actor`: the first
 * 8 hex digits of the key's SHA-256. Without any configured key, every request is refused.
 */
export function requireKey(keys: RoleKeys): RequestHandler {
  const checks = {
    viewer: createKeyCheck(keys.viewer),
    editor: createKeyCheck(keys.editor),
    admin: createKeyCheck(keys.admin),
  };
  return (request, response, next) => {
    const given = request.get(ADMIN_KEY_HEADER) ?? '';
    const known = ROLES.filter((role) => checks[role](given));
    const role = known.at(-1);
    if (role === undefined) {
      response.set('WWW-Authenticate', `${ADMIN_KEY_HEADER} realm="kindred"`);
      const message = `send an admin key in the header ${ADMIN_KEY_HEADER}`;
      throw new KindredError('unauthorized', message, { status: 401 });
    }
    response.locals.role = role;
    response.locals.actor = keyDigest(given).toString('hex').slice(0, 8);
    next();
  };
}

/** Error: `role-needed` (403). */
export function requireRole(needed: Role, has: Role): void {
  if (ROLES.indexOf(has) >= ROLES.indexOf(needed)) return;
  const message = `this needs an ${needed} key; yours is a key of the role ${has}`;
  throw new KindredError('role-needed', message, { status: 403 });
}
