// The parts of a request that are personalized one by one: queries under pins or in a `hybrid`, and retrievers that score.
import { readSortKind } from '../facts/list-order.js';
import { organicPaths } from '../facts/search-facts.js';
import { type ZeroScores, zeroScores } from '../facts/zero-scores.js';
import { isObject, type JsonObject, listOf, type Path, readCount, valueAt } from '../json/json-value.js';

export interface PlacementSite {
  /** from the body */
  readonly path: Path;
  /** hits of a `rescorer` retriever around the retriever at `path`; null: the query at `path` is wrapped */
  readonly window: number | null;
  /** which of its hits score 0 */
  readonly zeros: ZeroScores;
  /** a `standard` retriever without a query, which matches everything: boosts need one that says so */
  readonly bare?: boolean;
}

export interface RetrieverLimits {
  /** whether a `rescorer` retriever can be put around others */
  readonly rescorer: boolean;
  /** hits of a rescore window, where the request does not say how many */
  readonly window: number;
  /** `from` + `size`: a rescorer around everything has to hold as many */
  readonly reach: number;
  /** the most hits a window may hold */
  readonly maxWindow: number;
}

/** The engine's, of `rank_window_size` and of a rescorer's window. */
const DEFAULT_WINDOW = 10;

/**
 * Queries that are wrapped, each by itself; none when one of them is no object, which the engine refuses.
 * @param at where `query` is, from the body
 * @param paths from there
 */
export function querySites(query: unknown, at: Path, paths: readonly Path[]): readonly PlacementSite[] {
  const parts = paths.map((path) => ({ path, part: valueAt(query, path) }));
  if (!parts.every(({ part }) => isObject(part))) return [];
  return parts.map(({ path, part }) => ({
    path: [...at, ...path],
    window: null,
    zeros: zeroScores(part),
  }));
}

/**
 * The retrievers of a body's `retriever` tree that are personalized: those that produce scores, not those that combine
 * ranks or scores of others. None when the tree has none that can be. A rescorer returns no hits beyond its window, so
 * the query of an outermost `standard` retriever, whose pages may reach behind any window, is wrapped.
 */
export function retrieverSites(retriever: unknown, limits: RetrieverLimits): readonly PlacementSite[] {
  return partsOf(retriever, ['retriever'], null, limits);
}

/** The most hits a body's `retriever` returns; a larger `size` is refused. NaN when its window is no count. */
export function retrievedHits(retriever: unknown): number {
  if (!isObject(retriever)) return Number.POSITIVE_INFINITY;
  const [[type, inner] = []] = Object.entries(retriever);
  if (type === 'standard' || type === 'knn' || !isObject(inner)) return Number.POSITIVE_INFINITY;
  return type === 'rescorer' ? rescorerWindow(inner) : readCount(inner.rank_window_size, DEFAULT_WINDOW);
}

/** @param window hits of the rescorer to put around a retriever; null: none can be */
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
  const hasMinimum = () => (leaf ? path.length > 1 && inner.min_score !== undefined : hasMinScore(inner));
  const around = (hits: number | null, rest: Partial<PlacementSite> = {}): readonly PlacementSite[] =>
    limits.rescorer && hits !== null && hits <= limits.maxWindow && !hasMinimum()
      ? [{ path, window: hits, zeros: 'none', ...rest }]
      : [];
  switch (type) {
    case 'standard': {
      if (!ranksByScore(inner)) return [];
      const bare = inner.query === undefined;
      const windowed = needsWrap(inner)
        ? []
        : around(window, bare ? { bare } : { zeros: zeroScores(inner.query) });
      return windowed.length > 0 ? windowed : wrappedQuery(inner, at);
    }
    case 'knn':
      // All of its hits are in the window, whatever the page.
      return around(
        path.length === 1 ? Math.max(limits.window, limits.reach, readCount(inner.k, 0)) : window,
      );
    // These return few hits, with scores that replace those of the retriever inside.
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

/** One that is sorted by something else, or stops in index order, is left alone. */
function ranksByScore(standard: JsonObject): boolean {
  return readSortKind(standard.sort) !== 'other' && standard.terminate_after === undefined;
}

/** Two retrievers deep, the engine no longer applies a `min_score` to the total. */
function hasMinScore(retriever: JsonObject): boolean {
  return JSON.stringify(retriever).includes('"min_score":');
}

/** Members that are refused beside a rescorer, and scores of pinned hits, which cannot be multiplied. */
function needsWrap(standard: JsonObject): boolean {
  return (
    readSortKind(standard.sort) !== 'relevance' ||
    standard.search_after !== undefined ||
    standard.collapse !== undefined ||
    organicPaths(standard.query).length > 0
  );
}

/** None beside a `min_score`: boosts inside the query would change which hits pass it. */
function wrappedQuery({ query, min_score }: JsonObject, path: Path): readonly PlacementSite[] {
  if (min_score !== undefined) return [];
  if (query === undefined) return [{ path, window: null, zeros: 'none', bare: true }];
  const organic = organicPaths(query);
  return querySites(query, [...path, 'query'], organic.length > 0 ? organic : [[]]);
}

/** A rescorer returns as many hits as its smallest window holds. */
function rescorerWindow({ rescore }: JsonObject): number {
  return listOf(rescore).reduce<number>((smallest, one) => {
    const window = readCount(isObject(one) ? one.window_size : undefined, DEFAULT_WINDOW);
    return Math.min(smallest, window);
  }, Number.POSITIVE_INFINITY);
}
