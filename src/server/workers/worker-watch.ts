// What a worker tells the primary of its work, a little at once.
import { clippedEvents, type HeardEvent } from '../../events/event-feed.js';
import type { CountedOutcome } from '../../http/metrics/search-minutes.js';
import type { Watch, Watched } from '../watching.js';

/** How long a worker gathers, and how much at most. */
const GATHER_MS = 500;
const MOST_GATHERED = 500;

/**
 * What is on its way when a worker is killed is not counted.
 * @param tell hands over to `take` of the primary
 */
export function createWorkerWatch(tell: (watched: Watched) => void): Watch & { close(): Promise<void> } {
  let searches: [CountedOutcome, number][] = [];
  let events: HeardEvent[] = [];
  let counts: () => Watched['reads'] = () => ({ reads: 0, misses: 0 });
  let before = counts();
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const { reads, misses } = counts();
    tell({ searches, heard: events, reads: { reads: reads - before.reads, misses: misses - before.misses } });
    before = { reads, misses };
    searches = [];
    events = [];
  }

  function gathered(): void {
    if (searches.length + events.length >= MOST_GATHERED) flush();
    else timer ??= setTimeout(flush, GATHER_MS).unref();
  }

  return {
    search(outcome, addedMs) {
      searches.push([outcome.applied ? { applied: true } : outcome, addedMs]);
      gathered();
    },
    heard(heard, bytes) {
      events.push(...clippedEvents(heard, bytes));
      gathered();
    },
    readsFrom(source) {
      counts = source;
    },
    async close() {
      if (timer) flush();
    },
  };
}
