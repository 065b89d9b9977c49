// Erases one user: a tombstone first, so that no proxy serves and no training reads them again, then all that is stored.
import type { Erasure } from '../contract/user.js';
import { type Catalog, customersIndex } from '../core/catalog.js';
import { KindredError } from '../core/errors.js';
import { sessionKey } from '../core/event/identity.js';
import { SESSION_MS } from '../core/event/session-event.js';
import { CLOCK_SKEW_MS, EVENTS_INDEX } from '../core/event/ubi-event.js';
import type { EngineClient } from '../engine/client/client.js';
import { writeTombstone } from '../engine/documents/tombstones.js';
import { type LoggedEvent, TIME_FIELD } from './session-attribution.js';
import { userCustomers, userProfiles } from './user-documents.js';
import { userEvents } from './user-events.js';

/** Sessions with an event in this time may still be in the memory of a process. */
const RUNNING_MS = SESSION_MS + CLOCK_SKEW_MS;

export interface EraseOptions {
  readonly engine: EngineClient;
  readonly catalogs: readonly Catalog[];
  /** milliseconds since the epoch */
  readonly now: () => number;
  readonly eventsIndex?: string;
}

/**
 * Profiles are deleted first, as they are served; events last, log-ins among them, as these attribute sessions to the
 * user. A repeated call finishes what a failure left. Events that arrive later count again.
 * Errors: `erase-incomplete` (502), and the engine's own.
 */
export async function eraseUser(
  { engine, catalogs, now, eventsIndex = EVENTS_INDEX }: EraseOptions,
  userId: string,
): Promise<Erasure['erased']> {
  const at = now();
  await writeTombstone(engine, userId, {
    at,
    sessionKeys: await runningSessions(engine, eventsIndex, userId, at),
  });
  const profiles = await userProfiles(engine, userId);
  for (const { index, id } of profiles) await engine.delete(index, id, { refresh: true });
  const customers = await userCustomers(
    engine,
    catalogs.map(({ name }) => customersIndex(name)),
    userId,
  );
  for (const { index, id } of customers) await engine.delete(index, id, { refresh: true });
  let events = 0;
  for await (const batch of userEvents(engine, eventsIndex, userId)) {
    const failures = await engine.bulk(
      eventsIndex,
      batch.map(({ id }) => ({ action: 'delete', id })),
    );
    const [failure] = failures;
    if (failure)
      throw new KindredError(
        'erase-incomplete',
        `an event could not be deleted: ${failure.reason}; repeat it`,
        {
          status: 502,
        },
      );
    events += batch.length;
  }
  await engine.refresh(eventsIndex);
  return { events, profiles: profiles.length, customers: customers.length };
}

/** Keys of the user's sessions with a recent event. */
async function runningSessions(
  engine: Pick<EngineClient, 'scan'>,
  index: string,
  userId: string,
  at: number,
): Promise<string[]> {
  const recent = { range: { timestamp: { gte: at - RUNNING_MS, format: 'epoch_millis' } } };
  const query = { bool: { filter: [{ term: { user_id: userId } }, recent] } };
  const keys = new Set<string>();
  for await (const batch of engine.scan<LoggedEvent>(index, { query, docvalueFields: [TIME_FIELD] }))
    for (const { source } of batch)
      for (const part of [{ sessionId: source.session_id }, { clientId: source.client_id }]) {
        const key = sessionKey(part);
        if (key !== undefined) keys.add(key);
      }
  return [...keys];
}
