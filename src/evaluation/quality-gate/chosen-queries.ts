// Bounds the work of a judgement, however many products its categories have.
import type { Query } from '../tasks/judged-query.js';

/** Products to be scored by each method; a microsecond or two each. */
const MOST_CANDIDATES = 2_000_000;
/** Judged all the same, or nothing could be said. */
const FEWEST_QUERIES = 200;

/**
 * Everybody's first list, then everybody's second, and so on, as far as it goes; in their old order, by person.
 * @param people in a random order, which decides whose lists are left out
 */
export function chosenQueries(queries: readonly Query[], people: Iterable<string>): Query[] {
  const lists = new Map<string, Query[]>([...people].map((person) => [person, []]));
  for (const query of queries) lists.get(query.person)?.push(query);
  const chosen = new Set<Query>();
  const most = Math.max(0, ...[...lists.values()].map(({ length }) => length));
  let candidates = 0;
  for (let turn = 0; turn < most; turn++)
    for (const list of lists.values()) {
      const query = list[turn];
      if (!query || (candidates >= MOST_CANDIDATES && chosen.size >= FEWEST_QUERIES)) continue;
      chosen.add(query);
      candidates += query.candidates.length;
    }
  return queries.filter((query) => chosen.has(query));
}
