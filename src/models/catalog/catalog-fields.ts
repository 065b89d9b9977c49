// What the pickers offer: a catalog's affinity fields with their coverage, and the values of one field.
import type { CatalogField, ValueList } from '../../contract/catalog.js';
import { type Catalog, customersIndex } from '../../core/catalog.js';
import { KindredError } from '../../core/errors.js';
import type { EngineClient } from '../../engine/client/client.js';
import { type AffinityField, affinityFieldsOf } from './affinity-field.js';

/** Fields whose statistics one request asks for; cardinality keeps up to 320 kB a field and shard. */
const FIELDS_PER_REQUEST = 20;
/** The most values a picker shows at once. */
const VALUES_SHOWN = 100;
/** Values of a boolean or number field that are looked through for `q`. */
const VALUES_SEARCHED = 1_000;

/** What names customers is nothing that they could share. */
export const CUSTOMER_IDS = { idField: 'user_id', titleField: 'user_id' } as const;

interface Bucket {
  readonly key: string | number;
  readonly key_as_string?: string;
  readonly doc_count: number;
}

/**
 * The catalog's affinity fields, or those its settings name, in that order.
 * @throws KindredError `catalog-not-found` (404) when the index does not exist
 */
export async function catalogFields(engine: EngineClient, catalog: Catalog): Promise<AffinityField[]> {
  const mapping = await engine.getMapping(catalog.index);
  if (!mapping)
    throw new KindredError('catalog-not-found', `index "${catalog.index}" does not exist; load the catalog`, {
      status: 404,
    });
  const all = affinityFieldsOf(mapping.properties, catalog);
  if (!catalog.fields) return all;
  return catalog.fields.flatMap((name) => all.find(({ field }) => field === name) ?? []);
}

/** The attributes of a catalog's customers, with the same statistics; none where no customers are loaded. */
export async function customerFields(engine: EngineClient, catalog: Catalog): Promise<CatalogField[]> {
  const index = customersIndex(catalog.index);
  const mapping = await engine.getMapping(index);
  if (!mapping) return [];
  return fieldStatistics(engine, index, affinityFieldsOf(mapping.properties, CUSTOMER_IDS));
}

/** Coverage and distinct values of each field, by aggregations alone. */
export async function fieldStatistics(
  engine: EngineClient,
  index: string,
  fields: readonly AffinityField[],
): Promise<CatalogField[]> {
  const statistics: CatalogField[] = [];
  for (let from = 0; from < fields.length; from += FIELDS_PER_REQUEST) {
    const part = fields.slice(from, from + FIELDS_PER_REQUEST);
    const aggs = Object.fromEntries(
      part.map(({ field }, position) => [
        `f${position}`,
        {
          filter: { exists: { field } },
          aggs: { distinct: { cardinality: { field, precision_threshold: 40_000 } } },
        },
      ]),
    );
    const answer = await engine.search(index, { size: 0, track_total_hits: true, aggs });
    const total = answer.hits.total?.value ?? 0;
    part.forEach((field, position) => {
      const counted = answer.aggregations?.[`f${position}`] as
        | { doc_count: number; distinct: { value: number } }
        | undefined;
      const covered = counted?.doc_count ?? 0;
      statistics.push({
        ...field,
        coverage: total > 0 ? covered / total : 0,
        distinct: counted?.distinct.value ?? 0,
      });
    });
  }
  return statistics;
}

/**
 * The most frequent values of a field that contain `q`, whatever its case; `more` when there are others.
 * Keyword values are filtered in the engine; of boolean and number fields the 1,000 most frequent are looked
 * through, as engines take no pattern there.
 */
export async function fieldValues(
  engine: EngineClient,
  index: string,
  { field, type }: AffinityField,
  q = '',
): Promise<Pick<ValueList, 'values' | 'more'>> {
  const keyword = type === 'keyword';
  const terms = {
    field,
    size: keyword ? VALUES_SHOWN + 1 : VALUES_SEARCHED,
    ...(keyword && q !== '' ? { include: `.*${anyCase(q)}.*` } : {}),
  };
  const answer = await engine.search(index, { size: 0, aggs: { values: { terms } } });
  const counted = answer.aggregations?.values as { buckets: readonly Bucket[] } | undefined;
  const values = (counted?.buckets ?? [])
    .map(({ key, key_as_string, doc_count }) => ({ value: key_as_string ?? String(key), count: doc_count }))
    .filter(({ value }) => keyword || value.includes(q));
  return { values: values.slice(0, VALUES_SHOWN), more: values.length > VALUES_SHOWN };
}

/** A Lucene pattern for a text in any case: letters become classes, everything else is escaped. */
function anyCase(text: string): string {
  return [...text]
    .map((char) => {
      const [lower, upper] = [char.toLowerCase(), char.toUpperCase()];
      if (lower !== upper && [...lower].length === 1 && [...upper].length === 1) return `[${lower}${upper}]`;
      return /[\p{L}\p{N}\s]/u.test(char) ? char : `\\${char}`;
    })
    .join('');
}
