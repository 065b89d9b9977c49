// What a JSON value must satisfy to be stored and read back as it was sent.
import type { Finding } from '../core/errors.js';

const MAX_DEPTH = 20;

/** The first thing about a parsed JSON value that no store keeps faithfully, or null. `path` is dotted. */
export function storableFinding(value: unknown, path: readonly string[] = []): Finding | null {
  const finding = (message: string): Finding => ({ path: path.join('.'), message });
  if (path.length > MAX_DEPTH) return finding(`must not be nested deeper than ${MAX_DEPTH} levels`);
  if (typeof value === 'number' && !Number.isFinite(value)) return finding('must be a finite number');
  if (typeof value === 'string' && !isCleanText(value))
    return finding('must not contain NUL characters or half of a surrogate pair');
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, part] of Object.entries(value)) {
    if (key === '' || key === '__proto__' || !isCleanText(key))
      return finding('has a key that is empty, "__proto__", or not clean text');
    const found = storableFinding(part, [...path, key]);
    if (found) return found;
  }
  return null;
}

function isCleanText(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}
