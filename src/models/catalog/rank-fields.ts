// Orders attributes by how well they tell products of one category apart.
import type { EngineClient } from '../../engine/client/client.js';

/** The largest categories that are looked at, and the values of an attribute in each. */
const CATEGORIES = 50;
const VALUES = 200;

interface Terms {
  readonly sum_other_doc_count: number;
  readonly buckets: readonly { readonly doc_count: number }[];
}
type CategoryBucket = { readonly doc_count: number } & Readonly<Record<string, Terms>>;

/**
 * Field → mean Gini impurity (1 − Σ shareᵢ²: the chance that two products drawn from a category differ) over the
 * largest categories, weighted by nothing: a small category counts like a large one. 0 tells nothing apart.
 * @param categoryField mapping path; undefined takes the whole catalog as one category
 */
export async function impurityByField(
  engine: EngineClient,
  index: string,
  fields: readonly string[],
  categoryField: string | undefined,
): Promise<ReadonlyMap<string, number>> {
  const aggs = Object.fromEntries(
    fields.map((field, position) => [`f${position}`, { terms: { field, size: VALUES } }]),
  );
  const grouping = categoryField
    ? { terms: { field: categoryField, size: CATEGORIES } }
    : { filters: { filters: [{ match_all: {} }] } };
  const answer = await engine.search(index, { size: 0, aggs: { categories: { ...grouping, aggs } } });
  const categories = answer.aggregations?.categories as { buckets: readonly CategoryBucket[] } | undefined;
  return new Map(
    fields.map((field, position) => {
      const impurities = (categories?.buckets ?? []).map((bucket) => impurity(bucket[`f${position}`]));
      return [field, impurities.reduce((sum, each) => sum + each, 0) / Math.max(1, impurities.length)];
    }),
  );
}

/** Values beyond the most frequent ones are so rare that their squared shares vanish. */
function impurity(terms: Terms | undefined): number {
  if (!terms) return 0;
  const total = terms.buckets.reduce((sum, { doc_count }) => sum + doc_count, terms.sum_other_doc_count);
  if (total === 0) return 0;
  return 1 - terms.buckets.reduce((sum, { doc_count }) => sum + (doc_count / total) ** 2, 0);
}
