// What people watch of a Kindred: counts and the latest events, of this process and of its workers.
import { createEventFeed, type EventFeed, type HeardEvent } from '../events/event-feed.js';
import { createMetrics, type Metrics } from '../http/metrics/metrics.js';
import type { CountedOutcome } from '../http/metrics/search-minutes.js';

interface CacheReads {
  readonly reads: number;
  readonly misses: number;
}

/** What a proxy tells of its work. */
export interface Watch {
  search(outcome: CountedOutcome, addedMs: number): void;
  heard(heard: readonly HeardEvent[], bytes: number): void;
  /** @param counts of profiles, since the start */
  readsFrom(counts: () => CacheReads): void;
}

/** What a worker tells at once. */
export interface Watched {
  /** outcome and added milliseconds */
  readonly searches: readonly (readonly [CountedOutcome, number])[];
  readonly heard: readonly HeardEvent[];
  /** since it told last */
  readonly reads: CacheReads;
}

export interface Watching extends Watch {
  readonly metrics: Metrics;
  readonly feed: EventFeed;
  /** counts what a worker tells */
  take(watched: Watched): void;
}

const NOTHING: CacheReads = { reads: 0, misses: 0 };

/** Where the admin listener is. */
export function createWatching(now: () => number = Date.now): Watching {
  const feed = createEventFeed(now);
  let own = () => NOTHING;
  let told = NOTHING;
  const metrics = createMetrics({ now, cache: () => sum(own(), told) });

  function heard(events: readonly HeardEvent[], bytes: number): void {
    feed.add(events, bytes);
    metrics.events(events);
  }

  return {
    metrics,
    feed,
    search: metrics.search,
    heard,
    readsFrom(counts) {
      own = counts;
    },
    take({ searches, heard: events, reads }) {
      for (const [outcome, addedMs] of searches) metrics.search(outcome, addedMs);
      heard(events, 0);
      told = sum(told, reads);
    },
  };
}

function sum(a: CacheReads, b: CacheReads): CacheReads {
  return { reads: a.reads + b.reads, misses: a.misses + b.misses };
}
