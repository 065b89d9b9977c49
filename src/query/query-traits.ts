// What the query itself says about how its scores may be multiplied.
import { isObject, type JsonObject, listOf } from './json-value.js';

/**
 * Hits pinned above all others (`pinned`, `rule`, whose real query is `organic`), at any depth. Their scores sit at
 * the top of what a float holds, so that multiplying them ties them.
 */
export function hasPinnedHits(query: unknown): boolean {
  if (Array.isArray(query)) return query.some(hasPinnedHits);
  if (!isObject(query)) return false;
  return (
    ['pinned', 'rule', 'rule_query'].some((type) => isOrganic(query[type])) ||
    Object.values(query).some(hasPinnedHits)
  );
}

function isOrganic(value: unknown): boolean {
  return isObject(value) && 'organic' in value;
}

/** OpenSearch's `hybrid`: combines sub-queries itself, and must stay the outermost query. */
export function isHybrid(query: unknown): boolean {
  return isObject(query) && 'hybrid' in query;
}

/**
 * A query that surely scores every hit 0, on both engines, so that there is nothing to multiply: a `bool` that only
 * filters, whose scoring clauses, if any, are such queries themselves, and what is boosted by 0.
 */
export function isFilterOnly(query: unknown): boolean {
  if (!isObject(query)) return false;
  const { bool, constant_score, match_all } = query;
  return (isObject(bool) && onlyFilters(bool)) || [bool, constant_score, match_all].some(isNothing);
}

/** Without any clause a `bool` matches all, and scores it 1. */
function onlyFilters(bool: JsonObject): boolean {
  const clauses = (...names: string[]) => names.flatMap((name) => listOf(bool[name]));
  return (
    clauses('must', 'should', 'filter', 'must_not').length > 0 &&
    clauses('must', 'should').every(isFilterOnly)
  );
}

function isNothing(query: unknown): boolean {
  return isObject(query) && query.boost === 0;
}
