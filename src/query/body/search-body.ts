// Reads one search body: scanned, what is Kindred's in it read and taken out, ready to be judged and rewritten.
import { type JsonDocument, type ScanOutcome, scanDocument } from '../json/json-document.js';
import { type ReadExt, readExt, stripExt } from './kindred-ext.js';

export interface SearchBody {
  /** what the engine gets when nothing is personalized */
  readonly document: JsonDocument;
  readonly ext: ReadExt;
}

export type SearchBodyOutcome =
  | { readonly ok: true; readonly body: SearchBody }
  | Extract<ScanOutcome, { ok: false }>;

/**
 * No body at all is `{}`, as for the engine; a request rewritten from it needs a JSON content type.
 * @param keepsUbi the engine has the UBI plugin and is to see `ext.ubi`
 */
export function readSearchBody(received: Buffer, keepsUbi = false): SearchBodyOutcome {
  const scan = scanDocument(received.length === 0 ? Buffer.from('{}') : received);
  if (!scan.ok) return scan;
  return {
    ok: true,
    body: { document: stripExt(scan.document, keepsUbi), ext: readExt(scan.document) },
  };
}
