// Event intake: checks, stores and only then acknowledges; what is new in a running session changes its next search.

import { type Finding, KindredError } from '../core/errors.js';
import type { Identity } from '../core/event/identity.js';
import type { SessionEvent } from '../core/event/session-event.js';
import type { Product } from '../core/product.js';
import type { BulkFailure, EngineClient } from '../engine/client/client.js';
import { parseEventBody } from './event-body.js';
import type { HeardEvent } from './event-feed.js';
import { type EventContext, type PreparedEvent, prepareEvent } from './prepare-event.js';
import { sessionEvents } from './session-fold.js';
import { ALREADY_STORED, isPassing, storeEvents } from './store-events.js';

/** Catalog products by object id; absent where the catalog has none. */
export type LookUpProducts = (objectIds: readonly string[]) => Promise<ReadonlyMap<string, Product>>;

export interface EventIntakeOptions {
  readonly engine: Pick<EngineClient, 'bulk'>;
  readonly sessions: { append(whose: Identity, events: readonly SessionEvent[]): Promise<void> };
  readonly products: LookUpProducts;
  /** milliseconds since the epoch */
  readonly now: () => number;
  /** told when stored events could not reach their session; the answer does not change */
  readonly onFoldError: (error: unknown) => void;
  readonly eventsIndex?: string;
  /** told of every event of a request that was answered, or refused as unreadable */
  readonly onHeard?: (heard: readonly HeardEvent[], bytes: number) => void;
}

export interface RejectedEvent {
  /** position in the body */
  readonly index: number;
  readonly errors: readonly Finding[];
}

export interface EventReceipt {
  readonly accepted: number;
  /** by position */
  readonly rejected: readonly RejectedEvent[];
}

export interface EventIntake {
  /**
   * Records one UBI event or an array of them. Every accepted event is in the engine when this resolves; one that
   * was there before (same id) is accepted and changes nothing.
   * Errors: those of `parseEventBody` (400, 413); `events-not-stored` (503) when the engine took none: send again.
   */
  record(body: Buffer, context: EventContext): Promise<EventReceipt>;
}

/** An event to be stored, with its positions in the body: a sender may repeat one. */
interface Stored {
  readonly event: PreparedEvent;
  readonly positions: number[];
}

export function createEventIntake(options: EventIntakeOptions): EventIntake {
  const { engine, sessions, products, now, onFoldError, onHeard, eventsIndex = 'ubi_events' } = options;

  async function fold(events: readonly PreparedEvent[], known: ReturnType<LookUpProducts>): Promise<void> {
    try {
      const visits = sessionEvents(events, await known, now());
      await Promise.all(visits.map(({ whose, events: added }) => sessions.append(whose, added)));
    } catch (error) {
      onFoldError(error);
    }
  }

  /** What cannot be read is worth seeing too: somebody is sending it. */
  function readBody(body: Buffer): readonly unknown[] {
    try {
      return parseEventBody(body);
    } catch (error) {
      const message = error instanceof KindredError ? error.message : String(error);
      onHeard?.([{ event: null, errors: [{ path: '', message }] }], 0);
      throw error;
    }
  }

  return {
    async record(body, context) {
      const rejected: RejectedEvent[] = [];
      const pending = new Map<string, Stored>();
      const items = readBody(body);
      for (const [index, item] of items.entries()) {
        const event = prepareEvent(item, context, now());
        if ('errors' in event) {
          rejected.push({ index, errors: event.errors });
          continue;
        }
        const same = pending.get(event.id);
        if (same) same.positions.push(index);
        else pending.set(event.id, { event, positions: [index] });
      }
      if (pending.size > 0) {
        const events = [...pending.values()].map(({ event }) => event);
        const known = products([...new Set(events.flatMap(({ objectId }) => objectId ?? []))]);
        known.catch(() => {}); // fold reports it; it must not surface while the engine is still storing
        const failures = await storeEvents(engine, eventsIndex, events);
        for (const [id, { positions }] of pending) {
          const failure = failures.get(id);
          if (failure && failure.status !== ALREADY_STORED)
            rejected.push(...positions.map((index) => ({ index, errors: [refusal(failure)] })));
        }
        await fold(
          events.filter(({ id }) => !failures.has(id)),
          known,
        );
      }
      rejected.sort((a, b) => a.index - b.index);
      onHeard?.(heardOf(items, pending.values(), rejected), body.byteLength);
      return { accepted: items.length - rejected.length, rejected };
    },
  };
}

function heardOf(
  items: readonly unknown[],
  stored: Iterable<Stored>,
  rejected: readonly RejectedEvent[],
): HeardEvent[] {
  const heard: HeardEvent[] = items.map((event) => ({ event, errors: null }));
  for (const { event, positions } of stored)
    for (const index of positions) heard[index] = { event: event.document, errors: null };
  for (const { index, errors } of rejected) heard[index] = { event: items[index], errors };
  return heard;
}

function refusal(failure: BulkFailure): Finding {
  return {
    path: '',
    message: isPassing(failure)
      ? 'could not be stored now; send it again'
      : `was refused by the engine: ${failure.reason}`,
  };
}
