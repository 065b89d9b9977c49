// Guards a proxy against serving erased users: its memory may still have their profile or session.
import { type Identity, sessionKey } from '../core/event/identity.js';
import { SESSION_MS, type SessionEvent } from '../core/event/session-event.js';
import { CLOCK_SKEW_MS } from '../core/event/ubi-event.js';
import { individualId } from '../core/profile/profile.js';
import type { EngineClient } from '../engine/client/client.js';
import { readTombstones, type Tombstone } from '../engine/documents/tombstones.js';
import { userHash } from '../engine/documents/user-hash.js';
import type { ProfileStore, ReadProfiles } from '../profiles/profile-store.js';

/** Older tombstones do not matter to a proxy: no session lasts this long. */
const RECENT_MS = SESSION_MS + CLOCK_SKEW_MS;
/** This long after an erasure became known, no read that began before it can still bring in the old profile. */
const PROFILE_READS_END_MS = 2 * 60_000;
const USER_PREFIX = individualId('');

export interface ErasureGuard {
  /** Reads the new tombstones. Rejects when they cannot be read; the ones already known stay in force. */
  refresh(): Promise<void>;
  /** Wraps a read of profiles: null for users who were just erased. */
  profiles(read: ReadProfiles): ReadProfiles;
  /** Wraps a read of sessions: without events before an erasure, by the user id and in sessions that were the user's. */
  sessions<More extends unknown[], Event extends SessionEvent>(
    read: (identity: Identity, ...more: More) => Promise<readonly Event[]>,
  ): (identity: Identity, ...more: More) => Promise<readonly Event[]>;
  stop(): void;
}

/** Both in milliseconds since the epoch. */
interface Erasure {
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
  /** recent erasures, by hash of the user id and of the session's key */
  let users = new Map<string, Erasure>();
  let sessions = new Map<string, Erasure>();
  const timers = new Set<NodeJS.Timeout>();

  function forgetProfiles(hashes: ReadonlySet<string>): Promise<void> {
    return store.forget((id) => hashes.has(hashOfProfile(id) ?? ''));
  }

  async function refresh(): Promise<void> {
    const seen = now();
    const tombstones = await readTombstones(engine, seen - RECENT_MS);
    const added = new Set<string>();
    const before = users;
    const erasureOf = ({ hash, at }: Tombstone): Erasure => {
      const known = before.get(hash);
      if (known?.at === at) return known;
      added.add(hash);
      return { at, seen };
    };
    const erasures = tombstones.map((tombstone) => ({ tombstone, erasure: erasureOf(tombstone) }));
    users = new Map(erasures.map(({ tombstone, erasure }) => [tombstone.hash, erasure]));
    sessions = new Map(
      erasures.flatMap(({ tombstone, erasure }) => tombstone.visits.map((key) => [key, erasure])),
    );
    if (added.size === 0) return;
    await forgetProfiles(added);
    // Reads under way when the erasure became known may have put the profile back: by then they have ended.
    const timer = setTimeout(() => {
      timers.delete(timer);
      void forgetProfiles(added);
    }, PROFILE_READS_END_MS);
    timers.add(timer.unref());
  }

  /** The latest erasure that concerns this identity; −∞ without one. */
  function erasedAt({ userId, sessionId, clientId }: Identity): number {
    const keys = [{ sessionId }, { clientId }].map(sessionKey);
    const found = [
      userId === undefined ? undefined : users.get(userHash(userId)),
      ...keys.map((key) => (key === undefined ? undefined : sessions.get(userHash(key)))),
    ];
    return Math.max(...found.map((erasure) => erasure?.at ?? Number.NEGATIVE_INFINITY));
  }

  function isErased(id: string): boolean {
    const hash = hashOfProfile(id);
    const erasure = hash === null ? undefined : users.get(hash);
    return erasure !== undefined && now() < erasure.seen + PROFILE_READS_END_MS;
  }

  return {
    refresh,
    profiles: (read) => async (index, ids) => {
      if (users.size === 0 || !ids.some(isErased)) return read(index, ids);
      const erased = new Set(ids.filter(isErased));
      const left = ids.filter((id) => !erased.has(id));
      const found = await read(index, left);
      return ids.map((id) => found[left.indexOf(id)] ?? null);
    },
    sessions:
      (read) =>
      async (identity, ...more) => {
        const events = await read(identity, ...more);
        if (users.size === 0 || events.length === 0) return events;
        const at = erasedAt(identity);
        return events.filter(({ timestamp }) => timestamp > at);
      },
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** The user's hash of an individual profile's document id; null for other profiles. */
function hashOfProfile(id: string): string | null {
  return id.startsWith(USER_PREFIX) ? userHash(id.slice(USER_PREFIX.length)) : null;
}
