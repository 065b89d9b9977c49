// The server key: a request with a valid one is trusted, one with a wrong one is refused.
import type { IncomingMessage } from 'node:http';
import { KindredError } from '../../core/errors.js';
import { sentOnce } from '../../search/request/kindred-headers.js';
import { createKeyCheck } from '../key-check.js';

/** @returns false for a request without a key (a public one); throws KindredError `wrong-key` (401) */
export function createTrust(
  serverKeys: readonly string[],
): (request: Pick<IncomingMessage, 'headers'>) => boolean {
  const isKnown = createKeyCheck(serverKeys);
  return ({ headers: { 'x-kindred-key': given } }) => {
    if (given === undefined) return false;
    if (typeof given === 'string' && isKnown(sentOnce(given))) return true;
    throw new KindredError('wrong-key', 'the key in X-Kindred-Key is no server key of this proxy', {
      status: 401,
    });
  };
}
