// Edits on bytes: every byte that no edit covers comes out as it went in.
import type { Span } from './json-scanner.js';

/** Replaces the bytes from `start` to before `end` by `text`; `start` = `end` inserts. */
export interface Edit extends Span {
  readonly text: string | Uint8Array;
}

/**
 * Applies edits in one copy. They may come in any order but must not overlap; several insertions at one place
 * keep the order of the list.
 * @throws RangeError when edits overlap or lie outside of the bytes
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
