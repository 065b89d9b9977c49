// Everything that is stored about one user, in one document.
import type { UserExport } from '../contract/user.js';
import { type Catalog, customersIndex } from '../core/catalog.js';
import type { SessionEvent } from '../core/event/session-event.js';
import { EVENTS_INDEX } from '../core/event/ubi-event.js';
import type { EngineClient } from '../engine/client/client.js';
import { userCustomers, userProfiles } from './user-documents.js';
import { userEvents } from './user-events.js';

export interface UserStores {
  readonly engine: EngineClient;
  readonly catalogs: readonly Catalog[];
  readonly readSession: (identity: { readonly userId: string }) => Promise<readonly SessionEvent[]>;
  readonly eventsIndex?: string;
}

/** Events as stored, those attributed to the user included; profiles of every kept version. */
export async function exportUser(
  { engine, catalogs, readSession, eventsIndex = EVENTS_INDEX }: UserStores,
  userId: string,
): Promise<Omit<UserExport, 'exported_at'>> {
  const events: object[] = [];
  for await (const batch of userEvents(engine, eventsIndex, userId))
    events.push(...batch.map(({ source }) => source));
  const profiles = await userProfiles(engine, userId);
  const customers = await userCustomers(
    engine,
    catalogs.map(({ name }) => customersIndex(name)),
    userId,
  );
  return {
    user_id: userId,
    events,
    profiles: profiles.map(({ index, source }) => ({ index, profile: source })),
    session: (await readSession({ userId })).map(toJson),
    customer: customers.map(({ source }) => source),
  };
}

/** Maps have no JSON form. */
function toJson(event: SessionEvent): object {
  if (!('product' in event)) return event;
  return { ...event, product: { ...event.product, values: Object.fromEntries(event.product.values) } };
}
