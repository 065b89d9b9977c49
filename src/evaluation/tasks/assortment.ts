// The products of an evaluation under numbers, with the popularity of the base ranking and a fixed order for ties.
import type { Product } from '../../core/product.js';
import { createRandom, shuffle } from '../../datasets/simulate/random.js';
import { textList, textLists } from '../../duckdb/json-lists.js';
import { readSqlFile } from '../../duckdb/sql-file.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';

const SQL = readSqlFile(new URL('interactions.sql', import.meta.url));

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

/** After `findInteractions`, and after the training, which leaves the products' values. */
export async function readAssortment(steps: SqlSteps): Promise<Assortment> {
  const rows = await steps.run(SQL, 'assortment-products');
  const once = keepOnce();
  const order = Int32Array.from(rows.keys());
  shuffle(createRandom(TIES_SEED), order);
  return {
    products: rows.map(({ object_id, categories, pairs }) => ({
      objectId: String(object_id),
      categories: textList(categories).map(once),
      values: valuesByField(textLists(pairs), once),
    })),
    popularity: Float64Array.from(rows, ({ popularity }) => Number(popularity)),
    tieOrder: order,
    sold: rows.map(({ sold }) => sold === true),
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

function valuesByField(
  pairs: readonly (readonly string[])[],
  once: (text: string) => string,
): Product['values'] {
  const values = new Map<string, string[]>();
  for (const [field = '', value = ''] of pairs) {
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
  const byCategory = new Map<string, number[]>();
  for (const [item, { categories }] of products.entries()) {
    if (!keep(item)) continue;
    for (const category of categories) {
      const items = byCategory.get(category);
      if (items) items.push(item);
      else byCategory.set(category, [item]);
    }
  }
  return byCategory;
}

/**
 * Whether a category is excluded from judging, such as coupons; its events train like all others.
 * @param words excluded where the category's name has one of them, in any case, in the plural too
 */
export function isExcludedCategory(category: string, words: readonly string[]): boolean {
  const inName = new Set(category.toLowerCase().split(/[^\p{L}\p{N}]+/u));
  return words.some((word) => inName.has(word.toLowerCase()) || inName.has(`${word.toLowerCase()}s`));
}
