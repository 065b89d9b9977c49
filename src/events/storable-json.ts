// Which parsed JSON engines store and return unchanged; and `null`, which stands for what is absent.
import type { Finding } from '../core/errors.js';

const MAX_DEPTH = 20;

/**
 * The first part of a parsed JSON value that engines do not store and return unchanged, or null. `path` is dotted.
 * @param path of `value` in the event
 */
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

/**
 * The value without members that are null, at any depth; the places of a list stay. The value itself where it has none.
 * @param value that `storableFinding` found nothing in
 */
export function withoutNulls(value: unknown): unknown {
  return hasNulls(value) ? copied(value) : value;
}

function hasNulls(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === null;
  return Object.values(value).some(hasNulls);
}

function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, part]) => part !== null);
  return Object.fromEntries(members.map(([key, part]) => [key, copied(part)]));
}
