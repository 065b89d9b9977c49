// Coverage and distinct values of the fields of an index, by aggregations where the engine counts them.
import type { CatalogField } from '../../contract/catalog.js';
import { locatedValues } from '../../core/field-location.js';
import type { EngineClient } from '../../engine/client/client.js';
import type { AffinityField } from './affinity-field.js';
import { sampleDocuments } from './field-sample.js';

type NamedField = Pick<AffinityField, 'field' | 'type' | 'location' | 'sampled'>;

/** Fields whose statistics one request reads; a cardinality keeps up to 320 kB a field and shard. */
const FIELDS_PER_REQUEST = 20;

interface FieldAggregation {
  readonly doc_count: number;
  readonly distinct: { readonly value: number };
}

/** In the order of `fields`. Distinct values are nearly exact up to 40,000; of sampled fields, those of the sample. */
export async function fieldStatistics(
  engine: EngineClient,
  index: string,
  fields: readonly NamedField[],
): Promise<CatalogField[]> {
  const [counted, sampled] = await Promise.all([
    countedStatistics(
      engine,
      index,
      fields.filter((each) => !each.sampled),
    ),
    sampledStatistics(
      engine,
      index,
      fields.filter((each) => each.sampled),
    ),
  ]);
  const found = new Map([...counted, ...sampled].map((each) => [each.field, each]));
  return fields.flatMap(({ field }) => found.get(field) ?? []);
}

async function sampledStatistics(
  engine: EngineClient,
  index: string,
  fields: readonly NamedField[],
): Promise<CatalogField[]> {
  if (fields.length === 0) return [];
  const documents = await sampleDocuments(
    engine,
    index,
    fields.map(({ location }) => location),
  );
  return fields.map(({ field, type, location }) => {
    const values = documents.map((document) => locatedValues(document, location));
    const coverage = values.filter(({ length }) => length > 0).length / Math.max(1, documents.length);
    return { field, type, coverage, distinct: new Set(values.flat()).size };
  });
}

async function countedStatistics(
  engine: EngineClient,
  index: string,
  fields: readonly NamedField[],
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
    const body = { size: 0, track_total_hits: true, aggs };
    const answer = await engine.search<unknown, Record<string, FieldAggregation>>(index, body);
    const total = answer.hits.total?.value ?? 0;
    part.forEach(({ field, type }, position) => {
      const { doc_count = 0, distinct } = answer.aggregations?.[`f${position}`] ?? {};
      const coverage = total > 0 ? doc_count / total : 0;
      statistics.push({ field, type, coverage, distinct: distinct?.value ?? 0 });
    });
  }
  return statistics;
}
