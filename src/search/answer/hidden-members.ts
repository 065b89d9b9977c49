// What a request hides of its own hits, so that they cannot be told from each other, nor why they moved.
import { namedParameters } from '../../query/body/url-parameters.js';
import { isObject, listOf } from '../../query/json/json-value.js';
import { scanResponse } from './scan-response.js';

/**
 * Of `_id` and `matched_queries`, those that a response leaves out: `filter_path` may hide either, and `stored_fields`
 * of `_none_` the ids.
 * @param target raw path and query of the request
 * @param at where the response stands in what the engine sent, e.g. `responses.`
 */
export function hiddenMembers(response: Buffer, target: string, at: string): readonly string[] {
  const filters = filterPaths(target);
  const scan = scanResponse(response);
  const hits = scan.ok ? listOf(scan.document.value('hits', 'hits')) : [];
  return ['_id', 'matched_queries'].filter(
    (name) =>
      isFiltered(`${at}hits.hits.${name}`, filters) ||
      (name === '_id' && hits.some((hit) => isObject(hit) && !('_id' in hit))),
  );
}

/** The patterns of a request's `filter_path`. @param target raw path and query */
export function filterPaths(target: string): readonly string[] {
  const mark = target.indexOf('?');
  const parameters = mark < 0 ? undefined : namedParameters(target.slice(mark));
  return parameters?.getAll('filter_path').at(-1)?.split(',') ?? [];
}

/** Whether `filter_path` takes a member out: it keeps what one pattern names, and nothing that one with `-` names. */
function isFiltered(path: string, filters: readonly string[]): boolean {
  const names = (pattern: string) => patternOf(pattern).test(path);
  const kept = filters.filter((filter) => filter !== '' && !filter.startsWith('-'));
  const dropped = filters.filter((filter) => filter.startsWith('-')).map((filter) => filter.slice(1));
  return (kept.length > 0 && !kept.some(names)) || dropped.some(names);
}

/** `*` is any part of a name, `**` any names; a pattern names all that is inside. */
function patternOf(pattern: string): RegExp {
  const text = pattern
    .trim()
    .replace(/[\\^$+?()[\]{}|]/g, '\\$&')
    .replaceAll('.', '\\.')
    .replaceAll('**\\.', '(?:<>\\.)?')
    .replaceAll('**', '<>')
    .replaceAll('*', '[^.]*')
    .replaceAll('<>', '.*');
  return new RegExp(`^${text}(?:\\.|$)`);
}
