// What keeps a proxy from serving anyone who was erased: in its memory a profile or a visit may still be.

import { type Identity, sessionKey } from '../core/event/identity.js';
import { SESSION_MS, type SessionEvent } from '../core/event/session-event.js';
import { CLOCK_SKEW_MS } from '../core/event/ubi-event.js';
import { individualId } from '../core/profile/profile.js';
import type { EngineClient } from '../engine/client/client.js';
import { readTombstones } from '../engine/documents/tombstones.js';
import { userHash } from '../engine/documents/user-hash.js';
import type { ProfileStore, ReadProfiles } from '../profiles/profile-store.js';

/** Longer than any session lasts. */
const RECENT_MS = SESSION_MS + CLOCK_SKEW_MS;
/** So long after an erasure became known nobody's old profile can be on its way into memory. */
const PROFILES_GO_MS = 2 * 60_000;
const PERSON = individualId('');

export interface ErasureGuard {
  /** Reads the tombstones that are new. Rejects when they cannot be read; what was known stays known. */
  refresh(): Promise<void>;
  /** Answers null for the profile of somebody who was just erased. */
  profiles(read: ReadProfiles): ReadProfiles;
  /** Leaves out what was done before an erasure, under the user's id and in visits that were theirs. */
  sessions<More extends unknown[], Event extends SessionEvent>(
    read: (whose: Identity, ...more: More) => Promise<readonly Event[]>,
  ): (whose: Identity, ...more: More) => Promise<readonly Event[]>;
  stop(): void;
}

interface Known {
  readonly at: number;
  /** when this process learned of it */
  readonly seen: number;
}

/** @param options.now milliseconds since the epoch */
export function createErasureGuard(options: {
  readonly engine: Pick<EngineClient, 'scan'>;
  readonly store: Pick<ProfileStore, 'forget'>;
  readonly now: () => number;
}): ErasureGuard {
  const { engine, store, now } = options;
  let people = new Map<string, Known>();
  let visits = new Map<string, Known>();
  const timers = new Set<NodeJS.Timeout>();

  function forget(hashes: ReadonlySet<string>): Promise<void> {
    return store.forget((id) => id.startsWith(PERSON) && hashes.has(userHash(id.slice(PERSON.length))));
  }

  async function refresh(): Promise<void> {
    const seen = now();
    const recent = await readTombstones(engine, seen - RECENT_MS);
    const [before, erased] = [people, new Set<string>()];
    const known = ({ hash, at }: (typeof recent)[number]): Known => {
      const old = before.get(hash);
      if (old?.at === at) return old;
      erased.add(hash);
      return { at, seen };
    };
    people = new Map(recent.map((tombstone) => [tombstone.hash, known(tombstone)]));
    visits = new Map(
      recent.flatMap(({ hash, at, visits: keys }) =>
        keys.map((key) => [key, people.get(hash) ?? { at, seen }]),
      ),
    );
    if (erased.size === 0) return;
    await forget(erased);
    // What was on its way when the erasure became known has arrived by then.
    const timer = setTimeout(() => {
      timers.delete(timer);
      void forget(erased);
    }, PROFILES_GO_MS);
    timers.add(timer.unref());
  }

  function erasedAt({ userId, sessionId, clientId }: Identity): number {
    const keys = [{ sessionId }, { clientId }].map(sessionKey);
    const found = [
      userId === undefined ? undefined : people.get(userHash(userId)),
      ...keys.map((key) => (key === undefined ? undefined : visits.get(userHash(key)))),
    ];
    return Math.max(...found.map((known) => known?.at ?? Number.NEGATIVE_INFINITY));
  }

  const isGone = (id: string): boolean => {
    if (!id.startsWith(PERSON)) return false;
    const known = people.get(userHash(id.slice(PERSON.length)));
    return known !== undefined && now() < known.seen + PROFILES_GO_MS;
  };

  return {
    refresh,
    profiles: (read) => async (index, ids) => {
      if (people.size === 0) return read(index, ids);
      const gone = new Set(ids.filter(isGone));
      if (gone.size === 0) return read(index, ids);
      const asked = ids.filter((id) => !gone.has(id));
      const found = await read(index, asked);
      return ids.map((id) => found[asked.indexOf(id)] ?? null);
    },
    sessions:
      (read) =>
      async (whose, ...more) => {
        const events = await read(whose, ...more);
        if (people.size === 0 || events.length === 0) return events;
        const at = erasedAt(whose);
        return events.filter(({ timestamp }) => timestamp > at);
      },
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
