// The latest events of this process, accepted and rejected, for people who watch them arrive. Bounded in memory.
import type { Finding } from '../core/errors.js';
import { clipped } from './clipped.js';

/** What is kept; a busy shop's last second. */
const KEPT = 1_000;
/** Events of a request that has larger ones than this on average are kept clipped (bytes). */
const LARGE_EVENT = 4_096;
const MINUTE_MS = 60_000;
const MINUTES = 60;
/** Names that are told apart; a shop that sends more sends something else in them. */
const ACTIONS = 50;
const OTHERS = '(others)';
const UNREADABLE = '(unreadable)';
const LONGEST_NAME = 100;

/** One event of a request; `errors` are null where it was accepted. */
export interface HeardEvent {
  /** as it is stored when it was accepted, else as it was sent; null when nothing could be read */
  readonly event: unknown;
  readonly errors: readonly Finding[] | null;
}

export type FedEvent = { readonly seq: number; readonly at: string; readonly event: unknown } & (
  | { readonly accepted: true }
  | { readonly accepted: false; readonly errors: readonly Finding[] }
);

/** Counts are per minute, the running one last. */
export interface EventRate {
  readonly action: string;
  readonly perMinute: readonly number[];
  readonly rejected: readonly number[];
}

export interface EventFeed {
  /** @param bytes of the request they came in */
  add(heard: readonly HeardEvent[], bytes: number): void;
  /** Events behind a sequence number, oldest first, the newest `limit` of them; `seq` is what to ask with next. */
  after(seq: number, limit: number): { readonly seq: number; readonly events: readonly FedEvent[] };
  /** names of the last hour, the most frequent first */
  rates(): EventRate[];
  /** an erased person's */
  forget(userId: string): void;
}

/** @param now milliseconds since the epoch */
export function createEventFeed(now: () => number): EventFeed {
  let kept: FedEvent[] = [];
  let seq = 0;
  const rates = new Map<string, Rate>();

  function count(event: unknown, accepted: boolean, minute: number): void {
    const action = textAt(event, 'action_name')?.slice(0, LONGEST_NAME) ?? UNREADABLE;
    const name = rates.has(action) || rates.size < ACTIONS ? action : OTHERS;
    const rate = rates.get(name) ?? new Rate();
    rates.set(name, rate);
    rate.add(accepted, minute);
  }

  return {
    add(heard, bytes) {
      const time = now();
      const at = new Date(time).toISOString();
      const minute = Math.floor(time / MINUTE_MS);
      for (const { event, errors } of clippedEvents(heard, bytes)) {
        seq += 1;
        count(event, errors === null, minute);
        kept.push(
          errors === null ? { seq, at, accepted: true, event } : { seq, at, accepted: false, errors, event },
        );
      }
      // Twice as many now and then are cheaper than one less each time.
      if (kept.length > 2 * KEPT) kept = kept.slice(-KEPT);
    },
    after(last, limit) {
      const first = kept[0]?.seq ?? seq + 1;
      // After a restart numbers begin anew.
      const behind = last > seq ? 0 : Math.max(0, last - first + 1);
      return {
        seq,
        events: kept
          .slice(-KEPT)
          .filter((fed) => fed.seq >= first + behind)
          .slice(-limit),
      };
    },
    rates() {
      const minute = Math.floor(now() / MINUTE_MS);
      const shown = [...rates].map(([action, rate]) => ({ action, ...rate.show(minute) }));
      const total = ({ perMinute, rejected }: EventRate) =>
        [...perMinute, ...rejected].reduce((sum, events) => sum + events, 0);
      for (const rate of shown) if (total(rate) === 0) rates.delete(rate.action);
      return shown.filter((rate) => total(rate) > 0).sort((a, b) => total(b) - total(a));
    },
    forget(userId) {
      kept = kept.filter(({ event }) => textAt(event, 'user_id') !== userId);
    },
  };
}

/** What is kept of the events of one request: what was refused can be anything. */
export function clippedEvents(heard: readonly HeardEvent[], bytes: number): HeardEvent[] {
  const large = bytes > LARGE_EVENT * heard.length;
  return heard.map(({ event, errors }) => ({ event: large || errors ? clipped(event) : event, errors }));
}

/** Two rings of an hour. */
class Rate {
  private readonly accepted = new Uint32Array(MINUTES);
  private readonly rejected = new Uint32Array(MINUTES);
  private minute = 0;

  add(accepted: boolean, minute: number): void {
    this.advance(minute);
    const ring = accepted ? this.accepted : this.rejected;
    const place = minute % MINUTES;
    ring[place] = (ring[place] ?? 0) + 1;
  }

  show(minute: number): Omit<EventRate, 'action'> {
    this.advance(minute);
    const places = Array.from({ length: MINUTES }, (_, before) => (minute + 1 + before) % MINUTES);
    const of = (ring: Uint32Array) => places.map((place) => ring[place] ?? 0);
    return { perMinute: of(this.accepted), rejected: of(this.rejected) };
  }

  /** Clears the minutes that have passed since. */
  private advance(minute: number): void {
    for (let at = Math.max(this.minute + 1, minute - MINUTES + 1); at <= minute; at += 1)
      for (const ring of [this.accepted, this.rejected]) ring[at % MINUTES] = 0;
    this.minute = Math.max(this.minute, minute);
  }
}

function textAt(event: unknown, key: string): string | undefined {
  if (typeof event !== 'object' || event === null || !(key in event)) return undefined;
  const value: unknown = Reflect.get(event, key);
  return typeof value === 'string' ? value : undefined;
}
