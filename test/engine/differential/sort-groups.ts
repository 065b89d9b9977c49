// The groups that sort keys in front of the score make of a list: what personalization must keep.
import type { Hit } from './law.js';
import type { JsonObject } from './spelling.js';

/** How many sort keys stand before `_score`; 0 where it is the first, or no key at all. */
export function keysBeforeScore(body: JsonObject, parameters: Readonly<Record<string, string>>): number {
  const retriever: { readonly standard?: { readonly sort?: unknown } } = Object(body.retriever);
  const inBody = [body.sort ?? retriever.standard?.sort ?? []]
    .flat()
    .flatMap((key: unknown) => (typeof key === 'string' ? [key] : Object.keys(Object(key))));
  const inUrl = (parameters.sort ?? '').split(',').map((key) => key.split(':')[0]);
  return Math.max(0, [...inBody, ...inUrl].indexOf('_score'));
}

/**
 * The place of each hit's group in the list, by id.
 * @param sorted every match in the engine's own order, with its sort values
 */
export function groupPlaces(sorted: readonly Hit[], keys: number): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  return new Map(
    sorted.map(({ _id = '', sort }) => {
      const group = JSON.stringify(sort?.slice(0, keys) ?? []);
      const place = places.get(group) ?? places.size;
      places.set(group, place);
      return [_id, keys === 0 ? 0 : place];
    }),
  );
}
