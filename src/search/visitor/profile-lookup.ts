// Looks up the profiles that rank one request: within the deadline, and the same for all pages of one list.
import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { PageOrder, PageOrderStore } from '../../core/boost-plan/page-order.js';
import type { Identity } from '../../core/event/identity.js';
import type { ActiveModel } from '../../core/model/model.js';
import type { ReadProfiles } from '../../profiles/profile-store.js';
import { readRequestProfiles } from '../../profiles/read-request-profiles.js';
import type { ReadSession, RequestProfiles } from '../../profiles/request-profiles.js';

/** Milliseconds that reading may take before a search goes on without profiles: personalization never delays a search. */
export const DEFAULT_PROFILE_DEADLINE_MS = 20;

/** `profile-timeout`: not read by the deadline; `profile-error`: the store failed or holds no population. */
export type ProfileFailure = 'profile-timeout' | 'profile-error';

export interface ProfileSources {
  readonly readProfiles: ReadProfiles;
  readonly readSession: ReadSession;
  /** milliseconds that reading may take before the search goes on without profiles */
  readonly deadlineMs: number;
  /** milliseconds since the epoch */
  readonly now: () => number;
  /** keeps one order from page to page; absent: every page is ranked by what is known now */
  readonly pageOrders?: PageOrderStore | undefined;
}

export interface ProfileLookupInput {
  readonly active: ActiveModel;
  readonly identity: Identity;
  readonly category: string | null;
  /** what all pages of one list have in common, identity included */
  readonly listKey: readonly unknown[];
  /** it asks for a page behind the first */
  readonly laterPage: boolean;
}

export interface LookedUpProfiles {
  readonly profiles: RequestProfiles;
  /** the model that ranks: the one that ranked the first page, while its profiles exist */
  readonly active: ActiveModel;
  /** milliseconds since the epoch; session events age from here */
  readonly asOf: number;
}

export type LookUpProfiles = (input: ProfileLookupInput) => Promise<LookedUpProfiles | ProfileFailure>;

/** Models that may have ranked a first page that is still being paged through. */
const MAX_RECENT_MODELS = 6;

/**
 * A first page is ranked by what is known now, so that a click moves the very next search; but when a page behind it was
 * asked for since, it is the way back, and keeps its order that once. A later page whose first page is not known, or
 * forgotten, is ranked by what is known now, and the pages that follow keep that.
 */
export function createProfileLookup(sources: ProfileSources): LookUpProfiles {
  const { now, pageOrders } = sources;
  const recentModels = new LRUCache<string, ActiveModel>({ max: MAX_RECENT_MODELS });

  async function readAsOf(
    input: ProfileLookupInput,
    active: ActiveModel,
    { asOf, upTo }: Pick<PageOrder, 'asOf'> & Partial<PageOrder>,
  ): Promise<LookedUpProfiles | ProfileFailure> {
    const profiles = await readRequestProfiles({
      active,
      identity: input.identity,
      category: input.category,
      readProfiles: sources.readProfiles,
      readSession: (identity) => sources.readSession(identity, upTo),
      now: () => asOf,
    });
    return typeof profiles === 'string' ? profiles : { profiles, active, asOf };
  }

  async function readAsBefore(input: ProfileLookupInput, order: PageOrder) {
    const first = recentModels.get(`${order.model}@${order.version}`);
    const before = first && (await readAsOf(input, first, order).catch(() => null));
    // Its profiles are gone: newer versions were activated since, or another process ranked it by one unknown here.
    return before && typeof before !== 'string' ? before : readAsOf(input, input.active, order);
  }

  async function readInListOrder(store: PageOrderStore, input: ProfileLookupInput, expired: () => boolean) {
    const { active, laterPage: paged } = input;
    const key = hash('sha256', JSON.stringify(input.listKey), 'base64url');
    const keep = (order: PageOrder) => void store.write(key, order).catch(() => {});
    recentModels.set(`${active.model.id}@${active.version}`, active);
    const asOf = now();
    // A store that cannot be read costs the list its stable order, not the search its profiles.
    const [order, current] = await Promise.all([
      store.read(key).catch(() => null),
      paged ? null : readAsOf(input, active, { asOf }),
    ]);
    if (order && (paged || order.paged)) {
      const before = await readAsBefore(input, order);
      // A search that went on without it asks again: the way back is still to come.
      if (!expired()) keep({ ...order, paged });
      return before;
    }
    const found = current ?? (await readAsOf(input, active, { asOf }));
    if (typeof found === 'string') return found;
    const { newestArrival: upTo } = found.profiles;
    if (!expired()) keep({ asOf, upTo, model: active.model.id, version: active.version, paged });
    return found;
  }

  return (input) =>
    withinDeadline(sources.deadlineMs, async (expired) =>
      pageOrders
        ? readInListOrder(pageOrders, input, expired)
        : readAsOf(input, input.active, { asOf: now() }),
    );
}

/**
 * What is read by the deadline; a rejection is a `profile-error`.
 * @param read gets `expired`, which tells whether the search has gone on without its result
 */
export async function withinDeadline<T>(
  deadlineMs: number,
  read: (expired: () => boolean) => Promise<T>,
): Promise<T | ProfileFailure> {
  let timer: NodeJS.Timeout | undefined;
  let expired = false;
  const deadline = new Promise<'profile-timeout'>((resolve) => {
    timer = setTimeout(() => {
      expired = true;
      resolve('profile-timeout');
    }, deadlineMs);
  });
  try {
    return await Promise.race([read(() => expired), deadline]);
  } catch {
    return 'profile-error';
  } finally {
    clearTimeout(timer);
  }
}
