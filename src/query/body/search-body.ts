// The door for one search body: scanned, our own members read and taken out, ready to be judged and rewritten.

import type { ScanRefusal } from '../json/json-scanner.js';
import { scanObject } from '../json/scan.js';
import type { ObjectSpan } from '../json/span.js';
import { splice } from '../json/splice.js';
import { type ReadExt, readExt, stripExt } from './kindred-ext.js';

/** `bytes` is what the engine gets when nothing is personalized; `object` is the scan of exactly these bytes. */
export interface SearchBody {
  readonly bytes: Buffer;
  readonly object: ObjectSpan;
  readonly ext: ReadExt;
}

export type SearchBodyOutcome =
  | { readonly ok: true; readonly body: SearchBody }
  | { readonly ok: false; readonly reason: ScanRefusal; readonly offset: number };

/**
 * No body at all is `{}`, as for the engine; a request rewritten from it needs a JSON content type.
 * @param keepsUbi the engine has the UBI plugin and is to see `ext.ubi`
 */
export function readSearchBody(received: Buffer, keepsUbi = false): SearchBodyOutcome {
  const bytes = received.length === 0 ? Buffer.from('{}') : received;
  const scan = scanObject(bytes);
  if (!scan.ok) return scan;
  const ext = readExt(bytes, scan.object);
  const edits = stripExt(bytes, scan.object, keepsUbi);
  if (edits.length === 0) return { ok: true, body: { bytes, object: scan.object, ext } };
  const stripped = splice(bytes, edits);
  const again = scanObject(stripped);
  return again.ok ? { ok: true, body: { bytes: stripped, object: again.object, ext } } : again;
}
