// Edits on bytes: every byte that no edit covers comes out as it went in.
import type { Member, ObjectSpan, Span } from './span.js';

/** Replaces the bytes from `start` to before `end` by `text`; `start` = `end` inserts. */
export interface Edit extends Span {
  readonly text: string | Uint8Array;
}

/**
 * Applies edits in one copy. They may come in any order but must not overlap; several insertions at one place
 * keep the order of the list. Overlaps are a mistake of the caller and throw RangeError.
 */
export function splice(bytes: Buffer, edits: readonly Edit[]): Buffer {
  const ordered = edits.length > 1 ? [...edits].sort((a, b) => a.start - b.start || a.end - b.end) : edits;
  let at = 0;
  let length = bytes.length;
  for (const { start, end, text } of ordered) {
    if (start < at || end < start || end > bytes.length)
      throw new RangeError(`edit ${start}–${end} overlaps or lies outside`);
    length += (typeof text === 'string' ? Buffer.byteLength(text) : text.length) - (end - start);
    at = end;
  }
  const spliced = Buffer.allocUnsafe(length);
  let written = 0;
  at = 0;
  for (const { start, end, text } of ordered) {
    written += bytes.copy(spliced, written, at, start);
    if (typeof text === 'string') written += spliced.write(text, written);
    else {
      spliced.set(text, written);
      written += text.length;
    }
    at = end;
  }
  bytes.copy(spliced, written, at);
  return spliced;
}

/** Puts text around a value, whose own bytes stay. */
export function wrapSpan({ start, end }: Span, before: string, after: string): Edit[] {
  return [
    { start, end: start, text: before },
    { start: end, end, text: after },
  ];
}

/** The same around a member's value. */
export function wrapValue({ valueStart, valueEnd }: Member, before: string, after: string): Edit[] {
  return wrapSpan({ start: valueStart, end: valueEnd }, before, after);
}

/**
 * Writes a member in front of an object's own. Does not combine with removing all members: splice that first.
 * @param value JSON text
 */
export function insertMember(object: ObjectSpan, key: string, value: string): Edit {
  return insertMembers(object, { [key]: value });
}

/** Several at once: two insertions into an object without members would lack the comma between them. */
export function insertMembers(object: ObjectSpan, values: Readonly<Record<string, string>>): Edit {
  const at = object.start + 1;
  const text = Object.entries(values)
    .map(([key, value]) => `${JSON.stringify(key)}:${value}`)
    .join(',');
  return { start: at, end: at, text: object.members.length > 0 ? `${text},` : text };
}

/** Takes members out of an object, each with one comma, so that what is left is well-formed. */
export function removeMembers(object: ObjectSpan, keys: ReadonlySet<string>): Edit[] {
  const { members } = object;
  const first = members[0];
  const kept = members.find(({ key }) => !keys.has(key));
  if (!first || kept === first) return removeBehind(members, keys);
  if (!kept) return [{ start: first.keyStart, end: members.at(-1)?.valueEnd ?? first.valueEnd, text: '' }];
  const rest = members.slice(members.indexOf(kept));
  return [{ start: first.keyStart, end: kept.keyStart, text: '' }, ...removeBehind(rest, keys)];
}

/** Behind a member that stays, another goes together with the comma before it. */
function removeBehind(members: readonly Member[], keys: ReadonlySet<string>): Edit[] {
  const edits: Edit[] = [];
  let before = 0;
  for (const { key, valueEnd } of members) {
    if (keys.has(key)) edits.push({ start: before, end: valueEnd, text: '' });
    before = valueEnd;
  }
  return edits;
}
