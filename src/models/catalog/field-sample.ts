// A random sample of a catalog's products, for what the engine does not count: attributes that only documents name.
import {
  attributesIn,
  type FieldLocation,
  locatedValues,
  membersFor,
  withComputed,
} from '../../core/field-location.js';
import type { EngineClient } from '../../engine/client/client.js';
import type { AffinityField, OpenAttributes } from './affinity-field.js';

/** Of a smaller catalog all are read. */
const SAMPLE_SIZE = 5_000;
/** Names of one open field that are offered, the most frequent first. */
const MAX_NAMES = 200;

/** Documents with what is at these places. */
export async function sampleDocuments(
  engine: Pick<EngineClient, 'search'>,
  index: string,
  locations: readonly FieldLocation[],
): Promise<unknown[]> {
  const query = { function_score: { random_score: {}, boost_mode: 'replace' } };
  const body = { size: SAMPLE_SIZE, track_total_hits: false, query, ...membersFor(locations) };
  const { hits } = await engine.search(index, body);
  return hits.hits.map(({ _source, fields }) => withComputed(_source, fields));
}

/** The attributes of open fields, as the documents of a sample have them, the most frequent first. */
export async function openAttributes(
  engine: Pick<EngineClient, 'search'>,
  index: string,
  open: readonly OpenAttributes[],
): Promise<AffinityField[]> {
  if (open.length === 0) return [];
  const documents = await sampleDocuments(engine, index, open);
  return open.flatMap((each) => {
    const found = documents.flatMap((document) => attributesIn(document, each));
    const byName = new Map(found.map((one) => [one.field, one]));
    const names = countOf(found.map(({ field }) => field)).slice(0, MAX_NAMES);
    return names.flatMap(([name]): AffinityField[] => {
      const one = byName.get(name);
      return one ? [{ ...one, type: each.type, sampled: true }] : [];
    });
  });
}

/** Values with the number of documents that have them, the most frequent first. */
export function sampledValues(documents: readonly unknown[], location: FieldLocation): [string, number][] {
  return countOf(documents.flatMap((document) => locatedValues(document, location)));
}

function countOf(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
