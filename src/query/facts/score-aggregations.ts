// Finds aggregations that choose by score: they must see the scores of the original query.
import { isObject, type JsonObject, listOf } from '../json/json-value.js';
import { readSortKind } from './list-order.js';

/**
 * Whether aggregations, at any depth, choose by score: `sampler` and `diversified_sampler` take the best hits,
 * `top_hits` sorts by score unless told otherwise, `top_metrics` when told to, and scripts may read `_score`.
 * @param aggregations parsed `aggs`, by name
 */
export function readsScores(aggregations: unknown): boolean {
  return (
    isObject(aggregations) &&
    Object.values(aggregations).some((aggregation) => isObject(aggregation) && choosesByScore(aggregation))
  );
}

function choosesByScore({ aggs, aggregations, ...types }: JsonObject): boolean {
  return (
    'sampler' in types ||
    'diversified_sampler' in types ||
    (isObject(types.top_hits) && sortsByScore(types.top_hits.sort)) ||
    (isObject(types.top_metrics) && sortsByScore(types.top_metrics.sort)) ||
    hasScoreScript(types) ||
    readsScores(aggs) ||
    readsScores(aggregations)
  );
}

/**
 * Whether aggregations, at any depth, have `top_hits` by score alone: the engines apply the rescorers of a search to
 * them too.
 * @param aggregations parsed `aggs`, by name
 */
export function hasRescoredHits(aggregations: unknown): boolean {
  return (
    isObject(aggregations) &&
    Object.values(aggregations).some(
      (aggregation) =>
        isObject(aggregation) &&
        ((isObject(aggregation.top_hits) && readSortKind(aggregation.top_hits.sort) === 'relevance') ||
          hasRescoredHits(aggregation.aggs) ||
          hasRescoredHits(aggregation.aggregations)),
    )
  );
}

function sortsByScore(sort: unknown): boolean {
  const keys = listOf(sort);
  return keys.length === 0 || JSON.stringify(keys).includes('"_score"');
}

/** A script, such as `script` or `map_script`, is searched as one text, whatever it consists of. */
function hasScoreScript(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasScoreScript);
  if (!isObject(value)) return false;
  return Object.entries(value).some(([key, inner]) =>
    /(^|_)script$/.test(key) ? JSON.stringify(inner).includes('_score') : hasScoreScript(inner),
  );
}
