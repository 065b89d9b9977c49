// Where a part deep inside a scanned text is.
import { JsonScanner } from './json-scanner.js';
import { scanObject } from './scan.js';
import { findMember, type Span } from './span.js';

/** Member names and positions in lists, from the outside in. */
export type Path = readonly (string | number)[];

/** The value at `path` inside the value at `span`, which a scan has accepted; undefined where there is none. */
export function spanAt(bytes: Buffer, span: Span, path: Path): Span | undefined {
  let found: Span | undefined = span;
  for (const step of path)
    found =
      found && (typeof step === 'number' ? itemSpans(bytes, found)[step] : memberSpan(bytes, found, step));
  return found;
}

/** The items of the list at `span`, which a scan has accepted; none where it is no list. */
export function itemSpans(bytes: Buffer, span: Span): readonly Span[] {
  return new JsonScanner(bytes.subarray(0, span.end), span.start, Number.POSITIVE_INFINITY).list();
}

function memberSpan(bytes: Buffer, span: Span, key: string): Span | undefined {
  const scan = scanObject(bytes, span);
  const member = scan.ok ? findMember(scan.object, key) : undefined;
  return member && { start: member.valueStart, end: member.valueEnd };
}
