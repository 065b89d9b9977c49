// The category task: a person opens a category; what they take there in the window is right.
import { createRandom, type Random } from '../dataset/simulate/random.js';
import type { SqlSteps } from '../sql-steps.js';
import { type Assortment, itemsByCategory } from './assortment.js';
import type { EvaluateOptions } from './evaluation.js';
import { isExcluded } from './excluded.js';
import { readHistories } from './histories.js';
import { itemToItem } from './item-to-item.js';
import type { Label, OwnItems, Query, Task } from './query.js';

/** Categories judged of one person, in each label set. */
const MOST_QUERIES = 12;
const FEWEST_CANDIDATES = 20;
const SAMPLE_SEED = 281;
const NOTHING: OwnItems = { items: [], worths: [] };

export async function categoryTask(
  steps: SqlSteps,
  assortment: Assortment,
  { cut, users, excluded }: Pick<EvaluateOptions, 'cut' | 'users' | 'excluded'>,
): Promise<Task> {
  const histories = await readHistories(steps, 'person', cut);
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
  const queries = [...byPerson].flatMap(([userId, choices]) => {
    return personQueries(userId, inRandomOrder(random, choices), histories.get(userId) ?? NOTHING, cut);
  });
  const owners = [...histories.values()];
  return {
    queries,
    methods: [itemToItem(owners, assortment.products.length, ({ own }) => own.items)],
  };
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

/** The first twelve categories, and the first twelve with something new in them. */
function personQueries(userId: string, choices: readonly Choice[], own: OwnItems, now: number): Query[] {
  const owned = new Set(own.items);
  let all = 0;
  let fresh = 0;
  return choices.flatMap(({ category, candidates, taken }) => {
    const labels: Label[] = [];
    if (all++ < MOST_QUERIES) labels.push({ set: 'ALL', positives: taken });
    const positives = taken.filter((item) => !owned.has(item));
    if (positives.length > 0 && fresh++ < MOST_QUERIES)
      labels.push({ set: 'NEW', positives, without: owned }, { set: 'NEWFULL', positives });
    if (labels.length === 0) return [];
    return [
      { person: userId, userId, category, candidates, own, clicked: [], sessionEvents: [], now, labels },
    ];
  });
}
