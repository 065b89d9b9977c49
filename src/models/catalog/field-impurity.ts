// How well attributes tell products of one category apart: their mean Gini impurity.
import { type FieldLocation, locatedValues } from '../../core/field-location.js';
import type { EngineClient } from '../../engine/client/client.js';
import type { AffinityField } from './affinity-field.js';
import { sampleDocuments, sampledValues } from './field-sample.js';

/** The largest categories are read, and of each the most frequent values of an attribute. */
const MAX_CATEGORIES = 50;
const MAX_VALUES = 200;

interface ValueBuckets {
  readonly sum_other_doc_count: number;
  readonly buckets: readonly { readonly doc_count: number }[];
}
type CategoryBucket = { readonly doc_count: number } & Readonly<Record<string, ValueBuckets>>;

/**
 * Field → mean Gini impurity (1 − Σ shareᵢ²: the chance that two products drawn from a category differ) over the
 * largest categories, each weighted alike. 0: the field tells no products apart.
 * @param category undefined takes the whole catalog as one category
 */
export async function fieldImpurity(
  engine: EngineClient,
  index: string,
  fields: readonly AffinityField[],
  category: AffinityField | undefined,
): Promise<ReadonlyMap<string, number>> {
  const isSampled = (field: AffinityField) => field.sampled || category?.sampled;
  const counted = fields.filter((each) => !isSampled(each)).map(({ field }) => field);
  const sampled = fields.filter(isSampled);
  const [exact, estimated] = await Promise.all([
    countedImpurity(engine, index, counted, category?.field),
    sampledImpurity(engine, index, sampled, category?.location),
  ]);
  return new Map([...exact, ...estimated]);
}

async function sampledImpurity(
  engine: EngineClient,
  index: string,
  fields: readonly AffinityField[],
  category: FieldLocation | undefined,
): Promise<[string, number][]> {
  if (fields.length === 0) return [];
  const locations = fields.map(({ location }) => location);
  const documents = await sampleDocuments(engine, index, [...locations, ...(category ? [category] : [])]);
  const groups = new Map<string, unknown[]>();
  for (const document of documents) {
    const [name = ''] = category ? locatedValues(document, category) : [];
    const group = groups.get(name);
    if (group) group.push(document);
    else groups.set(name, [document]);
  }
  const largest = [...groups.values()].sort((a, b) => b.length - a.length).slice(0, MAX_CATEGORIES);
  return fields.map(({ field, location }) => {
    const impurities = largest.map((group) => {
      const counts = sampledValues(group, location).map(([, doc_count]) => ({ doc_count }));
      return impurity({ sum_other_doc_count: 0, buckets: counts });
    });
    return [field, impurities.reduce((sum, each) => sum + each, 0) / Math.max(1, impurities.length)];
  });
}

async function countedImpurity(
  engine: EngineClient,
  index: string,
  fields: readonly string[],
  categoryField: string | undefined,
): Promise<ReadonlyMap<string, number>> {
  if (fields.length === 0) return new Map();
  const aggs = Object.fromEntries(
    fields.map((field, position) => [`f${position}`, { terms: { field, size: MAX_VALUES } }]),
  );
  const grouping = categoryField
    ? { terms: { field: categoryField, size: MAX_CATEGORIES } }
    : { filters: { filters: [{ match_all: {} }] } };
  const { aggregations } = await engine.search<
    unknown,
    { categories: { buckets: readonly CategoryBucket[] } }
  >(index, { size: 0, aggs: { categories: { ...grouping, aggs } } });
  const categories = aggregations?.categories.buckets ?? [];
  return new Map(
    fields.map((field, position) => {
      const impurities = categories.map((bucket) => impurity(bucket[`f${position}`]));
      return [field, impurities.reduce((sum, each) => sum + each, 0) / Math.max(1, impurities.length)];
    }),
  );
}

/** Values beyond the most frequent ones are so rare that their squared shares are close to 0. */
function impurity(values: ValueBuckets | undefined): number {
  if (!values) return 0;
  const total = values.buckets.reduce((sum, { doc_count }) => sum + doc_count, values.sum_other_doc_count);
  if (total === 0) return 0;
  return 1 - values.buckets.reduce((sum, { doc_count }) => sum + (doc_count / total) ** 2, 0);
}
