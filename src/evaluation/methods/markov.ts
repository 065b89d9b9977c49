// Last-click transitions: how often other sessions went on from the last click to each candidate.
import { numberList } from '../../duckdb/json-lists.js';
import { readSqlFile } from '../../duckdb/sql-file.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import type { Method } from '../tasks/judged-query.js';

const SQL = readSqlFile(new URL('markov.sql', import.meta.url));

/**
 * @param clicks SQL list of the actions that are clicks
 * @param cut only earlier clicks count
 */
export async function readMarkov(steps: SqlSteps, clicks: string, cut: number): Promise<Method> {
  const rows = await steps.run(SQL, 'click-transitions', { text: { clicks }, values: { cut: BigInt(cut) } });
  const next = new Map(
    rows.map(({ previous, items, times }) => {
      const counts = numberList(times);
      return [Number(previous), new Map(numberList(items).map((item, place) => [item, counts[place] ?? 0]))];
    }),
  );
  return {
    name: 'markov',
    score({ clicked, candidates }) {
      const followers = next.get(clicked.at(-1) ?? -1);
      return Float64Array.from(candidates, (item) => followers?.get(item) ?? 0);
    },
  };
}
