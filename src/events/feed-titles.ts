// What the feed tells of the products of accepted events: their titles, or that no catalog has them.
import type { FeedEvent } from '../contract/event-feed.js';
import type { Finding } from '../core/errors.js';
import { valuesAt } from '../core/product.js';

const PATH = 'event_attributes.object.object_id';
const UNKNOWN =
  'no catalog has this product: the event is stored, and counts for nothing as long as that is so';

interface Found {
  /** of the products that catalogs have, by id */
  readonly titles: ReadonlyMap<string, string>;
  /** whether every catalog could be asked: else nothing is said of unknown products */
  readonly complete: boolean;
}

/** The products that accepted events name. */
export function feedProducts(events: readonly FeedEvent[]): string[] {
  return events.flatMap((each) => (each.accepted ? productOf(each.event) : []));
}

export function withTitles(events: readonly FeedEvent[], found: Found): FeedEvent[] {
  return events.map((each) => {
    if (!each.accepted) return each;
    const [id = ''] = productOf(each.event);
    const title = found.titles.get(id);
    if (title) return { ...each, title };
    const warnings = productWarnings(each.event, found);
    return warnings.length > 0 ? { ...each, warnings } : each;
  });
}

/** What is wrong with the product of an accepted event. */
export function productWarnings(event: unknown, { titles, complete }: Found): Finding[] {
  const [id] = productOf(event);
  return id === undefined || titles.has(id) || !complete ? [] : [{ path: PATH, message: UNKNOWN }];
}

export function productOf(event: unknown): string[] {
  return valuesAt(event, PATH).slice(0, 1);
}
