// Events that can be weighed, with how many of each arrived, under their canonical names.
import type { EventSummary } from '../../../../contract/event-log.js';
import { canonicalEventName, REMOVALS } from '../../../../core/event/event-names.js';

export interface EventSuggestion {
  readonly event: string;
  /** how many arrived; null where the server does not count */
  readonly events: number | null;
}

type Counts = readonly Pick<EventSummary['byAction'][number], 'action' | 'events'>[];

/** Suggested whether or not one arrived. */
const BUILT_IN = ['purchase', 'add_to_cart', 'view', 'click', 'wishlist', 'search', 'impression'] as const;
/** Removals undo other events; `identify` joins a visitor to a user. */
const NOT_WEIGHED = [...REMOVALS.keys(), 'identify'];

/** The most frequent first. */
export function eventSuggestions(byAction: Counts | null, listed: readonly string[]): EventSuggestion[] {
  const counts = new Map<string, number | null>(BUILT_IN.map((event) => [event, byAction ? 0 : null]));
  for (const { action, events } of byAction ?? []) {
    const event = canonicalEventName(action);
    counts.set(event, (counts.get(event) ?? 0) + events);
  }
  const left = [...NOT_WEIGHED, ...listed.map(canonicalEventName)];
  return [...counts]
    .filter(([event]) => !left.includes(event))
    .map(([event, events]) => ({ event, events }))
    .sort((a, b) => (b.events ?? 0) - (a.events ?? 0));
}

/** How many events count as this one, `clicks` among them: they are views while they are not listed themselves. */
export function arrived(
  byAction: Counts,
  event: string,
  listed: readonly string[],
): { readonly events: number; readonly clicks: number } {
  const of = (name: string) =>
    byAction.reduce((sum, { action, events }) => sum + (canonicalEventName(action) === name ? events : 0), 0);
  const own = canonicalEventName(event);
  const clicks = own === 'view' && !listed.map(canonicalEventName).includes('click') ? of('click') : 0;
  return { events: of(own) + clicks, clicks };
}
