// Titles of products by their ids, for lists of events and boosts, as an id alone is hard to recognize; and a product to try things with.
import type { Catalog } from '../../core/catalog.js';
import { EVENTS_INDEX } from '../../core/event/ubi-event.js';
import { valuesAt } from '../../core/product.js';
import type { EngineClient } from '../../engine/client/client.js';

/** Events that are searched for a product that the catalog has. */
const RECENT_EVENTS = 50;

export interface ProductTitles {
  /** by id; empty text where a product has none */
  readonly titles: ReadonlyMap<string, string>;
  /** whether every catalog could be read: else a product that is missing here may exist */
  readonly complete: boolean;
}

/** One read of each catalog. @param ids of products of any of them */
export async function readProductTitles(
  engine: Pick<EngineClient, 'mget'>,
  catalogs: readonly Pick<Catalog, 'index' | 'titleField'>[],
  ids: readonly string[],
): Promise<ProductTitles> {
  const wanted = [...new Set(ids)].filter((id) => id !== '');
  const titles = new Map<string, string>();
  let complete = true;
  if (wanted.length === 0) return { titles, complete };
  for (const { index, titleField } of catalogs) {
    // Of a sub-field (`title.raw`) the title is where its field is.
    const paths = [titleField, titleField.replace(/\.[^.]+$/, '')];
    const found = await engine.mget(index, wanted, paths).catch(() => null);
    if (found === null) complete = false;
    for (const hit of found ?? [])
      if (hit && !titles.has(hit.id))
        titles.set(hit.id, paths.flatMap((path) => valuesAt(hit.source, path))[0] ?? '');
  }
  return { titles, complete };
}

/** A product of the catalog: the latest that an event names, else any. Null where it has none. */
export async function exampleProduct(
  engine: Pick<EngineClient, 'mget' | 'search' | 'indexExists'>,
  catalog: Pick<Catalog, 'index' | 'titleField'>,
): Promise<{ readonly object_id: string; readonly title: string } | null> {
  if (!(await engine.indexExists(catalog.index))) return null;
  const path = 'event_attributes.object.object_id';
  const { hits: events } = await engine.search(EVENTS_INDEX, {
    size: RECENT_EVENTS,
    query: { exists: { field: path } },
    sort: [{ timestamp: 'desc' }],
    _source: [path],
  });
  const { hits: products } = await engine.search(catalog.index, { size: 1, _source: false });
  const ids = [
    ...events.hits.flatMap(({ _source }) => valuesAt(_source, path)),
    ...products.hits.map(({ _id }) => _id),
  ];
  const { titles } = await readProductTitles(engine, [catalog], ids);
  const id = ids.find((each) => titles.has(each));
  return id === undefined ? null : { object_id: id, title: titles.get(id) ?? '' };
}
