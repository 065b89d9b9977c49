// Scans a response of the engine, which may be larger and deeper than what a caller may send.
import { type ScanOutcome, scanDocument } from '../../query/json/json-document.js';

const RESPONSE_LIMITS = { maxDepth: 1_000, maxBytes: Number.POSITIVE_INFINITY };

export function scanResponse(response: Buffer): ScanOutcome {
  return scanDocument(response, RESPONSE_LIMITS);
}
