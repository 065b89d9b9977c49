// Whether a sent key is one of those configured, and the digest of a key.
import { hash, timingSafeEqual } from 'node:crypto';

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
