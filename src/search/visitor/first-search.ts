// Tells the first search of a user or visitor, whose profiles are likely not in memory yet, from the ones that follow.
import { LRUCache } from 'lru-cache';
import { type Identity, sessionKey } from '../../core/event/identity.js';
import { SESSION_MS } from '../../core/event/session-event.js';

/** Of each process; some 100 bytes for each. */
const MAX_VISITORS = 50_000;

/** @returns whether this identity has not searched for half an hour; it counts as a search */
export function createFirstSearch(): (identity: Identity) => boolean {
  const seen = new LRUCache<string, true>({ max: MAX_VISITORS, ttl: SESSION_MS, updateAgeOnGet: true });
  return (identity) => {
    const { userId } = identity;
    const key = sessionKey(userId === undefined ? identity : { userId });
    if (key === undefined || seen.get(key)) return false;
    seen.set(key, true);
    return true;
  };
}
