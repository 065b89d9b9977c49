// The most frequent values of one field of a catalog, searched by text.
import type { ValueList } from '../../contract/catalog.js';
import type { LocatedField } from '../../core/field-location.js';
import type { EngineClient } from '../../engine/client/client.js';
import type { AffinityField } from './affinity-field.js';
import { sampleDocuments, sampledValues } from './field-sample.js';

/** Values that are answered at once. */
const MAX_VALUES = 100;
/** Values of a boolean or number field that are searched for `q`. */
const MAX_SEARCHED_VALUES = 1_000;

interface ValueBuckets {
  readonly buckets: readonly {
    readonly key: string | number;
    readonly key_as_string?: string;
    readonly doc_count: number;
  }[];
}

/**
 * The most frequent values of a field that contain `q`, whatever its case; `more` when there are others.
 * Keyword values are filtered in the engine; of boolean and number fields the 1,000 most frequent are searched, as
 * engines take no pattern there, of sampled ones the values of the sample.
 */
export async function fieldValues(
  engine: EngineClient,
  index: string,
  {
    field,
    type,
    location,
    sampled,
  }: Pick<AffinityField, 'field' | 'type' | 'sampled'> & Partial<LocatedField>,
  q = '',
): Promise<Pick<ValueList, 'values' | 'more'>> {
  if (sampled && location) {
    const documents = await sampleDocuments(engine, index, [location]);
    const found = sampledValues(documents, location)
      .map(([value, count]) => ({ value, count }))
      .filter(({ value }) => value.toLowerCase().includes(q.toLowerCase()));
    return { values: found.slice(0, MAX_VALUES), more: found.length > MAX_VALUES };
  }
  const keyword = type === 'keyword';
  const terms = {
    field,
    size: keyword ? MAX_VALUES + 1 : MAX_SEARCHED_VALUES,
    include: keyword && q !== '' ? `.*${anyCasePattern(q)}.*` : undefined,
  };
  const body = { size: 0, aggs: { values: { terms } } };
  const { aggregations } = await engine.search<unknown, { values: ValueBuckets }>(index, body);
  const values = (aggregations?.values.buckets ?? [])
    .map(({ key, key_as_string, doc_count }) => ({ value: key_as_string ?? String(key), count: doc_count }))
    .filter(({ value }) => keyword || value.includes(q));
  return { values: values.slice(0, MAX_VALUES), more: values.length > MAX_VALUES };
}

/** A Lucene pattern for a text in any case: letters become classes, everything else is escaped. */
function anyCasePattern(text: string): string {
  return [...text]
    .map((char) => {
      const [lower, upper] = [char.toLowerCase(), char.toUpperCase()];
      if (lower !== upper && [...lower].length === 1 && [...upper].length === 1) return `[${lower}${upper}]`;
      return /[\p{L}\p{N}\s]/u.test(char) ? char : `\\${char}`;
    })
    .join('');
}
