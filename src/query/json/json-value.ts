// Reading parts of a scanned text as values. Values are only looked at: what is sent stays the original bytes.
import { findMember, type ObjectSpan, type Span } from './span.js';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A clause or a list of clauses, as a list: the engine takes `must: {…}` for `must: [{…}]`. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Parses a span that `scanObject` has accepted. Numbers lose what a double cannot hold. */
export function parseSpan(bytes: Buffer, span: Span): unknown {
  return JSON.parse(bytes.toString('utf8', span.start, span.end));
}

/** The value of one member, `undefined` when there is no such member. */
export function memberValue(bytes: Buffer, object: ObjectSpan, key: string): unknown {
  const member = findMember(object, key);
  return member && parseSpan(bytes, { start: member.valueStart, end: member.valueEnd });
}
