// Server keys: a request that carries a valid one is trusted, one that carries a wrong one is refused.
import type { IncomingMessage } from 'node:http';
import { KindredError } from '../../core/errors.js';
import { sentOnce } from '../../search/request/x-kindred.js';
import { isKnownKey } from '../admin/admin-keys.js';

/**
 * @returns false when no key was sent (a public request)
 * @throws KindredError `wrong-key` (401)
 */
export function isTrusted(request: Pick<IncomingMessage, 'headers'>, keys: readonly string[]): boolean {
  const given = request.headers['x-kindred-key'];
  if (given === undefined) return false;
  if (typeof given === 'string' && isKnownKey(sentOnce(given), keys)) return true;
  throw new KindredError('wrong-key', 'the key in X-Kindred-Key is no server key of this proxy', {
    status: 401,
  });
}
