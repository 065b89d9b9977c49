// Events per minute and action of the last hour, accepted and rejected. Bounded in memory.
import type { EventRate } from '../contract/event-feed.js';

const MINUTE_MS = 60_000;
const MINUTES = 60;
/** Actions counted by their own name; further names are most likely no action names at all. */
const MAX_ACTIONS = 50;
const MAX_NAME_LENGTH = 100;
const OTHERS = '(others)';
const UNREADABLE = '(unreadable)';

export interface EventRates {
  /** @param action undefined where none could be read */
  add(action: string | undefined, accepted: boolean): void;
  /** actions with events in the last hour, the most frequent first */
  list(): EventRate[];
}

/** @param now milliseconds since the epoch */
export function createEventRates(now: () => number): EventRates {
  const rates = new Map<string, Rate>();
  const currentMinute = () => Math.floor(now() / MINUTE_MS);
  return {
    add(action, accepted) {
      const sent = action?.slice(0, MAX_NAME_LENGTH) ?? UNREADABLE;
      const name = rates.has(sent) || rates.size < MAX_ACTIONS ? sent : OTHERS;
      const rate = rates.get(name) ?? new Rate();
      rates.set(name, rate);
      rate.add(accepted, currentMinute());
    },
    list() {
      const minute = currentMinute();
      const listed = [...rates].map(([action, rate]) => ({ action, ...rate.perMinute(minute) }));
      for (const rate of listed) if (total(rate) === 0) rates.delete(rate.action);
      return listed.filter((rate) => total(rate) > 0).sort((a, b) => total(b) - total(a));
    },
  };
}

function total({ perMinute, rejected }: EventRate): number {
  return [...perMinute, ...rejected].reduce((sum, events) => sum + events, 0);
}

/** Two ring buffers of an hour. Minutes are counted since the epoch. */
class Rate {
  private readonly accepted = new Uint32Array(MINUTES);
  private readonly rejected = new Uint32Array(MINUTES);
  private minute = 0;

  add(accepted: boolean, minute: number): void {
    this.advance(minute);
    const ring = accepted ? this.accepted : this.rejected;
    const slot = minute % MINUTES;
    ring[slot] = (ring[slot] ?? 0) + 1;
  }

  perMinute(minute: number): Omit<EventRate, 'action'> {
    this.advance(minute);
    const slots = Array.from({ length: MINUTES }, (_, position) => (minute + 1 + position) % MINUTES);
    const inOrder = (ring: Uint32Array) => slots.map((slot) => ring[slot] ?? 0);
    return { perMinute: inOrder(this.accepted), rejected: inOrder(this.rejected) };
  }

  /** Clears the minutes that have passed since. */
  private advance(minute: number): void {
    for (let at = Math.max(this.minute + 1, minute - MINUTES + 1); at <= minute; at += 1)
      for (const ring of [this.accepted, this.rejected]) ring[at % MINUTES] = 0;
    this.minute = Math.max(this.minute, minute);
  }
}
