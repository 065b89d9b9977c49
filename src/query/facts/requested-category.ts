// Reads the one category a search asks for, so that affinities inside that category apply.
import { isObject, type JsonObject, listOf } from '../json/json-value.js';

/** Parsed members of a search body; undefined where there is none. */
export interface CategorySources {
  readonly query: unknown;
  readonly knn: unknown;
  readonly retriever: unknown;
  readonly postFilter: unknown;
}

/**
 * The category that every hit must have, where the search says so in one of these forms: `term`, or `terms` of one value,
 * on the category field, at the top or under `bool` (`filter`, `must`, or a lone `should` clause), `function_score`,
 * `constant_score` and the `organic` query of pinned hits; where several lists of hits come together (`knn`, `hybrid`,
 * retrievers), by every one of them. Null when none or more than one is named.
 */
export function requestedCategory(sources: CategorySources, categoryField: string): string | null {
  const { query, knn, retriever, postFilter } = sources;
  const nearest = listOf(knn).map((one) => (isObject(one) ? listOf(one.filter) : []));
  const lists = [...(query === undefined && nearest.length > 0 ? [] : [[query]]), ...nearest].map((clauses) =>
    clauses.flatMap((clause) => required(clause, categoryField)),
  );
  return lone([
    ...requiredByAll(lists),
    ...required(postFilter, categoryField),
    ...requiredByRetriever(retriever, categoryField),
  ]);
}

function lone(categories: readonly string[]): string | null {
  const [only] = categories;
  return only !== undefined && categories.every((category) => category === only) ? only : null;
}

function required(clause: unknown, field: string): readonly string[] {
  if (!isObject(clause)) return [];
  return [
    ...(isObject(clause.term) ? text(termValue(clause.term[field])) : []),
    ...(isObject(clause.terms) ? text(onlyOne(clause.terms[field])) : []),
    ...(isObject(clause.bool) ? requiredByBool(clause.bool, field) : []),
    ...(isObject(clause.function_score) ? required(clause.function_score.query, field) : []),
    ...(isObject(clause.constant_score) ? required(clause.constant_score.filter, field) : []),
    ...[clause.pinned, clause.rule].flatMap((pins) => (isObject(pins) ? required(pins.organic, field) : [])),
    ...(isObject(clause.hybrid)
      ? requiredByAll(listOf(clause.hybrid.queries).map((query) => required(query, field)))
      : []),
  ];
}

/** A category that every one of several lists requires, and no other. */
function requiredByAll(lists: readonly (readonly string[])[]): readonly string[] {
  const category = lists.every(({ length }) => length > 0) ? lone(lists.flat()) : null;
  return category === null ? [] : [category];
}

/** What filters a retriever filters all that is inside it. */
function requiredByRetriever(retriever: unknown, field: string): readonly string[] {
  if (!isObject(retriever)) return [];
  return Object.values(retriever).flatMap((inner) => {
    if (!isObject(inner)) return [];
    const fused = listOf(inner.retrievers).map((item) =>
      requiredByRetriever(isObject(item) && 'retriever' in item ? item.retriever : item, field),
    );
    return [
      ...listOf(inner.filter).flatMap((clause) => required(clause, field)),
      ...required(inner.query, field),
      ...requiredByRetriever(inner.retriever, field),
      ...requiredByAll(fused),
    ];
  });
}

function requiredByBool(bool: JsonObject, field: string): readonly string[] {
  const all = [...listOf(bool.filter), ...listOf(bool.must)];
  return (all.length > 0 ? all : loneShould(bool)).flatMap((clause) => required(clause, field));
}

/** Storefronts send a facet with one value ticked as a `should` of one clause, which is then required. */
function loneShould(bool: JsonObject): readonly unknown[] {
  const should = listOf(bool.should);
  const atLeast = bool.minimum_should_match ?? 1;
  return should.length === 1 && Number(atLeast) === 1 ? should : [];
}

/** `"shoes"` or `{ "value": "shoes" }`; one that ignores case may match several categories. */
function termValue(term: unknown): unknown {
  if (!isObject(term)) return term;
  return term.case_insensitive === true ? undefined : term.value;
}

function onlyOne(values: unknown): unknown {
  return Array.isArray(values) && values.length === 1 ? values[0] : undefined;
}

/** Products without a category may have an empty one. */
function text(value: unknown): readonly string[] {
  return typeof value === 'string' && value !== '' ? [value] : [];
}
