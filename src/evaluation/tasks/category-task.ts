// The category task: a user opens a category; what they take there in the window is right.
import { createRandom, type Random } from '../../datasets/simulate/random.js';
import { numberList } from '../../duckdb/json-lists.js';
import { readSqlFile } from '../../duckdb/sql-file.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import type { EvaluateOptions } from '../evaluation.js';
import { itemToItem } from '../methods/item-to-item.js';
import { type Assortment, isExcludedCategory, itemsByCategory } from './assortment.js';
import { readHistories } from './interactions.js';
import { type Label, NO_ITEMS, type OwnItems, type Query, type Task } from './judged-query.js';

const SQL = readSqlFile(new URL('category-task.sql', import.meta.url));

/** Categories judged of one user, in each label set. */
const MAX_QUERIES_PER_USER = 12;
/** Products that a category needs to be judged. */
export const MIN_CANDIDATES = 20;
const SAMPLE_SEED = 281;

type CategoryTaskInput = Pick<EvaluateOptions, 'cut' | 'users' | 'excluded'>;

export async function categoryTask(
  steps: SqlSteps,
  assortment: Assortment,
  input: CategoryTaskInput,
): Promise<Task> {
  const histories = await readHistories(steps, 'user', input.cut);
  const owners = [...histories.values()];
  return {
    queries: await categoryQueries(steps, assortment, histories, input),
    methods: [itemToItem(owners, assortment.products.length, ({ own }) => own.items)],
  };
}

/**
 * @param histories of those who are judged at least
 * @param maxQueries categories judged of one user, in each label set
 */
export async function categoryQueries(
  steps: SqlSteps,
  assortment: Assortment,
  histories: ReadonlyMap<string, OwnItems>,
  { cut, users, excluded }: CategoryTaskInput,
  maxQueries = MAX_QUERIES_PER_USER,
): Promise<Query[]> {
  const soldItems = itemsByCategory(assortment, (item) => assortment.sold[item] === true);
  const byUser = new Map<string, Choice[]>();
  for (const row of await steps.run(SQL, 'category-choices', { values: { cut: BigInt(cut) } })) {
    const [userId, category] = [String(row.user_id), String(row.category)];
    const candidates = soldItems.get(category) ?? [];
    if (users && !users.has(userId)) continue;
    if (candidates.length < MIN_CANDIDATES || isExcludedCategory(category, excluded)) continue;
    const choices = byUser.get(userId) ?? [];
    choices.push({ category, candidates, taken: numberList(row.items) });
    byUser.set(userId, choices);
  }
  const random = createRandom(SAMPLE_SEED);
  return [...byUser].flatMap(([userId, choices]) => {
    const own = histories.get(userId) ?? NO_ITEMS;
    return userQueries({ userId, own, now: cut, maxQueries }, inRandomOrder(random, choices));
  });
}

/**
 * A random sample of users who took something from the cut on in a category that can be judged.
 * @param limits users, categories of all of them, and categories that count of one user
 */
export async function sampleUsersToJudge(
  steps: SqlSteps,
  cut: number,
  limits: { readonly max_users: number; readonly max_lists: number; readonly max_lists_per_user: number },
): Promise<ReadonlySet<string>> {
  const values = { cut: BigInt(cut), min_candidates: MIN_CANDIDATES, ...limits };
  const rows = await steps.run(SQL, 'judged-users', { values });
  return new Set(rows.map(({ user_id }) => String(user_id)));
}

interface Choice {
  readonly category: string;
  readonly candidates: readonly number[];
  readonly taken: readonly number[];
}

function inRandomOrder<T>(random: Random, items: readonly T[]): T[] {
  const keyed = items.map((item) => ({ item, key: random() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

interface JudgedUser extends Pick<Query, 'own' | 'now'> {
  readonly userId: string;
  readonly maxQueries: number;
}

/** The first categories, and the first with something new in them. */
function userQueries({ userId, own, now, maxQueries }: JudgedUser, choices: readonly Choice[]): Query[] {
  const owned = new Set(own.items);
  let all = 0;
  let fresh = 0;
  return choices.flatMap(({ category, candidates, taken }) => {
    const labels: Label[] = [];
    if (all++ < maxQueries) labels.push({ set: 'ALL', positives: taken });
    const positives = taken.filter((item) => !owned.has(item));
    if (positives.length > 0 && fresh++ < maxQueries)
      labels.push({ set: 'NEW', positives, without: owned }, { set: 'NEWFULL', positives });
    if (labels.length === 0) return [];
    return [
      { subject: userId, userId, category, candidates, own, clicked: [], sessionEvents: [], now, labels },
    ];
  });
}
