// Which events have to be read from the engine, in as few reads as memory allows.
import type { HeldDay } from './day-files.js';
import { type EventDay, hasGrown, sameContent } from './event-days.js';

/** Days are read together up to so many events: each day's file is then picked from all of them. */
const EVENTS_AT_ONCE = 100_000;

/** Neighbouring days to be read whole, or one that has grown. */
export interface DayRead {
  readonly days: readonly [EventDay, ...EventDay[]];
  /** what is held of the day */
  readonly grown?: HeldDay;
}

/** @param days in their order */
export function planReads(days: readonly EventDay[], held: ReadonlyMap<string, HeldDay>): DayRead[] {
  const reads: DayRead[] = [];
  let open: { days: [EventDay, ...EventDay[]]; events: number } | null = null;
  for (const day of days) {
    const own = held.get(day.name);
    if (own && sameContent(own, day)) open = null;
    else if (own && hasGrown(own, day)) {
      reads.push({ days: [day], grown: own });
      open = null;
    } else if (open && open.events + day.events <= EVENTS_AT_ONCE) {
      open.days.push(day);
      open.events += day.events;
    } else {
      open = { days: [day], events: day.events };
      reads.push(open);
    }
  }
  return reads;
}

/** How many events a read brings. */
export function eventsOf({ days, grown }: DayRead): number {
  return days.reduce((sum, { events }) => sum + events, 0) - (grown?.events ?? 0);
}
