// Elasticsearch's retriever trees: what produces scores is personalized, what fuses ranks or scores is left to fuse.

import { isFilterOnly, organicPaths } from '../facts/query-traits.js';
import { readSortKind } from '../facts/sort-kind.js';
import { isObject, type JsonObject, listOf, type Path, readCount } from '../json/json-value.js';
import { type PlacementSite, querySites } from './placement-site.js';

export interface RetrieverLimits {
  /** whether a `rescorer` retriever can be put around others */
  readonly rescorer: boolean;
  /** hits of a window that is ours to choose */
  readonly window: number;
  /** the most hits a window may hold */
  readonly maxWindow: number;
}

/** `rank_window_size`, and the window of a rescorer, where the request does not say. */
const DEFAULT_WINDOW = 10;

/**
 * The parts of a body's `retriever` that are personalized; none when it has no part that can be. Behind the window a
 * rescorer brings no hits at all, so a page that reaches behind it gets its query wrapped.
 * @param reach `from` + `size`
 */
export function retrieverSites(
  retriever: unknown,
  reach: number,
  limits: RetrieverLimits,
): readonly PlacementSite[] {
  return partsOf(retriever, ['retriever'], reach <= limits.window ? limits.window : null, limits);
}

/** How many hits a body's `retriever` brings at most; it is refused with a larger `size`. NaN when it does not say. */
export function retrievedHits(retriever: unknown): number {
  if (!isObject(retriever)) return Number.POSITIVE_INFINITY;
  const [[type, inner] = []] = Object.entries(retriever);
  if (type === 'standard' || type === 'knn' || !isObject(inner)) return Number.POSITIVE_INFINITY;
  return type === 'rescorer' ? rescorerWindow(inner) : readCount(inner.rank_window_size, DEFAULT_WINDOW);
}

/** @param window hits of a rescorer that is ours; null: none can be put here */
function partsOf(
  retriever: unknown,
  path: Path,
  window: number | null,
  limits: RetrieverLimits,
): readonly PlacementSite[] {
  if (!isObject(retriever)) return [];
  const [[type, inner] = [], ...others] = Object.entries(retriever);
  if (type === undefined || others.length > 0 || !isObject(inner)) return [];
  const at = [...path, type];
  const ranked = readCount(inner.rank_window_size, DEFAULT_WINDOW);
  const fused = ranked <= limits.maxWindow ? Math.max(limits.window, ranked) : null;
  const leaf = type === 'standard' || type === 'knn';
  const floored = () => (leaf ? path.length > 1 && inner.min_score !== undefined : hasFloor(inner));
  const around = (hits: number | null, rest: Partial<PlacementSite> = {}): readonly PlacementSite[] =>
    limits.rescorer && hits !== null && hits <= limits.maxWindow && !floored()
      ? [{ path, window: hits, filterOnly: false, ...rest }]
      : [];
  switch (type) {
    case 'standard': {
      if (!isPlain(inner)) return [];
      const bare = inner.query === undefined;
      const windowed = needsWrap(inner)
        ? []
        : around(window, bare ? { bare } : { filterOnly: isFilterOnly(inner.query) });
      return windowed.length > 0 ? windowed : wrappedQuery(inner, at);
    }
    case 'knn':
      return around(window);
    // These bring few hits, with scores that replace those of what is inside.
    case 'rescorer':
      return around(rescorerWindow(inner));
    case 'text_similarity_reranker':
      return around(ranked);
    case 'pinned':
    case 'rule':
      return partsOf(inner.retriever, [...at, 'retriever'], fused, limits);
    case 'rrf':
    case 'linear':
      return listOf(inner.retrievers).flatMap((item, position) => {
        const weighted = isObject(item) && 'retriever' in item;
        const itemPath = [...at, 'retrievers', position];
        return weighted
          ? partsOf(item.retriever, [...itemPath, 'retriever'], fused, limits)
          : partsOf(item, itemPath, fused, limits);
      });
    default:
      return [];
  }
}

/** Sorted by something else than the score, or cut off in index order, it is left alone. */
function isPlain(standard: JsonObject): boolean {
  return readSortKind(standard.sort, undefined) !== 'other' && standard.terminate_after === undefined;
}

/** Two retrievers deep, a `min_score` no longer counts for the total. */
function hasFloor(retriever: JsonObject): boolean {
  return JSON.stringify(retriever).includes('"min_score":');
}

/** What is refused beside a rescorer, and scores that cannot be multiplied. */
function needsWrap(standard: JsonObject): boolean {
  return (
    readSortKind(standard.sort, undefined) !== 'relevance' ||
    standard.search_after !== undefined ||
    standard.collapse !== undefined ||
    organicPaths(standard.query).length > 0
  );
}

/** Inside the query, boosts would change which hits pass a `min_score`. */
function wrappedQuery({ query, min_score }: JsonObject, path: Path): readonly PlacementSite[] {
  if (min_score !== undefined) return [];
  const organic = organicPaths(query);
  return querySites(query, [...path, 'query'], organic.length > 0 ? organic : [[]]);
}

/** A rescorer brings as many hits as its smallest window holds. */
function rescorerWindow({ rescore }: JsonObject): number {
  return Math.min(
    ...listOf(rescore).map((one) => readCount(isObject(one) ? one.window_size : undefined, DEFAULT_WINDOW)),
  );
}
