// Multi-search bodies: pairs of header and body lines, told apart by position, not by content, as the engines do.
import type { EngineKind } from '../../core/engine-kind.js';
import { scanDocument, splice } from '../json/json-document.js';
import type { Span } from '../json/json-scanner.js';
import { listOf } from '../json/json-value.js';

/** The indices that a header line names. */
export type MsearchTarget =
  /** no index named: the one in the path counts */
  | { readonly kind: 'path' }
  /** all names given by `index` and `indices`, comma-separated lists taken apart */
  | { readonly kind: 'named'; readonly indices: readonly string[] }
  /** not one JSON object, or names that are not strings: for the engine to judge */
  | { readonly kind: 'unreadable' };

/** One search. Spans exclude the line feed, and include a carriage return, which JSON reads as white space. */
export interface MsearchItem {
  readonly header: Span;
  readonly body: Span;
  readonly target: MsearchTarget;
}

export interface Msearch {
  readonly items: readonly MsearchItem[];
  /** false when the last line lacks its line feed: the engine answers the whole request with 400 */
  readonly terminated: boolean;
}

const LINE_FEED = 0x0a;

/**
 * Splits without copying, by the rules of `MultiSearchRequest.readMultiLineFormat`: lines alternate between header
 * and body, an empty header is `{}`, a header without a body line at the end is ignored. OpenSearch skips one empty
 * line at the very front; Elasticsearch 8 and later read it as an empty header (both measured).
 * @param max items to split off; the rest is not read
 */
export function splitMsearch(bytes: Buffer, engine: EngineKind, max = Number.POSITIVE_INFINITY): Msearch {
  const items: MsearchItem[] = [];
  let at = engine === 'opensearch' && bytes[0] === LINE_FEED ? 1 : 0;
  for (;;) {
    const headerEnd = bytes.indexOf(LINE_FEED, at);
    const bodyEnd = headerEnd < 0 ? -1 : bytes.indexOf(LINE_FEED, headerEnd + 1);
    if (bodyEnd < 0 || items.length === max) return { items, terminated: bytes.at(-1) === LINE_FEED };
    const header = { start: at, end: headerEnd };
    items.push({ header, body: { start: headerEnd + 1, end: bodyEnd }, target: readTarget(bytes, header) });
    at = bodyEnd + 1;
  }
}

/**
 * The same request with other body lines; every other byte stays.
 * @param bodies item position → its new body, without line feeds
 */
export function replaceBodies(bytes: Buffer, msearch: Msearch, bodies: ReadonlyMap<number, Buffer>): Buffer {
  const edits = msearch.items.flatMap(({ body }, position) => {
    const text = bodies.get(position);
    return text ? [{ ...body, text }] : [];
  });
  return splice(bytes, edits);
}

function readTarget(bytes: Buffer, line: Span): MsearchTarget {
  if (/^[ \t\r]*$/.test(bytes.toString('latin1', line.start, line.end))) return { kind: 'path' };
  const header = scanDocument(bytes.subarray(line.start, line.end));
  if (!header.ok) return { kind: 'unreadable' };
  const { document } = header;
  const named = ['index', 'indices'].filter((key) => document.has(key)).map((key) => document.value(key));
  if (named.length === 0) return { kind: 'path' };
  const indices = named.flatMap((names) => (typeof names === 'string' ? names.split(',') : listOf(names)));
  return indices.every((name) => typeof name === 'string')
    ? { kind: 'named', indices }
    : { kind: 'unreadable' };
}
