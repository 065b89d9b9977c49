// What a process reports of its searches and events, and where the process with the admin listener adds it all up.
import type { ProxyCounts } from '../core/alert/alert-facts.js';
import { createEventFeed, type EventFeed, type ReceivedEvent } from '../events/event-feed.js';
import { createMetrics, type Metrics } from '../http/metrics/metrics.js';
import { type CountedOutcome, coverageOf } from '../http/metrics/search-minutes.js';

interface CacheReads {
  readonly reads: number;
  readonly misses: number;
}

/** What a proxy calls as searches and events end. */
export interface ProxyReporter {
  search(outcome: CountedOutcome, addedMs: number): void;
  events(events: readonly ReceivedEvent[], bytes: number): void;
  /** @param counts of the profile cache, since the start */
  profileReads(counts: () => CacheReads): void;
  /** @param ms how long a search waits for its profiles, as of now */
  profileDeadline(ms: () => number): void;
}

/** What a worker sends to the primary at once. */
export interface WorkerReport {
  /** outcome and added milliseconds */
  readonly searches: readonly (readonly [CountedOutcome, number])[];
  readonly events: readonly ReceivedEvent[];
  /** since its last report */
  readonly reads: CacheReads;
  /** how long its searches wait for their profiles, ms */
  readonly deadlineMs: number;
}

export interface ProxyMetrics extends ProxyReporter {
  readonly metrics: Metrics;
  readonly feed: EventFeed;
  /** of the last hour, as alerts are judged by them */
  counts(): ProxyCounts;
  /** @param firing how many alerts fire, by name */
  alerts(firing: () => ReadonlyMap<string, number>): void;
  add(report: WorkerReport): void;
}

/** The alert on unreadable profiles looks back as far. */
const UNREADABLE_MINUTES = 5;
const NO_READS: CacheReads = { reads: 0, misses: 0 };

/** Metrics and event feed of this process and of its workers. */
export function createProxyMetrics(now: () => number = Date.now): ProxyMetrics {
  const feed = createEventFeed(now);
  let ownReads = () => NO_READS;
  let workerReads = NO_READS;
  // Of several workers, that of the one that reported last.
  let deadlineMs = () => 0;
  let alerts: () => ReadonlyMap<string, number> = () => new Map();
  const cache = () => sum(ownReads(), workerReads);
  const metrics = createMetrics({ now, cache, deadlineMs: () => deadlineMs(), alerts: () => alerts() });

  function addEvents(events: readonly ReceivedEvent[], bytes: number): void {
    feed.add(events, bytes);
    metrics.events(events);
  }

  return {
    metrics,
    feed,
    search: metrics.search,
    events: addEvents,
    counts() {
      const { first } = metrics.lookups();
      const { known, searches } = coverageOf(metrics.minutes());
      const rates = feed.rates();
      return {
        first: first.searches,
        late: first.late,
        unreadable: metrics.unreadable(UNREADABLE_MINUTES),
        lookups: searches,
        known,
        accepted: sumOf(rates.flatMap(({ perMinute }) => perMinute)),
        rejected: sumOf(rates.flatMap(({ rejected }) => rejected)),
      };
    },
    alerts(firing) {
      alerts = firing;
    },
    profileReads(counts) {
      ownReads = counts;
    },
    profileDeadline(ms) {
      deadlineMs = ms;
    },
    add({ searches, events, reads, deadlineMs: ms }) {
      for (const [outcome, addedMs] of searches) metrics.search(outcome, addedMs);
      addEvents(events, 0);
      workerReads = sum(workerReads, reads);
      deadlineMs = () => ms;
    },
  };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function sum(a: CacheReads, b: CacheReads): CacheReads {
  return { reads: a.reads + b.reads, misses: a.misses + b.misses };
}
