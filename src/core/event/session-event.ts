// Searches as events: what was searched for counts like a product that has the values the words name.
import type { ProductEvent } from '../affinity/affinity.js';
import type { QueryReader } from '../affinity/query-values.js';

/** A session ends after this long without an event: stores forget it, and training starts another one. */
export const SESSION_MS = 30 * 60_000;

/** An event that names no product but what was searched for. `timestamp` is in milliseconds since the epoch. */
export interface SearchEvent {
  readonly action: string;
  readonly timestamp: number;
  readonly query: string;
}

/** What a session can hold. */
export type SessionEvent = ProductEvent | SearchEvent;

/** An event as a session store took it in. `arrival` grows from one append to the next; a batch shares it. */
export type ArrivedEvent = SessionEvent & { readonly arrival: number };

export function isSearch(event: SessionEvent): event is SearchEvent {
  return 'query' in event;
}

/** By the time of the event, which is not always the order of arrival. */
export function byTimestamp<E extends SessionEvent>(events: readonly E[]): E[] {
  return [...events].sort((a, b) => a.timestamp - b.timestamp);
}

/**
 * In all products every search counts. Inside a category those count that name it, and those that name none, as they
 * hold in every category. A search that names only other categories says nothing about this one.
 * @param category scope the event is folded in; null is all products
 */
export function searchAsProductEvent(
  { action, timestamp, query }: SearchEvent,
  read: QueryReader,
  category: string | null,
): ProductEvent {
  const { values, categories } = read(query);
  const counts = categories.length === 0 || (category !== null && categories.includes(category));
  return {
    action,
    timestamp,
    product: { objectId: '', categories: counts && category !== null ? [category] : [], values },
  };
}
