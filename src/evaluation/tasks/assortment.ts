// The products of an evaluation under numbers, with the popularity of the base ranking and a fixed order for ties.
import type { Json } from '@duckdb/node-api';
import type { Product } from '../../core/product.js';
import { createRandom, shuffle } from '../../datasets/simulate/random.js';
import { sqlString } from '../../duckdb/duckdb.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';

const TIES_SEED = 20_170_101;

export interface Assortment {
  /** by number */
  readonly products: readonly Product[];
  /** what the base ranking is the square root of; > 0 */
  readonly popularity: Float64Array;
  /** place in a random order, the same in every run */
  readonly tieOrder: Int32Array;
  /** whether anyone took it in the 182 days before the cut */
  readonly sold: readonly boolean[];
}

/**
 * Leaves the tables `deeds` and `assortment`.
 * @param actions the events that are judged and that make products popular
 */
export async function countDeeds(
  steps: SqlSteps,
  { actions, cut, until }: { actions: readonly string[]; cut: number; until: number },
): Promise<void> {
  await steps.run('evaluation/deeds', {
    text: { actions: actions.map(sqlString).join(', ') },
    values: { until: BigInt(until) },
  });
  await steps.run('evaluation/assortment', { values: { cut: BigInt(cut) } });
}

/** After `countDeeds`, and after the training, which leaves the products' values. */
export async function readAssortment(steps: SqlSteps): Promise<Assortment> {
  const rows = await steps.run('evaluation/products');
  const once = keepOnce();
  const order = Int32Array.from(rows.keys());
  shuffle(createRandom(TIES_SEED), order);
  return {
    products: rows.map(({ object_id, category, pairs }) => ({
      objectId: String(object_id),
      category: category === null ? null : String(category),
      values: valuesByField(pairs as string[][] | null, once),
    })),
    popularity: Float64Array.from(rows, ({ popularity }) => Number(popularity)),
    tieOrder: order,
    sold: rows.map(({ sold }: Record<string, Json>) => sold === true),
  };
}

/** The same text object for the same text: a million values are a few thousand, found faster in maps. */
function keepOnce(): (text: string) => string {
  const kept = new Map<string, string>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    kept.set(text, text);
    return text;
  };
}

function valuesByField(pairs: readonly string[][] | null, once: (text: string) => string): Product['values'] {
  const values = new Map<string, string[]>();
  for (const [field = '', value = ''] of pairs ?? []) {
    const known = values.get(field);
    if (known) known.push(once(value));
    else values.set(once(field), [once(value)]);
  }
  return values;
}

/** Category → items of it, those that `keep` lets pass. */
export function itemsByCategory(
  { products }: Assortment,
  keep: (item: number) => boolean,
): ReadonlyMap<string, readonly number[]> {
  const shelves = new Map<string, number[]>();
  for (const [item, { category }] of products.entries()) {
    if (category === null || !keep(item)) continue;
    const shelf = shelves.get(category);
    if (shelf) shelf.push(item);
    else shelves.set(category, [item]);
  }
  return shelves;
}
