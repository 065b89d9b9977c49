// Reads profiles ahead of searches: of users who were heard of, and of products that were clicked.
import { setTimeout as wait } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Contact } from '../core/event/identity.js';
import type { ActiveModel } from '../core/model/model.js';
import { COHORT_DEFINITIONS_ID, individualId, populationId, productId } from '../core/profile/profile.js';
import type { ReadProfiles } from './profile-store.js';
import { readRequestProfiles } from './read-request-profiles.js';

export interface ReadAhead {
  /** Returns at once, and never fails: what cannot be read is left to the search that needs it. */
  contact(contact: Contact): void;
  /** A version became active: what all searches need of it is read, and then the profiles of recent contacts. */
  activated(active: ActiveModel): void;
}

/** Somebody heard of again within this time is not read again; memory refreshes what it holds by itself. */
const RECENT = { max: 20_000, ttl: 60_000 };
/** Others are left to their searches: so many at once are an import, or more than can be kept in memory. */
const MAX_WAITING = 200;
/** Profiles are large: a burst of contacts must neither keep the process from searches nor the engine busy. */
const READ_TOGETHER = 16;
const PAUSE_MS = 100;

/**
 * @param options.active the models that serve, one of a catalog at most
 * @param options.onError told why what all searches need could not be read
 */
export function createReadAhead(options: {
  readonly readProfiles: ReadProfiles;
  readonly active: () => readonly ActiveModel[];
  readonly onError: (error: unknown) => void;
}): ReadAhead {
  const { readProfiles, active, onError } = options;
  /** what was heard of, by document id, with the profile indices that it was read from */
  const recent = new LRUCache<string, { readonly index: string; readonly userId: string | null }>(RECENT);
  const waiting = new Map<string, string | null>();
  let reading = false;

  function heard(id: string, userId: string | null): void {
    const index = active()
      .map(({ profileIndex }) => profileIndex)
      .join();
    if (index === '' || recent.get(id)?.index === index || waiting.size >= MAX_WAITING) return;
    recent.set(id, { index, userId });
    waiting.set(id, userId);
  }

  /** By the very steps of a search, which read a second round of profiles by what the first one holds. */
  async function readUser(model: ActiveModel, userId: string): Promise<unknown> {
    const others = { category: null, readSession: async () => [], now: () => 0 };
    return readRequestProfiles({ active: model, identity: { userId }, readProfiles, ...others });
  }

  async function readWaiting(): Promise<void> {
    if (reading) return;
    reading = true;
    while (waiting.size > 0) {
      const together = [...waiting].slice(0, READ_TOGETHER);
      for (const [id] of together) waiting.delete(id);
      await Promise.all(
        active().flatMap((model) =>
          together.map(([id, userId]) =>
            (userId === null ? readProfiles(model.profileIndex, [id]) : readUser(model, userId)).catch(() => {
              // Whoever is heard of again is tried again.
              recent.delete(id);
            }),
          ),
        ),
      );
      if (together.length === READ_TOGETHER) await wait(PAUSE_MS, undefined, { ref: false });
    }
    reading = false;
  }

  function contact({ userIds, objectIds = [] }: Contact): void {
    for (const userId of userIds) heard(individualId(userId), userId);
    if (objectIds.length > 0 && active().some(({ model }) => model.products.related > 0))
      for (const objectId of objectIds) heard(productId(objectId), null);
    if (waiting.size > 0) void readWaiting();
  }

  return {
    contact,
    activated({ model, profileIndex }) {
      const cohorts = model.profiles.group && model.group.by === 'behavioral' ? [COHORT_DEFINITIONS_ID] : [];
      // The population profile is the largest one and in every plan.
      readProfiles(profileIndex, [populationId(null), ...cohorts]).catch(onError);
      const contacts = [...recent.values()].slice(0, MAX_WAITING);
      contact({ userIds: contacts.flatMap(({ userId }) => userId ?? []) });
    },
  };
}
