// The interactions that an evaluation judges by, whatever a log calls them, and what users had before the cut.
import { canonicalEventName } from '../../core/event/event-names.js';
import { sqlString } from '../../duckdb/duckdb.js';
import { numberList } from '../../duckdb/json-lists.js';
import { readSqlFile } from '../../duckdb/sql-file.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import type { TrainingSource } from '../../training/sources/training-source.js';
import type { OwnItems } from './judged-query.js';

const SQL = readSqlFile(new URL('interactions.sql', import.meta.url));

const CLICKS = ['view', 'click'];
/** Half-life in days of what users had; any from 60 to 240 ranks alike. */
const HALF_LIFE = 120;

/** Names of purchases; where the log has none before the cut, of clicks. */
export async function purchaseActions(source: Pick<TrainingSource, 'survey'>): Promise<readonly string[]> {
  const purchases = await actionsNamed(source, ['purchase']);
  return purchases.length > 0 ? purchases : clickActions(source);
}

/** Names of clicks: Kindred's own where the log has none before the cut. */
export async function clickActions(source: Pick<TrainingSource, 'survey'>): Promise<readonly string[]> {
  const clicks = await actionsNamed(source, CLICKS);
  return clicks.length > 0 ? clicks : CLICKS;
}

async function actionsNamed(
  source: Pick<TrainingSource, 'survey'>,
  events: readonly string[],
): Promise<readonly string[]> {
  const { seen } = await source.survey();
  return seen.map(({ action }) => action).filter((action) => events.includes(canonicalEventName(action)));
}

/**
 * Leaves the tables `interactions` and `assortment`.
 * @param actions the events that are judged and that make products popular
 */
export async function findInteractions(
  steps: SqlSteps,
  { actions, cut, until }: { actions: readonly string[]; cut: number; until: number },
): Promise<void> {
  await steps.run(SQL, 'interactions', {
    text: { actions: actions.map(sqlString).join(', ') },
    values: { until: BigInt(until) },
  });
  await steps.run(SQL, 'assortment', { values: { cut: BigInt(cut) } });
}

/**
 * What users or baskets had before the cut, by user id or by basket. After `findInteractions`.
 * @param cut milliseconds since the epoch
 * @param owners only of these; null: of all
 */
export async function readHistories(
  steps: SqlSteps,
  by: 'user' | 'basket',
  cut: number,
  owners: ReadonlySet<string> | null = null,
): Promise<ReadonlyMap<string, OwnItems>> {
  const owner = by === 'user' ? 'i.user_id' : "concat(i.user_id, ' ', i.basket)";
  const rows = await steps.run(SQL, 'histories', {
    text: { owner },
    values: { cut: BigInt(cut), half_life: HALF_LIFE, owners: owners && JSON.stringify([...owners]) },
  });
  return new Map(
    rows.map(({ owner: name, items, worths }) => [
      String(name),
      { items: numberList(items), worths: numberList(worths) },
    ]),
  );
}
