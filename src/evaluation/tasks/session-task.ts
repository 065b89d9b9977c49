// The session task: from the third click on, which product not yet seen in the session is clicked next?
import type { ProductEvent } from '../../core/affinity/affinity.js';
import { sqlString } from '../../duckdb/duckdb.js';
import { textLists } from '../../duckdb/json-lists.js';
import { readSqlFile } from '../../duckdb/sql-file.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import type { EvaluateOptions } from '../evaluation.js';
import { itemToItem } from '../methods/item-to-item.js';
import { readMarkov } from '../methods/markov.js';
import { type Assortment, isExcludedCategory, itemsByCategory } from './assortment.js';
import { readHistories } from './interactions.js';
import { NO_ITEMS, type Query, type Task } from './judged-query.js';

const SQL = readSqlFile(new URL('session-task.sql', import.meta.url));

/** Clicks seen before the first prediction. */
const CLICKS_BEFORE = 2;

interface SessionEvent extends ProductEvent {
  readonly item: number;
}

/** `actions` are the names of clicks. */
export async function sessionTask(
  steps: SqlSteps,
  assortment: Assortment,
  {
    cut,
    until,
    users,
    excluded,
    actions,
  }: Pick<EvaluateOptions, 'cut' | 'until' | 'users' | 'excluded'> & { readonly actions: readonly string[] },
): Promise<Task> {
  const clicks = actions.map(sqlString).join(', ');
  const histories = await readHistories(steps, 'user', cut);
  const baskets = [...(await readHistories(steps, 'basket', cut)).values()];
  const categories = itemsByCategory(assortment, () => true);
  const rows = await steps.run(SQL, 'sessions', {
    text: { clicks },
    values: { cut: BigInt(cut), until: BigInt(until) },
  });
  const queries = rows.flatMap(({ user_id, session_id, events }) => {
    const userId = user_id === null ? null : String(user_id);
    if (users && (userId === null || !users.has(userId))) return [];
    const own = (userId !== null && histories.get(userId)) || NO_ITEMS;
    const subject = userId ?? `session ${session_id}`;
    return sessionQueries(
      sessionEvents(textLists(events), assortment),
      { subject, userId, own },
      categories,
      actions,
    );
  });
  return {
    queries: queries.filter(({ category }) => !isExcludedCategory(category, excluded)),
    methods: [
      itemToItem(baskets, assortment.products.length, ({ clicked }) => [...new Set(clicked)]),
      await readMarkov(steps, clicks, cut),
    ],
  };
}

function sessionEvents(events: readonly (readonly string[])[], { products }: Assortment): SessionEvent[] {
  return events.flatMap(([action = '', timestamp, number]) => {
    const item = Number(number);
    const product = products[item];
    return product ? [{ action, timestamp: Number(timestamp), item, product }] : [];
  });
}

/** A query before every first click on a product; products already clicked are no candidates. */
function sessionQueries(
  events: readonly SessionEvent[],
  subject: Pick<Query, 'subject' | 'userId' | 'own'>,
  categories: ReadonlyMap<string, readonly number[]>,
  clicks: readonly string[],
): Query[] {
  const queries: Query[] = [];
  const clicked: number[] = [];
  for (const [place, { action, timestamp, item, product }] of events.entries()) {
    if (!clicks.includes(action)) continue;
    const [category] = product.categories;
    if (category !== undefined && clicked.length >= CLICKS_BEFORE && !clicked.includes(item)) {
      const candidates = (categories.get(category) ?? []).filter((other) => !clicked.includes(other));
      if (candidates.length > 1)
        queries.push({
          ...subject,
          category,
          candidates,
          clicked: [...clicked],
          sessionEvents: events.slice(0, place),
          now: timestamp,
          labels: [{ set: 'NEXT', positives: [item] }],
        });
    }
    clicked.push(item);
  }
  return queries;
}
