// Keys of callers, and the server key: a request with a valid one is trusted, one with a wrong one is refused.
import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { KindredError } from '../../core/errors.js';
import { sentOnce } from '../../search/request/x-kindred.js';

/** @returns whether a key is one of `keys`: compared by digest, all of them in the same time */
export function createKeyCheck(keys: readonly string[]): (given: string) => boolean {
  const digests = keys.map(keyDigest);
  return (given) => {
    const digest = keyDigest(given);
    return digests.reduce((known, key) => timingSafeEqual(key, digest) || known, false);
  };
}

export function keyDigest(key: string): Buffer {
  return hash('sha256', key, 'buffer');
}

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
