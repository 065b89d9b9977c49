// A shop's own search as somebody pastes it: checked, and without what only says which page is answered, and how much of it.
import type { Finding } from '../../core/errors.js';
import type { ScanRefusal } from '../json/json-scanner.js';
import { readSearchBody } from './search-body.js';

/** Members that change what is answered of the hits, not which hits there are or in which order. */
const LEFT_OUT = new Set([
  ...['size', 'from', 'track_total_hits', 'ext'],
  ...['_source', 'fields', 'docvalue_fields', 'stored_fields', 'script_fields', 'highlight'],
  ...['aggs', 'aggregations', 'suggest', 'profile', 'explain', 'stats'],
]);

/** Members by which a search reads other documents than those of the index that it is sent to. */
const OTHER_INDICES = new Set(['index', '_index', 'indexed_shape', 'pit']);

const REFUSALS: Readonly<Record<ScanRefusal, string>> = {
  'not-an-object': 'must be one JSON object, as the shop sends it to _search',
  malformed: 'is not JSON',
  'duplicate-key': 'has a key twice in one object',
  'too-deep': 'is nested too deep',
  'too-large': 'is too long',
  'not-utf8': 'holds characters that are none',
};

export type PastedSearch =
  | { readonly ok: true; readonly body: Buffer }
  | { readonly ok: false; readonly finding: Finding };

/**
 * Who searches, and under which model, is the preview's to say: of `ext.kindred` only the category stays.
 * @param text of the request's body; numbers that a double cannot hold stay as they are written
 * @param members of the request that is made of it, e.g. `size` and `_source`
 */
export function pastedSearch(text: string, members: object): PastedSearch {
  const read = readSearchBody(Buffer.from(text));
  if (!read.ok) return refused(`${REFUSALS[read.reason]}${placeIn(text, read.offset)}`);
  const { document, ext } = read.body;
  const [finding] = ext.findings;
  if (finding) return refused(`${finding.path} ${finding.message}`);
  const other = namesOtherIndex(JSON.parse(document.bytes.toString('utf8')));
  if (other !== null) return refused(`may read the catalog alone: take out "${other}"`);
  const kept = document.edited(document.removeMembers([], LEFT_OUT));
  const { category } = ext.kindred;
  const texts = Object.entries({ ...members, ...(category && { ext: { kindred: { category } } }) });
  const written = Object.fromEntries(texts.map(([key, value]) => [key, JSON.stringify(value)]));
  return { ok: true, body: kept.edited(kept.insertMembers([], written)).bytes };
}

function refused(message: string): PastedSearch {
  return { ok: false, finding: { path: 'body', message } };
}

/** The line of a byte; nothing for what is wrong as a whole. */
function placeIn(text: string, offset: number): string {
  if (offset === 0) return '';
  const before = Buffer.from(text).subarray(0, offset).toString('utf8').split('\n');
  return ` (line ${before.length}, character ${(before.at(-1) ?? '').length + 1})`;
}

/** Lookups name an index as text; a field may be called `index`, too: its clause is an object. */
function namesOtherIndex(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, part] of Object.entries(value)) {
    const names =
      key === 'pit' || key === 'indexed_shape' ? typeof part === 'object' : typeof part === 'string';
    if (OTHER_INDICES.has(key) && names) return key;
    const inside = namesOtherIndex(part);
    if (inside !== null) return inside;
  }
  return null;
}
