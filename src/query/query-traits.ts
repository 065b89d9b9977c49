// What the query itself says about how its scores may be multiplied.
import { isObject, listOf } from './json-value.js';

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

/** A `bool` that only filters scores every hit 0, on both engines: there is nothing to multiply. */
export function isFilterOnly(query: unknown): boolean {
  const bool = isObject(query) ? query.bool : undefined;
  if (!isObject(bool)) return false;
  const clauses = (name: string): number => listOf(bool[name]).length;
  return clauses('must') + clauses('should') === 0 && clauses('filter') + clauses('must_not') > 0;
}
