// Reads the one category a search asks for, so that affinities inside that category apply.
import { pathBefore, possibleAncestors } from '../../core/category-paths.js';
import { categoryText } from '../../core/product.js';
import { isObject, type JsonObject, listOf } from '../json/json-value.js';
import type { ExactFields } from '../placement/engine-capabilities.js';

/** Parsed members of a search body; undefined where there is none. */
export interface CategorySources {
  readonly query: unknown;
  readonly knn: unknown;
  readonly retriever: unknown;
  readonly postFilter: unknown;
}

/** How a catalog's requests name its category. */
export interface CategoryPaths {
  /** mapping paths that hold the category as it is: the configured one, and its siblings that are not analyzed */
  readonly all: ReadonlySet<string>;
  /** those of which the mapping says that `match` on them is `term` */
  readonly matched: ReadonlySet<string>;
}

/** @param exact of the catalog; absent while its mapping is not known */
export function categoryPaths(categoryField: string, exact: ExactFields = new Map()): CategoryPaths {
  const matched = exact.get(categoryField) ?? new Set();
  return { all: matched.has(categoryField) ? matched : new Set([categoryField, ...matched]), matched };
}

/**
 * The category that every hit must have, where the search says so: `term`, `terms` of one value, or `match` where that is
 * the same, at the top or inside of queries that let no other hits pass (`bool`, `nested`, `function_score`, …); where
 * several lists of hits come together (`knn`, `hybrid`, `dis_max`, retrievers), by every one of them. Null when none or
 * more than one is named.
 */
export function requestedCategory(sources: CategorySources, paths: CategoryPaths): string | null {
  const { query, knn, retriever, postFilter } = sources;
  const nearest = listOf(knn).map((one) => (isObject(one) ? listOf(one.filter) : []));
  const lists = [...(query === undefined && nearest.length > 0 ? [] : [[query]]), ...nearest].map((clauses) =>
    requiredByEach(clauses, paths),
  );
  return lone([
    ...requiredByAll(lists),
    ...required(postFilter, paths),
    ...requiredByRetriever(retriever, paths),
  ]);
}

/** Where all are one, or one path and parents of it, the innermost. */
function lone(categories: readonly string[]): string | null {
  const contains = (outer: string, inner: string) =>
    outer === inner || possibleAncestors(inner).includes(outer);
  return categories.find((inner) => categories.every((outer) => contains(outer, inner))) ?? null;
}

function required(clause: unknown, paths: CategoryPaths): readonly string[] {
  if (!isObject(clause)) return [];
  const { bool, hybrid, dis_max } = clause;
  return [
    ...named(clause.term, paths.all, termValue),
    ...named(clause.terms, paths.all, onlyOne),
    ...named(clause.prefix, paths.all, prefixValue),
    ...named(clause.match, paths.matched, matchedValue),
    ...named(clause.match_phrase, paths.matched, matchedValue),
    ...requiredByEach(innerQueries(clause), paths),
    ...(isObject(bool) ? requiredByBool(bool, paths) : []),
    ...[hybrid, dis_max].flatMap((several) =>
      isObject(several) ? requiredByAny(listOf(several.queries), paths) : [],
    ),
  ];
}

/** The query inside of another that adds no hits to it. */
function innerQueries(clause: JsonObject): readonly unknown[] {
  const inside = (query: unknown, member: string) => (isObject(query) ? [query[member]] : []);
  return [
    ...[clause.function_score, clause.script_score, clause.nested].flatMap((outer) => inside(outer, 'query')),
    ...inside(clause.constant_score, 'filter'),
    ...inside(clause.boosting, 'positive'),
    ...[clause.pinned, clause.rule].flatMap((outer) => inside(outer, 'organic')),
  ];
}

/** Of clauses that all have to match. */
function requiredByEach(clauses: readonly unknown[], paths: CategoryPaths): readonly string[] {
  return clauses.flatMap((clause) => required(clause, paths));
}

/** Of clauses of which one has to match. */
function requiredByAny(clauses: readonly unknown[], paths: CategoryPaths): readonly string[] {
  return requiredByAll(clauses.map((clause) => required(clause, paths)));
}

/** A category that every one of several lists requires, and no other. */
function requiredByAll(lists: readonly (readonly string[])[]): readonly string[] {
  const category = lists.every(({ length }) => length > 0) ? lone(lists.flat()) : null;
  return category === null ? [] : [category];
}

/** What filters a retriever filters all that is inside it. */
function requiredByRetriever(retriever: unknown, paths: CategoryPaths): readonly string[] {
  if (!isObject(retriever)) return [];
  return Object.values(retriever).flatMap((inner) => {
    if (!isObject(inner)) return [];
    const fused = listOf(inner.retrievers).map((item) =>
      requiredByRetriever(isObject(item) && 'retriever' in item ? item.retriever : item, paths),
    );
    return [
      ...requiredByEach(listOf(inner.filter), paths),
      ...required(inner.query, paths),
      ...requiredByRetriever(inner.retriever, paths),
      ...requiredByAll(fused),
    ];
  });
}

/** Storefronts send a facet with one value ticked as a `should` of one clause. */
function requiredByBool(bool: JsonObject, paths: CategoryPaths): readonly string[] {
  const all = [...listOf(bool.filter), ...listOf(bool.must)];
  const atLeast = bool.minimum_should_match ?? (all.length > 0 ? 0 : 1);
  return [
    ...requiredByEach(all, paths),
    ...(needsOne(atLeast) ? requiredByAny(listOf(bool.should), paths) : []),
  ];
}

/** Whether `minimum_should_match` asks for one clause at least: `1`, `"2"`, `"100%"`. */
function needsOne(minimum: unknown): boolean {
  return minimum === '100%' || Number(minimum) > 0;
}

/** The category that a leaf query names: `{ [path]: value }`. */
function named(
  query: unknown,
  paths: ReadonlySet<string>,
  read: (value: unknown) => unknown,
): readonly string[] {
  if (!isObject(query)) return [];
  return Object.entries(query).flatMap(([path, value]) => {
    return paths.has(path) ? (categoryText(read(value)) ?? []) : [];
  });
}

/** `"shoes"` or `{ "value": "shoes" }`; one that ignores case may match several categories. */
function termValue(term: unknown): unknown {
  if (!isObject(term)) return term;
  return term.case_insensitive === true ? undefined : term.value;
}

/** `"Men > Shoes > "` begins all that is below a category, and nothing else. */
function prefixValue(prefix: unknown): unknown {
  const text = termValue(prefix);
  return typeof text === 'string' ? pathBefore(text) : undefined;
}

/** `"shoes"` or `{ "query": "shoes" }`; one that is analyzed or fuzzy may match several categories. */
function matchedValue(match: unknown): unknown {
  if (!isObject(match)) return match;
  return 'analyzer' in match || 'fuzziness' in match ? undefined : match.query;
}

/** `[103, "103"]` is one. */
function onlyOne(values: unknown): unknown {
  if (!Array.isArray(values)) return undefined;
  const [first, ...others] = values.map((value) => categoryText(value) ?? null);
  return others.every((other) => other === first) ? first : undefined;
}
