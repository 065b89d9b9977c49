// A part of a request that is personalized by itself, where the whole cannot be.

import { isFilterOnly } from '../facts/query-traits.js';
import { isObject, type Path, valueAt } from '../json/json-value.js';

export interface PlacementSite {
  /** from the body */
  readonly path: Path;
  /** hits of a `rescorer` retriever around the retriever at `path`; null: the query at `path` is wrapped */
  readonly window: number | null;
  /** it scores every hit 0, so the boosts count as if it scored 1 */
  readonly filterOnly: boolean;
  /** a `standard` retriever without a query: it needs one that matches everything, which its own is by default */
  readonly bare?: boolean;
}

/**
 * Queries that are wrapped, each by itself; none when one of them is no object, as the engine will say.
 * @param at where `query` is, from the body
 * @param paths from there
 */
export function querySites(query: unknown, at: Path, paths: readonly Path[]): readonly PlacementSite[] {
  const parts = paths.map((path) => ({ path, part: valueAt(query, path) }));
  if (!parts.every(({ part }) => isObject(part))) return [];
  return parts.map(({ path, part }) => ({
    path: [...at, ...path],
    window: null,
    filterOnly: isFilterOnly(part),
  }));
}
