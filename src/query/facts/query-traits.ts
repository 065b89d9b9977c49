// What the query itself says about how its scores may be multiplied.
import { isObject, type JsonObject, listOf, type Path } from '../json/json-value.js';

/** Query types that pin hits above all others; their real query is `organic`. */
const PINNING: readonly string[] = ['pinned', 'rule', 'rule_query'];
/** What stands under these is not scored. */
const UNSCORED: readonly string[] = ['filter', 'must_not'];

/**
 * Where the real queries of pinned hits are, at any depth, as paths from the query. Scores of pinned hits sit at the
 * top of what a float holds, so that multiplying them ties them. One inside another counts alone.
 */
export function organicPaths(query: unknown): readonly Path[] {
  if (Array.isArray(query)) return query.flatMap((item, position) => under(position, organicPaths(item)));
  if (!isObject(query)) return [];
  return Object.entries(query).flatMap(([key, value]) => {
    if (UNSCORED.includes(key)) return [];
    const inner = organicPaths(value);
    const pins = PINNING.includes(key) && isObject(value) && isObject(value.organic);
    return under(key, pins && inner.length === 0 ? [['organic']] : inner);
  });
}

function under(step: string | number, paths: readonly Path[]): readonly Path[] {
  return paths.map((path) => [step, ...path]);
}

/**
 * Where the queries are that OpenSearch's `hybrid` combines, as paths from the query. It must stay the outermost one.
 * Undefined when the query is no `hybrid`.
 */
export function hybridPaths(query: unknown): readonly Path[] | undefined {
  if (!isObject(query) || !isObject(query.hybrid)) return undefined;
  const { queries } = query.hybrid;
  return Array.isArray(queries) ? queries.map((_, position) => ['hybrid', 'queries', position]) : [];
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

const SCORING = ['must', 'should'];
const CLAUSES = [...SCORING, 'filter', 'must_not'];

/** Without any clause a `bool` matches all, and scores it 1. */
function onlyFilters(bool: JsonObject): boolean {
  return (
    CLAUSES.some((name) => listOf(bool[name]).length > 0) &&
    SCORING.every((name) => listOf(bool[name]).every(isFilterOnly))
  );
}

function isNothing(query: unknown): boolean {
  return isObject(query) && query.boost === 0;
}
