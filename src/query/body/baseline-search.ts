// The search that tells the order without personalization: the caller's own, down to the ids of its first hits.
import { memberValue } from '../json/json-value.js';
import { scanObject } from '../json/scan.js';
import { insertMembers, removeMembers, splice } from '../json/splice.js';
import { retrievedHits } from '../placement/retriever-sites.js';
import { readSearchBody } from './search-body.js';
import { joinParameters, splitParameters } from './url-parameters.js';

/** How far behind the page the plain order is compared. */
const COMPARED_HITS = 500;

const PAGING = new Set(['from', 'size', 'scroll']);

/** Where the plain order is asked for: the same target, without what would cut a page out or open a scroll. */
export function plainOrderTarget(target: string): string {
  const mark = target.indexOf('?');
  if (mark < 0) return target;
  const kept = splitParameters(target.slice(mark)).filter(
    ({ name, text }) => text !== '' && !PAGING.has(name),
  );
  return target.slice(0, mark) + joinParameters(kept);
}

/** The request whose answer gives the plain order: the same search, its first hits' ids and nothing else. */
export function plainOrderRequest(plain: Buffer): Buffer {
  // Without `ext.ubi`: it is no second search of the shopper's.
  const read = readSearchBody(plain);
  if (!read.ok) return plain;
  const { bytes, object } = read.body;
  const replaced = new Set(['size', 'from', '_source', 'aggs', 'aggregations', 'highlight', 'suggest']);
  const kept = splice(bytes, removeMembers(object, replaced));
  const again = scanObject(kept);
  if (!again.ok) return bytes;
  const most = retrievedHits(memberValue(bytes, object, 'retriever'));
  const size = most < COMPARED_HITS ? most : COMPARED_HITS;
  return splice(kept, [insertMembers(again.object, { size: String(size), _source: 'false' })]);
}
