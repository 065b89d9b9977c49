// One JSON object as it was received: where its parts are, what they say, and edits that leave every other byte as it is.
import { isUtf8 } from 'node:buffer';
import {
  JsonScanner,
  type Member,
  type ObjectSpan,
  type ScanRefusal,
  ScanRefused,
  type Span,
} from './json-scanner.js';
import { type Path, valueAt } from './json-value.js';
import { MAX_NESTING } from './nesting-limit.js';

export interface ScanLimits {
  /** nested objects and arrays, the outermost counts 1 */
  readonly maxDepth: number;
  readonly maxBytes: number;
}

export type ScanOutcome =
  | { readonly ok: true; readonly document: JsonDocument }
  | { readonly ok: false; readonly reason: ScanRefusal; readonly offset: number };

const BODY_LIMITS: ScanLimits = { maxDepth: MAX_NESTING, maxBytes: 10 * 1024 * 1024 };
/** For what has been scanned before; a small integer, which the scanner compares faster than Infinity. */
const ANY_DEPTH = 2 ** 30;
const OPEN_BRACE = 0x7b;

/**
 * Scans one JSON object (RFC 8259, strictly: no comments, no byte order mark, nothing but white space around it). Keys
 * that occur twice in one object, at any level, are refused, as both engines do: readers would differ on which one
 * counts.
 */
export function scanDocument(bytes: Buffer, limits: ScanLimits = BODY_LIMITS): ScanOutcome {
  if (bytes.length > limits.maxBytes) return { ok: false, reason: 'too-large', offset: 0 };
  if (!isUtf8(bytes)) return { ok: false, reason: 'not-utf8', offset: 0 };
  try {
    const root = new JsonScanner(bytes, 0, limits.maxDepth).document();
    return { ok: true, document: new JsonDocument(bytes, root) };
  } catch (refused) {
    if (refused instanceof ScanRefused) return { ok: false, reason: refused.reason, offset: refused.offset };
    throw refused;
  }
}

/**
 * Made by `scanDocument`. The bytes never change: `edited` makes another document of edits, which the methods that insert,
 * remove, replace and wrap return. What is read is scanned or parsed once and kept. Parsed values are only looked at,
 * never written back: they lose what a double cannot hold of a number.
 */
export class JsonDocument {
  /** scanned parts, by where they start; most bodies need none */
  private objects: Map<number, ObjectSpan> | undefined;
  private lists: Map<number, readonly Span[]> | undefined;

  /** @param scanned of these bytes; absent: they are scanned when they are first read */
  constructor(
    readonly bytes: Buffer,
    private scanned?: ObjectSpan,
  ) {}

  /** The members of the object at `path`, by default the outermost; none where there is no object. */
  members(...path: Path): readonly Member[] {
    const span = this.spanAt(path);
    return (span && this.objectAt(span)?.members) ?? [];
  }

  has(key: string): boolean {
    return findMember(this.root, key) !== undefined;
  }

  /** Where the value at `path` is; undefined where there is none. */
  span(...path: Path): Span | undefined {
    return this.spanAt(path);
  }

  /** The items of the list at `path`; none where there is no list. */
  items(...path: Path): readonly Span[] {
    const span = this.spanAt(path);
    return span ? this.itemsAt(span) : [];
  }

  /** The value at `path` as it is written; empty where there is none. */
  text(...path: Path): string {
    const span = this.spanAt(path);
    return span ? this.bytes.toString('utf8', span.start, span.end) : '';
  }

  /** The value at `path`, parsed; undefined where there is none. */
  value(key: string, ...path: Path): unknown {
    const member = findMember(this.root, key);
    if (!member) return undefined;
    member.value ??= JSON.parse(this.bytes.toString('utf8', member.start, member.end));
    return path.length > 0 ? valueAt(member.value, path) : member.value;
  }

  /** Edits may come in any order, but must not overlap (RangeError) and must leave one well-formed object. */
  edited(edits: readonly Edit[]): JsonDocument {
    return edits.length > 0 ? new JsonDocument(splice(this.bytes, edits)) : this;
  }

  /** Puts text around the value at `path`. */
  wrapValue(path: Path, before: string, after: string): Edit[] {
    const span = this.spanAt(path);
    if (!span) return [];
    const { start, end } = span;
    return [
      { start, end: start, text: before },
      { start: end, end, text: after },
    ];
  }

  /**
   * Writes members in front of those of the object at `path`. One call takes all: two insertions into an object without
   * members would lack the comma between them. Does not combine with removing all members: edit that first.
   * @param texts key → JSON text
   */
  insertMembers(path: Path, texts: Readonly<Record<string, string>>): Edit[] {
    const span = this.spanAt(path);
    const object = span && this.objectAt(span);
    if (!object) return [];
    const text = Object.entries(texts)
      .map(([key, value]) => `${JSON.stringify(key)}:${value}`)
      .join(',');
    const start = object.start + 1;
    return [{ start, end: start, text: object.members.length > 0 ? `${text},` : text }];
  }

  /** Takes members out of the object at `path`, each with one comma, so that what is left is well-formed. */
  removeMembers(path: Path, keys: ReadonlySet<string>): Edit[] {
    const members = this.members(...path);
    const [first] = members;
    const kept = members.find(({ key }) => !keys.has(key));
    if (!first || kept === first) return removeBehind(members, keys);
    if (!kept) return [{ start: first.keyStart, end: members.at(-1)?.end ?? first.end, text: '' }];
    const rest = members.slice(members.indexOf(kept));
    return [{ start: first.keyStart, end: kept.keyStart, text: '' }, ...removeBehind(rest, keys)];
  }

  /** Writes text in place of an outermost member, its key included. */
  replaceMember(key: string, text: string): Edit[] {
    const member = findMember(this.root, key);
    return member ? [{ start: member.keyStart, end: member.end, text }] : [];
  }

  /** Writes an item in front of those of the list at `path`. */
  insertItem(path: Path, text: string): Edit[] {
    const span = this.spanAt(path);
    if (!span) return [];
    const start = span.start + 1;
    return [{ start, end: start, text: this.itemsAt(span).length > 0 ? `${text},` : text }];
  }

  private get root(): ObjectSpan {
    this.scanned ??= new JsonScanner(this.bytes, 0, ANY_DEPTH).document();
    return this.scanned;
  }

  private spanAt(path: Path): Span | undefined {
    let span: Span | undefined = this.root;
    for (const step of path) {
      if (span === undefined) return undefined;
      span = typeof step === 'number' ? this.itemsAt(span)[step] : this.memberAt(span, step);
    }
    return span;
  }

  private memberAt(span: Span, key: string): Member | undefined {
    const object = this.objectAt(span);
    return object && findMember(object, key);
  }

  private objectAt(span: Span): ObjectSpan | undefined {
    if (span === this.root) return this.root;
    if (this.bytes[span.start] !== OPEN_BRACE) return undefined;
    this.objects ??= new Map();
    let object = this.objects.get(span.start);
    if (!object) {
      object = this.scanner(span).document();
      this.objects.set(span.start, object);
    }
    return object;
  }

  private itemsAt(span: Span): readonly Span[] {
    this.lists ??= new Map();
    let items = this.lists.get(span.start);
    if (!items) {
      items = this.scanner(span).list();
      this.lists.set(span.start, items);
    }
    return items;
  }

  /** Scans a part of the text again, which is known to be well-formed. */
  private scanner({ start, end }: Span): JsonScanner {
    return new JsonScanner(this.bytes.subarray(0, end), start, ANY_DEPTH);
  }
}

function findMember({ members }: ObjectSpan, key: string): Member | undefined {
  for (const member of members) if (member.key === key) return member;
  return undefined;
}

/** Behind a member that stays, another goes together with the comma before it. */
function removeBehind(members: readonly Member[], keys: ReadonlySet<string>): Edit[] {
  const edits: Edit[] = [];
  let before = 0;
  for (const { key, end } of members) {
    if (keys.has(key)) edits.push({ start: before, end, text: '' });
    before = end;
  }
  return edits;
}

/** Replaces the bytes from `start` to before `end` by `text`; `start` = `end` inserts. */
export interface Edit extends Span {
  readonly text: string | Buffer;
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
    written += typeof text === 'string' ? spliced.write(text, written) : text.copy(spliced, written);
    at = end;
  }
  bytes.copy(spliced, written, at);
  return spliced;
}
