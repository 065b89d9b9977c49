// Where a part deep inside a scanned text is.
import { JsonScanner } from './json-scanner.js';
import { scanObject } from './scan.js';
import { findMember, type ObjectSpan, type Span } from './span.js';

/** Member names and positions in lists, from the outside in. */
export type Path = readonly (string | number)[];

/** Finds the value at a path inside a scanned object; undefined where there is none. */
export type SpanFinder = (path: Path) => Span | undefined;

/** What several paths have in common is scanned once. */
export function createSpanFinder(bytes: Buffer, object: ObjectSpan): SpanFinder {
  const objects = new Map([[object.start, object]]);
  const lists = new Map<number, readonly Span[]>();

  function member(span: Span, key: string): Span | undefined {
    const scan = objects.has(span.start) ? undefined : scanObject(bytes, span);
    if (scan?.ok) objects.set(span.start, scan.object);
    const known = objects.get(span.start);
    const found = known && findMember(known, key);
    return found && { start: found.valueStart, end: found.valueEnd };
  }

  function item(span: Span, position: number): Span | undefined {
    const items = lists.get(span.start) ?? itemSpans(bytes, span);
    lists.set(span.start, items);
    return items[position];
  }

  return (path) =>
    path.reduce<Span | undefined>(
      (span, step) => span && (typeof step === 'number' ? item(span, step) : member(span, step)),
      object,
    );
}

/** The items of the list at `span`, which a scan has accepted; none where it is no list. */
export function itemSpans(bytes: Buffer, span: Span): readonly Span[] {
  return new JsonScanner(bytes.subarray(0, span.end), span.start, Number.POSITIVE_INFINITY).list();
}
