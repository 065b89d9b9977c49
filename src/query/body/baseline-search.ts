// The search that gives the baseline, the order without personalization: the caller's own, for the ids of its first hits.
import type { JsonDocument } from '../json/json-document.js';
import { retrievedHits } from '../placement/placement-sites.js';
import { stripExt } from './search-body.js';
import { joinParameters, splitParameters } from './url-parameters.js';

/** Hits of the baseline that a page is compared with. */
const COMPARED_HITS = 500;

const PAGING = new Set(['from', 'size', 'scroll']);
const REPLACED = new Set(['size', 'from', '_source', 'aggs', 'aggregations', 'highlight', 'suggest']);

/** The URL of the baseline search: the same, without what selects a page or opens a scroll. */
export function baselineTarget(target: string): string {
  const mark = target.indexOf('?');
  if (mark < 0) return target;
  const kept = splitParameters(target.slice(mark)).filter(
    ({ name, text }) => text !== '' && !PAGING.has(name),
  );
  return target.slice(0, mark) + joinParameters(kept);
}

/** The request whose response gives the baseline: the same search, its first hits' ids and nothing else. */
export function baselineRequest(original: JsonDocument): Buffer {
  // Without `ext.ubi`, so that the engine does not count it as another search of the user.
  const search = stripExt(original, false);
  const kept = search.edited(search.removeMembers([], REPLACED));
  const hits = retrievedHits(search.value('retriever'));
  const size = hits < COMPARED_HITS ? hits : COMPARED_HITS;
  return kept.edited(kept.insertMembers([], { size: String(size), _source: 'false' })).bytes;
}
