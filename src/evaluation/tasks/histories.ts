// What people, or baskets, had before the cut.
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import type { OwnItems } from './judged-query.js';

/** Days; any from 60 to 240 ranks alike. */
const HALF_LIFE = 120;

/**
 * By user id, or by basket. After `countDeeds`.
 * @param cut milliseconds since the epoch
 * @param owners only of these; null: everyone's
 */
export async function readHistories(
  steps: SqlSteps,
  by: 'person' | 'basket',
  cut: number,
  owners: ReadonlySet<string> | null = null,
): Promise<ReadonlyMap<string, OwnItems>> {
  const owner = by === 'person' ? 'd.user_id' : "concat(d.user_id, ' ', d.basket)";
  const rows = await steps.run('evaluation/histories', {
    text: { owner },
    values: { cut: BigInt(cut), half_life: HALF_LIFE, owners: owners && JSON.stringify([...owners]) },
  });
  return new Map(
    rows.map(({ owner: name, items, worths }) => [
      String(name),
      { items: items as number[], worths: worths as number[] },
    ]),
  );
}
