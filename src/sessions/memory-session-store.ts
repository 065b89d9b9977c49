// Sessions of a Kindred that is one process: in its own memory, as they are.
import { isSearch, type SessionEvent } from '../core/event/session-event.js';
import { inOrder, type SessionStore } from './session-store.js';
import { createVisits, HOLDER_BYTES, textBytes, type VisitsOptions } from './sessions-in-memory.js';

/** Visits in this process: the least recently used ones are forgotten first. */
export function createMemorySessionStore(
  options: Pick<VisitsOptions<SessionEvent>, 'maxBytes' | 'ttlMs'>,
): SessionStore {
  const visits = createVisits<SessionEvent>({ ...options, eventBytes });
  return {
    append: async (whose, events) => visits.append(whose, events),
    read: async (whose, upTo) =>
      inOrder(visits.read(whose, upTo).map(({ arrival, event }) => ({ ...event, arrival }))),
    join: async (userId, visit) => visits.join(userId, visit),
  };
}

/** Counts a product in every event, although events may share it. */
function eventBytes(event: SessionEvent): number {
  if (isSearch(event)) return HOLDER_BYTES + textBytes(event.action) + textBytes(event.query);
  const { action, product } = event;
  const { objectId, category, values } = product;
  const texts = [action, objectId, category ?? '', ...[...values].flat(2)];
  return texts.reduce((bytes, text) => bytes + textBytes(text), HOLDER_BYTES * (3 + values.size));
}
