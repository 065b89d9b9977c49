// What the feed tells of the products of accepted events: their titles, or that no catalog has them.
import type { FeedEvent } from '../contract/event-feed.js';
import { valuesAt } from '../core/product.js';

const PATH = 'event_attributes.object.object_id';
const UNKNOWN =
  'no catalog has this product: the event is stored, and counts for nothing as long as that is so';

/** The products that accepted events name. */
export function feedProducts(events: readonly FeedEvent[]): string[] {
  return events.flatMap((each) => (each.accepted ? productOf(each.event) : []));
}

/**
 * @param titles of the products that catalogs have, by id
 * @param complete whether every catalog could be asked: else nothing is said of unknown products
 */
export function withTitles(
  events: readonly FeedEvent[],
  { titles, complete }: { readonly titles: ReadonlyMap<string, string>; readonly complete: boolean },
): FeedEvent[] {
  return events.map((each) => {
    const [id] = each.accepted ? productOf(each.event) : [];
    if (!each.accepted || id === undefined) return each;
    const title = titles.get(id);
    if (title !== undefined) return title === '' ? each : { ...each, title };
    return complete ? { ...each, warnings: [{ path: PATH, message: UNKNOWN }] } : each;
  });
}

function productOf(event: unknown): string[] {
  return valuesAt(event, PATH).slice(0, 1);
}
