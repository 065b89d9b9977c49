// The latest events of this process, accepted and rejected, for the console. Bounded in memory.
import type { EventRate, FeedEvent } from '../contract/event-feed.js';
import type { Finding } from '../core/errors.js';
import { createEventRates } from './event-rates.js';

const MAX_KEPT_EVENTS = 1_000;
/** Events of a request whose events are larger than this on average are kept clipped (bytes). */
const LARGE_EVENT_BYTES = 4_096;
/** Limits of a clipped value: characters of a text, parts of a list or object, levels. */
const MAX_TEXT_LENGTH = 300;
const MAX_PARTS = 30;
const MAX_DEPTH = 5;

/** One event of a request: as it is stored when it was accepted, else as it was sent; null when nothing could be read. */
export type ReceivedEvent =
  | { readonly event: object; readonly errors: null }
  | { readonly event: unknown; readonly errors: readonly Finding[] };

export interface EventFeed {
  /** @param bytes of the request they came in */
  add(received: readonly ReceivedEvent[], bytes: number): void;
  /** Events behind a sequence number, oldest first, the newest `limit` of them; `seq` is where the next call starts. */
  after(seq: number, limit: number): { readonly seq: number; readonly events: readonly FeedEvent[] };
  /** actions with events in the last hour, the most frequent first */
  rates(): EventRate[];
  /** Removes the events of an erased user. */
  forget(userId: string): void;
}

/** @param now milliseconds since the epoch */
export function createEventFeed(now: () => number): EventFeed {
  let kept: FeedEvent[] = [];
  let seq = 0;
  const rates = createEventRates(now);

  return {
    add(received, bytes) {
      const at = new Date(now()).toISOString();
      for (const { event, errors } of clipReceived(received, bytes)) {
        seq += 1;
        rates.add(textAt(event, 'action_name'), errors === null);
        kept.push(
          errors === null ? { seq, at, accepted: true, event } : { seq, at, accepted: false, errors, event },
        );
      }
      // Dropping many at once, now and then, is cheaper than one with every event.
      if (kept.length > 2 * MAX_KEPT_EVENTS) kept = kept.slice(-MAX_KEPT_EVENTS);
    },
    after(last, limit) {
      // Numbers begin anew after a restart: a higher one than the newest is from before it.
      const behind = last > seq ? 0 : last;
      return {
        seq,
        events: kept
          .slice(-MAX_KEPT_EVENTS)
          .filter((event) => event.seq > behind)
          .slice(-limit),
      };
    },
    rates: rates.list,
    forget(userId) {
      kept = kept.filter(({ event }) => textAt(event, 'user_id') !== userId);
    },
  };
}

/** The events of one request as the feed keeps them: rejected ones can be anything, so they are clipped. */
export function clipReceived(received: readonly ReceivedEvent[], bytes: number): ReceivedEvent[] {
  const large = bytes > LARGE_EVENT_BYTES * received.length;
  return received.map(({ event, errors }) =>
    errors === null ? { event: large ? clip(event) : event, errors } : { event: clip(event), errors },
  );
}

/** A small copy of any JSON value: long texts, long lists and deep nesting end in an ellipsis. */
function clip(value: object): object;
function clip(value: unknown, depth?: number): unknown;
function clip(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return clipText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '…';
  if (Array.isArray(value)) {
    const parts = value.slice(0, MAX_PARTS).map((part) => clip(part, depth + 1));
    return value.length > MAX_PARTS ? [...parts, '…'] : parts;
  }
  const entries = Object.entries(value);
  const kept = entries.slice(0, MAX_PARTS).map(([key, part]) => [clipText(key), clip(part, depth + 1)]);
  return Object.fromEntries(entries.length > MAX_PARTS ? [...kept, ['…', '…']] : kept);
}

function clipText(text: string): string {
  return text.length > MAX_TEXT_LENGTH ? `${text.slice(0, MAX_TEXT_LENGTH)}…` : text;
}

function textAt(event: unknown, key: string): string | undefined {
  if (typeof event !== 'object' || event === null || !(key in event)) return undefined;
  const value: unknown = Reflect.get(event, key);
  return typeof value === 'string' ? value : undefined;
}
