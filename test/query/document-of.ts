// A scanned document, for tests of what reads and edits one.
import { type JsonDocument, scanDocument } from '../../src/query/json/json-document.js';

export function documentOf(text: string): JsonDocument {
  const scan = scanDocument(Buffer.from(text));
  if (!scan.ok) throw new Error(scan.reason);
  return scan.document;
}
