// A part of a request that is personalized by itself, where the whole cannot be.

import { isFilterOnly } from '../facts/query-traits.js';
import { isObject } from '../json/json-value.js';
import type { Path } from '../json/span-at.js';

export interface Site {
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
export function querySites(query: unknown, at: Path, paths: readonly Path[]): readonly Site[] {
  const parts = paths.map((path) => ({ path, part: valueAt(query, path) }));
  if (!parts.every(({ part }) => isObject(part))) return [];
  return parts.map(({ path, part }) => ({
    path: [...at, ...path],
    window: null,
    filterOnly: isFilterOnly(part),
  }));
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((found, step) => {
    if (Array.isArray(found) && typeof step === 'number') return found[step];
    return isObject(found) && typeof step === 'string' ? found[step] : undefined;
  }, value);
}
