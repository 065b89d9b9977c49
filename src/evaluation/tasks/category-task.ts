// The category task: a person opens a category; what they take there in the window is right.
import { createRandom, type Random } from '../../datasets/simulate/random.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import type { EvaluateOptions } from '../evaluation.js';
import { itemToItem } from '../methods/item-to-item.js';
import { type Assortment, itemsByCategory } from './assortment.js';
import { isExcluded } from './excluded-categories.js';
import { readHistories } from './histories.js';
import type { Label, OwnItems, Query, Task } from './judged-query.js';

/** Categories judged of one person, in each label set. */
const MOST_QUERIES = 12;
/** Products that a category needs to be judged. */
export const FEWEST_CANDIDATES = 20;
const SAMPLE_SEED = 281;
const NOTHING: OwnItems = { items: [], worths: [] };

type Asked = Pick<EvaluateOptions, 'cut' | 'users' | 'excluded'>;

export async function categoryTask(steps: SqlSteps, assortment: Assortment, asked: Asked): Promise<Task> {
  const histories = await readHistories(steps, 'person', asked.cut);
  const owners = [...histories.values()];
  return {
    queries: await categoryQueries(steps, assortment, histories, asked),
    methods: [itemToItem(owners, assortment.products.length, ({ own }) => own.items)],
  };
}

/**
 * @param histories of those who are judged at least
 * @param mostQueries categories judged of one person, in each label set
 */
export async function categoryQueries(
  steps: SqlSteps,
  assortment: Assortment,
  histories: ReadonlyMap<string, OwnItems>,
  { cut, users, excluded }: Asked,
  mostQueries = MOST_QUERIES,
): Promise<Query[]> {
  const shelves = itemsByCategory(assortment, (item) => assortment.sold[item] === true);
  const byPerson = new Map<string, Choice[]>();
  for (const row of await steps.run('evaluation/category-choices', { values: { cut: BigInt(cut) } })) {
    const [userId, category] = [String(row.user_id), String(row.category)];
    const candidates = shelves.get(category) ?? [];
    if (users && !users.has(userId)) continue;
    if (candidates.length < FEWEST_CANDIDATES || isExcluded(category, excluded)) continue;
    const choices = byPerson.get(userId) ?? [];
    choices.push({ category, candidates, taken: row.items as number[] });
    byPerson.set(userId, choices);
  }
  const random = createRandom(SAMPLE_SEED);
  return [...byPerson].flatMap(([userId, choices]) => {
    const own = histories.get(userId) ?? NOTHING;
    return personQueries({ userId, own, now: cut, mostQueries }, inRandomOrder(random, choices));
  });
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

interface Asker extends Pick<Query, 'own' | 'now'> {
  readonly userId: string;
  readonly mostQueries: number;
}

/** The first categories, and the first with something new in them. */
function personQueries({ userId, own, now, mostQueries }: Asker, choices: readonly Choice[]): Query[] {
  const owned = new Set(own.items);
  let all = 0;
  let fresh = 0;
  return choices.flatMap(({ category, candidates, taken }) => {
    const labels: Label[] = [];
    if (all++ < mostQueries) labels.push({ set: 'ALL', positives: taken });
    const positives = taken.filter((item) => !owned.has(item));
    if (positives.length > 0 && fresh++ < mostQueries)
      labels.push({ set: 'NEW', positives, without: owned }, { set: 'NEWFULL', positives });
    if (labels.length === 0) return [];
    return [
      { person: userId, userId, category, candidates, own, clicked: [], sessionEvents: [], now, labels },
    ];
  });
}
