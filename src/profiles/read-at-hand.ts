// Profiles that can be had without waiting: those in memory.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReadProfiles } from './profile-store.js';

/**
 * Reads at most until the next turn of the event loop: null for a profile that is not in memory by then, or cannot be
 * read. The reads go on behind it, so that later ones find what they bring.
 * @param onMissing called for each that is null because it was not there
 */
export function readAtHand(read: ReadProfiles, onMissing: () => void): ReadProfiles {
  return (index, ids) =>
    Promise.all(
      ids.map(async (id) => {
        const reading = read(index, [id]).catch(() => undefined);
        const found = await Promise.race([reading, nextTurn(undefined)]);
        if (found === undefined) onMissing();
        return found?.[0] ?? null;
      }),
    );
}
