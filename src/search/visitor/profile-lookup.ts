// Looks up the profiles that rank one request: within the deadline, and the same for all pages of one list.
import { hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { PageOrder, PageOrderStore } from '../../core/boost-plan/page-order.js';
import type { Identity } from '../../core/event/identity.js';
import type { ActiveModel } from '../../core/model/model.js';
import type { ProfileFailure } from '../../core/skip-reason.js';
import type { ReadProfiles } from '../../profiles/profile-store.js';
import { readAtHand } from '../../profiles/read-at-hand.js';
import { readRequestProfiles } from '../../profiles/read-request-profiles.js';
import type { ReadSession, RequestProfiles } from '../../profiles/request-profiles.js';

export interface ProfileSources {
  readonly readProfiles: ReadProfiles;
  readonly readSession: ReadSession;
  /** milliseconds that reading may take before the search goes on without what is missing; as of now, at each search */
  readonly deadlineMs: number;
  /** milliseconds since the epoch */
  readonly now: () => number;
  /** keeps one order from page to page; absent: every page is ranked by what is known now */
  readonly pageOrders?: PageOrderStore | undefined;
}

export interface ProfileLookupInput {
  /** milliseconds that the search may take: a quarter of them at most is for profiles; null without a limit */
  readonly timeout?: number | null;
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
  /** why the session, or a part of the history, is not among them; undefined when all is */
  readonly partial: ProfileFailure | undefined;
}

export type LookUpProfiles = (input: ProfileLookupInput) => Promise<LookedUpProfiles | ProfileFailure>;

/** Models that may have ranked a first page that is still being paged through. */
const MAX_RECENT_MODELS = 6;

/** What one lookup has come to know of the session so far; null: not read yet, or not readable. */
interface SessionRead {
  events: Awaited<ReturnType<ReadSession>> | null;
  failed: boolean;
}

/**
 * A first page is ranked by what is known now, so that a click moves the very next search; but when a page behind it was
 * asked for since, it is the way back, and keeps its order that once. A later page whose first page is not known, or
 * forgotten, is ranked by what is known now, and the pages that follow keep that.
 *
 * What is not read by the deadline, or cannot be read, is done without: a history ranks without the session, a session
 * without the history. Reading goes on behind the search, for the next one.
 */
export function createProfileLookup(sources: ProfileSources): LookUpProfiles {
  const { now, pageOrders } = sources;
  const recentModels = new LRUCache<string, ActiveModel>({ max: MAX_RECENT_MODELS });

  async function readAsOf(
    input: ProfileLookupInput,
    session: SessionRead,
    active: ActiveModel,
    { asOf, upTo }: Pick<PageOrder, 'asOf'> & Partial<PageOrder>,
  ): Promise<LookedUpProfiles | ProfileFailure> {
    const profiles = await readRequestProfiles({
      active,
      identity: input.identity,
      category: input.category,
      readProfiles: sources.readProfiles,
      async readSession(identity) {
        try {
          session.events = await sources.readSession(identity, upTo);
        } catch {
          session.failed = true;
        }
        return session.events ?? [];
      },
      now: () => asOf,
    });
    if (typeof profiles === 'string') return profiles;
    return { profiles, active, asOf, partial: session.failed ? 'profile-error' : undefined };
  }

  /** What is there already, once reading the rest failed or took too long. */
  async function readWithout(
    input: ProfileLookupInput,
    session: SessionRead,
    failure: ProfileFailure,
  ): Promise<LookedUpProfiles | ProfileFailure> {
    const { active, identity, category } = input;
    const asOf = now();
    let missing = false;
    const onMissing = () => {
      missing = true;
    };
    const profiles = await readRequestProfiles({
      active,
      identity,
      category,
      readProfiles: readAtHand(sources.readProfiles, onMissing),
      async readSession() {
        // What arrived while the process was busy counts: timers come before it.
        await nextTurn();
        if (session.events === null) onMissing();
        return session.events ?? [];
      },
      now: () => asOf,
    });
    if (typeof profiles === 'string') return failure;
    const found = { profiles, active, asOf, partial: missing ? failure : undefined };
    if (pageOrders && !input.laterPage) keepOrder(pageOrders, input, found);
    return found;
  }

  /** Pages behind it, and the way back, are ranked by the same. */
  function keepOrder(store: PageOrderStore, input: ProfileLookupInput, found: LookedUpProfiles): void {
    const { active, asOf, profiles } = found;
    const { newestArrival: upTo } = profiles;
    const order = { asOf, upTo, model: active.model.id, version: active.version, paged: input.laterPage };
    store.write(orderKey(input), order).catch(() => {});
  }

  async function readAsBefore(input: ProfileLookupInput, session: SessionRead, order: PageOrder) {
    const first = recentModels.get(`${order.model}@${order.version}`);
    const before = first && (await readAsOf(input, session, first, order).catch(() => null));
    // Its profiles are gone: newer versions were activated since, or another process ranked it by one unknown here.
    return before && typeof before !== 'string' ? before : readAsOf(input, session, input.active, order);
  }

  async function readInListOrder(
    store: PageOrderStore,
    input: ProfileLookupInput,
    session: SessionRead,
    expired: () => boolean,
  ) {
    const { active, laterPage: paged } = input;
    const key = orderKey(input);
    recentModels.set(`${active.model.id}@${active.version}`, active);
    const asOf = now();
    // A store that cannot be read costs the list its stable order, not the search its profiles.
    const [order, current] = await Promise.all([
      store.read(key).catch(() => null),
      paged ? null : readAsOf(input, session, active, { asOf }),
    ]);
    if (order && (paged || order.paged)) {
      const before = await readAsBefore(input, session, order);
      // A search that went on without it asks again: the way back is still to come.
      if (!expired()) store.write(key, { ...order, paged }).catch(() => {});
      return before;
    }
    const found = current ?? (await readAsOf(input, session, active, { asOf }));
    if (typeof found !== 'string' && !expired()) keepOrder(store, input, found);
    return found;
  }

  return (input) => {
    const session: SessionRead = { events: null, failed: false };
    return withinDeadline(
      Math.min(sources.deadlineMs, (input.timeout ?? Number.POSITIVE_INFINITY) / 4),
      async (expired) =>
        pageOrders
          ? readInListOrder(pageOrders, input, session, expired)
          : readAsOf(input, session, input.active, { asOf: now() }),
      (failure) => readWithout(input, session, failure),
    );
  };
}

function orderKey({ listKey }: ProfileLookupInput): string {
  return hash('sha256', JSON.stringify(listKey), 'base64url');
}

/**
 * What is read by the deadline; a rejection is a `profile-error`.
 * @param read gets `expired`, which tells whether the search has gone on without its result
 * @param without what there is instead of a result
 */
export async function withinDeadline<T>(
  deadlineMs: number,
  read: (expired: () => boolean) => Promise<T>,
  without: (failure: ProfileFailure) => Promise<T | ProfileFailure> = async (failure) => failure,
): Promise<T | ProfileFailure> {
  let timer: NodeJS.Timeout | undefined;
  let expired = false;
  const deadline = new Promise<'profile-timeout'>((resolve) => {
    timer = setTimeout(() => {
      expired = true;
      resolve('profile-timeout');
    }, deadlineMs);
  });
  const result = await Promise.race([
    read(() => expired).then(
      (value) => ({ value }),
      () => 'profile-error' as const,
    ),
    deadline,
  ]);
  clearTimeout(timer);
  return typeof result === 'string' ? without(result) : result.value;
}
