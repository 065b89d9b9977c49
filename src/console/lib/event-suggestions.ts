// Which events could be weighed: those that arrived, under the names they are weighed by, and the built-in ones.
import { REMOVALS } from '../../core/event-names.js';
import type { EventSummary } from '../api/types.js';

export interface EventSuggestion {
  readonly event: string;
  /** that arrived; null where the server does not count */
  readonly events: number | null;
}

/** Known by these names whoever sends them. */
const BUILT_IN = ['purchase', 'add_to_cart', 'view', 'click', 'wishlist', 'search', 'impression'] as const;

/** The most frequent first. Removals and log-ins are left out: they follow other events or say nothing of taste. */
export function eventSuggestions(
  byAction: EventSummary['byAction'] | null,
  listed: readonly string[],
): EventSuggestion[] {
  const counts = new Map<string, number | null>(BUILT_IN.map((event) => [event, byAction ? 0 : null]));
  for (const { action, counts_as, events } of byAction ?? []) {
    const event = counts_as ?? action;
    counts.set(event, (counts.get(event) ?? 0) + events);
  }
  return [...counts]
    .filter(([event]) => !REMOVALS.has(event) && event !== 'identify' && !listed.includes(event))
    .map(([event, events]) => ({ event, events }))
    .sort((a, b) => (b.events ?? 0) - (a.events ?? 0));
}
