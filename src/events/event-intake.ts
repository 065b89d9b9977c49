// Event intake, in order: read the body, validate its events, store them, add them to running sessions, acknowledge.
import type { EventReceipt } from '../contract/event-feed.js';
import { type Finding, KindredError } from '../core/errors.js';
import { canonicalEventName } from '../core/event/event-names.js';
import { type Contact, type Identity, sessionKey } from '../core/event/identity.js';
import { SESSION_MS, type SessionEvent } from '../core/event/session-event.js';
import { EVENTS_INDEX } from '../core/event/ubi-event.js';
import type { Product } from '../core/product.js';
import type { BulkFailure, EngineClient } from '../engine/client/client.js';
import type { SessionStore } from '../sessions/session-store.js';
import { parseEventBody } from './event-body.js';
import type { ReceivedEvent } from './event-feed.js';
import type { LookUpProducts } from './product-lookup.js';
import { readSentEvents, type SentBatch } from './shapes/read-sent-events.js';
import { ALREADY_STORED, isTransient, STORE_LATER, storeEvents } from './store-events.js';
import { type EventSender, type ValidEvent, validateEvent } from './validate-event.js';

export interface EventIntakeOptions {
  readonly engine: Pick<EngineClient, 'bulk'>;
  readonly sessions: Pick<SessionStore, 'append'>;
  readonly products: LookUpProducts;
  /** milliseconds since the epoch */
  readonly now: () => number;
  /** called when stored events could not be added to their session; the answer does not change */
  readonly onSessionError: (error: unknown) => void;
  readonly eventsIndex?: string;
  /** called with the users and products of valid events, before they are stored */
  readonly onContact?: (contact: Contact) => void;
  /** called with every event of a request that was answered, or refused as unreadable, and the body's bytes */
  readonly onReceived?: (events: readonly ReceivedEvent[], bytes: number) => void;
}

export interface EventIntake {
  /**
   * Records one event or several, in any of the shapes of `shapes/`. Every accepted event is in the engine when this
   * resolves; one that was there before (same id) is accepted and changes nothing. Of an event on several products those
   * that can be stored are, and it is rejected with what is wrong with the others.
   * Errors: those of `parseEventBody` (400, 413); `events-not-stored` (503) when the engine stored none: send again.
   */
  record(body: Buffer, sender: EventSender): Promise<EventReceipt>;
  /** The same for events that are read already, at most `MAX_EVENTS` of them. @param bytes that they came in */
  recordEvents(events: readonly unknown[], sender: EventSender, bytes: number): Promise<EventReceipt>;
}

/** A valid event and its positions in the body: a sender may repeat one. */
interface PendingEvent {
  readonly event: ValidEvent;
  readonly positions: number[];
}

/** By position in the body. */
type Rejections = Map<number, Finding[]>;

export function createEventIntake(options: EventIntakeOptions): EventIntake {
  const { engine, sessions, products, now, onSessionError, onReceived, eventsIndex = EVENTS_INDEX } = options;

  /** A body that cannot be read is reported too, so that operators see it in the feed. */
  function readBody(body: Buffer): SentBatch {
    try {
      return parseEventBody(body);
    } catch (error) {
      const message = error instanceof KindredError ? error.message : String(error);
      onReceived?.([{ event: null, errors: [{ path: '', message }] }], 0);
      throw error;
    }
  }

  function validateAll(batch: SentBatch, sender: EventSender) {
    const pending = new Map<string, PendingEvent>();
    const rejected: Rejections = new Map();
    for (const [index, sent] of readSentEvents(batch).entries()) {
      if ('errors' in sent) {
        reject(rejected, index, sent.errors);
        continue;
      }
      for (const [place, line] of sent.lines.entries()) {
        const event = validateEvent(line, sender, now(), place);
        if ('errors' in event) {
          reject(rejected, index, event.errors);
          continue;
        }
        const same = pending.get(event.id);
        if (same) same.positions.push(index);
        else pending.set(event.id, { event, positions: [index] });
      }
    }
    return { pending, rejected };
  }

  /** Stores events and adds the new ones to their sessions. @returns what was not stored, by event id */
  async function store(events: readonly ValidEvent[]): Promise<ReadonlyMap<string, BulkFailure>> {
    const found = products([...new Set(events.flatMap(({ objectId }) => objectId ?? []))]);
    // `addToSessions` reports its failure; it must not be unhandled while the engine is still storing.
    found.catch(() => {});
    const failures = await storeEvents(engine, eventsIndex, events);
    await addToSessions(
      events.filter(({ id }) => !failures.has(id)),
      found,
    );
    return failures;
  }

  async function addToSessions(
    events: readonly ValidEvent[],
    found: ReturnType<LookUpProducts>,
  ): Promise<void> {
    try {
      const added = bySession(events, await found, now());
      await Promise.all(added.map(({ identity, events: own }) => sessions.append(identity, own)));
    } catch (error) {
      onSessionError(error);
    }
  }

  async function recordBatch(batch: SentBatch, sender: EventSender, bytes: number): Promise<EventReceipt> {
    const { pending, rejected } = validateAll(batch, sender);
    if (pending.size > 0) {
      const events = [...pending.values()].map(({ event }) => event);
      options.onContact?.({
        userIds: events.flatMap(({ identity }) => identity.userId ?? []),
        objectIds: events.flatMap(({ objectId }) => objectId ?? []),
      });
      const failures = await store(events);
      for (const [id, { positions }] of pending) {
        const failure = failures.get(id);
        if (!failure || failure.status === ALREADY_STORED) continue;
        for (const index of positions) reject(rejected, index, [refusal(failure)]);
      }
    }
    const { items } = batch;
    onReceived?.(receivedEvents(items, pending.values(), rejected), bytes);
    return {
      accepted: items.length - rejected.size,
      rejected: [...rejected].sort(([a], [b]) => a - b).map(([index, errors]) => ({ index, errors })),
    };
  }

  return {
    record: async (body, sender) => recordBatch(readBody(body), sender, body.byteLength),
    recordEvents: (items, sender, bytes) => recordBatch({ items, payload: {} }, sender, bytes),
  };
}

function reject(rejected: Rejections, index: number, errors: readonly Finding[]): void {
  rejected.set(index, [...(rejected.get(index) ?? []), ...errors]);
}

interface NewSessionEvents {
  readonly identity: Identity;
  readonly events: SessionEvent[];
}

/** Recent events by visitor, in the order given; without those of no identity, and those on unknown products. */
function bySession(
  events: readonly ValidEvent[],
  products: ReadonlyMap<string, Product>,
  now: number,
): NewSessionEvents[] {
  const sessions = new Map<string, NewSessionEvents>();
  for (const { identity, action, objectId, query, quantity, timestamp } of events) {
    // Older events are history: they are stored, but do not belong to a running session.
    if (timestamp < now - SESSION_MS || sessionKey(identity) === undefined) continue;
    const product = objectId === undefined ? undefined : products.get(objectId);
    if (!product && (objectId !== undefined || canonicalEventName(action) !== 'search')) continue;
    const visitor = JSON.stringify([identity.userId, identity.clientId, identity.sessionId]);
    const session = sessions.get(visitor) ?? { identity, events: [] };
    session.events.push(
      product
        ? { action, timestamp, product, ...(quantity !== undefined && { quantity }) }
        : { action, timestamp, query },
    );
    sessions.set(visitor, session);
  }
  return [...sessions.values()];
}

/** The events of a request in its order: as stored, or as sent with the reasons for the rejection. */
function receivedEvents(
  items: readonly unknown[],
  pending: Iterable<PendingEvent>,
  rejected: Rejections,
): ReceivedEvent[] {
  const received: ReceivedEvent[][] = items.map((event, index) => {
    const errors = rejected.get(index);
    return errors ? [{ event, errors }] : [];
  });
  for (const { event, positions } of pending)
    for (const index of positions)
      if (!rejected.has(index)) received[index]?.push({ event: event.document, errors: null });
  return received.flat();
}

function refusal(failure: BulkFailure): Finding {
  return {
    path: '',
    message: isTransient(failure) ? STORE_LATER : `was refused by the engine: ${failure.reason}`,
  };
}
