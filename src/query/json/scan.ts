// One pass over the bytes of a JSON text: checks that it may be spliced, and says where an object's members are.
import { isUtf8 } from 'node:buffer';
import { JsonScanner, Refused, type ScanRefusal } from './json-scanner.js';
import { MOST_NESTED } from './nesting-limit.js';
import type { ObjectSpan, Span } from './span.js';

export type ScanOutcome =
  | { readonly ok: true; readonly object: ObjectSpan }
  | { readonly ok: false; readonly reason: ScanRefusal; readonly offset: number };

export interface ScanLimits {
  /** nested objects and arrays, the outermost counts 1 */
  readonly maxDepth: number;
  readonly maxBytes: number;
}

const SCAN_LIMITS: ScanLimits = { maxDepth: MOST_NESTED, maxBytes: 10 * 1024 * 1024 };

/**
 * Scans one JSON object (RFC 8259, strictly: no comments, no byte order mark, nothing behind it). Keys that occur
 * twice in one object, at any level, are refused, as both engines do: readers would differ on which one counts.
 * @param span where the object is, white space around it allowed; the whole buffer by default
 */
export function scanObject(bytes: Buffer, span?: Span, limits: ScanLimits = SCAN_LIMITS): ScanOutcome {
  const { start, end } = span ?? { start: 0, end: bytes.length };
  if (end - start > limits.maxBytes) return { ok: false, reason: 'too-large', offset: start };
  const text = bytes.subarray(0, end);
  if (!isUtf8(text.subarray(start))) return { ok: false, reason: 'not-utf8', offset: start };
  try {
    return { ok: true, object: new JsonScanner(text, start, limits.maxDepth).document() };
  } catch (refused) {
    if (refused instanceof Refused) return { ok: false, reason: refused.reason, offset: refused.offset };
    throw refused;
  }
}
