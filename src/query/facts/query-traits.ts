// Traits of a query that decide how its scores may be multiplied: pinned hits, `hybrid` queries, filters alone.
import { isObject, type JsonObject, listOf, type Path } from '../json/json-value.js';

/** Query types that pin hits above all others; the query for the others is `organic`. */
const PINNING: readonly string[] = ['pinned', 'rule', 'rule_query'];
/** Clauses under these are not scored. */
const UNSCORED: readonly string[] = ['filter', 'must_not'];

/**
 * Paths, from the query, of the `organic` queries under pinned hits, at any depth. Scores of pinned hits are near the
 * largest that a float holds: multiplied, they would all be equal. Of one inside another only the inner counts.
 */
export function organicPaths(query: unknown): readonly Path[] {
  const found: Path[] = [];
  findOrganic(query, [], found);
  return found;
}

/** @param path of `value`: the same list all the way down, as most of it leads to nothing */
function findOrganic(value: unknown, path: (string | number)[], found: Path[]): void {
  const inside = (step: string | number, part: unknown): void => {
    path.push(step);
    findOrganic(part, path, found);
    path.pop();
  };
  if (Array.isArray(value)) for (const [position, item] of value.entries()) inside(position, item);
  if (!isObject(value)) return;
  for (const [key, part] of Object.entries(value)) {
    if (UNSCORED.includes(key)) continue;
    const known = found.length;
    inside(key, part);
    const pins = PINNING.includes(key) && isObject(part) && isObject(part.organic);
    if (pins && found.length === known) found.push([...path, key, 'organic']);
  }
}

/**
 * Paths, from the query, of the queries that OpenSearch's `hybrid` combines, which must stay the outermost one;
 * undefined when the query is no `hybrid`.
 */
export function hybridPaths(query: unknown): readonly Path[] | undefined {
  if (!isObject(query) || !isObject(query.hybrid)) return undefined;
  const { queries } = query.hybrid;
  return Array.isArray(queries) ? queries.map((_, position) => ['hybrid', 'queries', position]) : [];
}

/**
 * Whether a query scores every hit 0, on both engines, so that there is nothing to multiply: a `bool` that only filters,
 * whose scoring clauses, if any, are such queries themselves, and any with a boost of 0.
 */
export function isFilterOnly(query: unknown): boolean {
  if (!isObject(query)) return false;
  const { bool, constant_score, match_all } = query;
  return (isObject(bool) && onlyFilters(bool)) || [bool, constant_score, match_all].some(hasZeroBoost);
}

const SCORED = ['must', 'should'];
const CLAUSES = [...SCORED, 'filter', 'must_not'];

/** Without any clause a `bool` matches all, and scores it 1. */
function onlyFilters(bool: JsonObject): boolean {
  return (
    CLAUSES.some((name) => listOf(bool[name]).length > 0) &&
    SCORED.every((name) => listOf(bool[name]).every(isFilterOnly))
  );
}

function hasZeroBoost(query: unknown): boolean {
  return isObject(query) && query.boost === 0;
}
