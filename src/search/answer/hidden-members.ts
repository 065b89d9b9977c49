// What a request hides of its own hits, so that they cannot be told from each other, nor why they moved.
import { namedParameters } from '../../query/body/url-parameters.js';
import { isFilteredOut } from '../../query/facts/filter-path.js';
import { isObject, listOf } from '../../query/json/json-value.js';
import { scanResponse } from './scan-response.js';

/**
 * Of `_id` and `matched_queries`, those that a response leaves out: `filter_path` may hide either, and `stored_fields`
 * of `_none_` the ids.
 * @param target raw path and query of the request
 * @param at where the response stands in what the engine sent, e.g. `responses.`
 */
export function hiddenMembers(response: Buffer, target: string, at: string): readonly string[] {
  const filterPath = filterPathOf(target);
  const scan = scanResponse(response);
  const hits = scan.ok ? listOf(scan.document.value('hits', 'hits')) : [];
  return ['_id', 'matched_queries'].filter(
    (name) =>
      isFilteredOut(`${at}hits.hits.${name}`, filterPath) ||
      (name === '_id' && hits.some((hit) => isObject(hit) && !('_id' in hit))),
  );
}

/** @param target raw path and query */
export function filterPathOf(target: string): string | undefined {
  const mark = target.indexOf('?');
  return mark < 0 ? undefined : namedParameters(target.slice(mark))?.getAll('filter_path').at(-1);
}
