// Counts of what this process did, for Prometheus and for the overview of the console.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { OverviewMinute } from '../../contract/overview.js';
import type { SkipReason } from '../../core/skip-reason.js';
import type { ReceivedEvent } from '../../events/event-feed.js';
import {
  type CountedOutcome,
  createSearchMinutes,
  missedProfiles,
  type SearchMinutes,
} from './search-minutes.js';

/** Seconds; the targets are one millisecond at the median and ten at the 99th percentile. */
const ADDED_BUCKETS = [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 1];

type LookupLabels = Readonly<Record<'missing' | 'reason' | 'first', string>>;

export interface EventCounts {
  readonly accepted: number;
  readonly rejected: number;
}

export interface CacheCounts {
  readonly hits: number;
  readonly misses: number;
}

export interface Metrics {
  /** @param addedMs milliseconds that Kindred added before the request to the engine */
  search(outcome: CountedOutcome, addedMs: number): void;
  events(received: readonly Pick<ReceivedEvent, 'errors'>[]): void;
  /** of the last hour, oldest first */
  minutes(): OverviewMinute[];
  /** of the last hour: searches for which profiles were looked up, and those that went without some */
  lookups: SearchMinutes['lookups'];
  /** of so many minutes: searches whose profiles or session could not be read */
  unreadable: SearchMinutes['unreadable'];
  /** of the last hour, in ms; null without searches */
  added: SearchMinutes['added'];
  /** since the start */
  eventCounts(): EventCounts;
  cacheCounts(): CacheCounts;
  /** in Prometheus' text format, with its content type */
  text(): Promise<{ readonly type: string; readonly text: string }>;
}

/**
 * @param options.cache reads of profiles, and those that the cache did not have
 * @param options.deadlineMs how long a search waits for its profiles
 * @param options.alerts how many alerts fire, by name
 * @param options.now milliseconds since the epoch
 */
export function createMetrics(options: {
  readonly cache: () => { readonly reads: number; readonly misses: number };
  readonly deadlineMs?: () => number;
  readonly alerts?: () => ReadonlyMap<string, number>;
  readonly now: () => number;
}): Metrics {
  const registers = [new Registry()];
  const [registry = new Registry()] = registers;
  const minutes = createSearchMinutes(options.now);
  let counted: EventCounts = { accepted: 0, rejected: 0 };
  // A counter looks its labels up at every increment, which costs more than the rest: counters are filled when scraped.
  const searches = new Map<SkipReason | '', number>();
  new Counter({
    name: 'kindred_searches_total',
    help: 'Searches by what personalization did; reason is empty where it was applied',
    labelNames: ['outcome', 'reason'],
    registers,
    collect() {
      this.reset();
      for (const [reason, count] of searches)
        this.inc({ outcome: reason === '' ? 'applied' : 'skipped', reason }, count);
    },
  });
  const lookups = new Map<string, { readonly labels: LookupLabels; count: number }>();
  new Counter({
    name: 'kindred_profile_lookups_total',
    help: 'Searches for which profiles were looked up, by what was missing and why, and whether a visitor had just come',
    labelNames: ['missing', 'reason', 'first'],
    registers,
    collect() {
      this.reset();
      for (const { labels, count } of lookups.values()) this.inc(labels, count);
    },
  });
  new Gauge({
    name: 'kindred_profile_deadline_seconds',
    help: 'How long a search waits for its profiles at the moment',
    registers,
    collect() {
      this.set((options.deadlineMs?.() ?? 0) / 1000);
    },
  });
  new Gauge({
    name: 'kindred_alert',
    help: 'Alerts that fire, by name: the same number from every Kindred of a cluster',
    labelNames: ['alert'],
    registers,
    collect() {
      this.reset();
      for (const [alert, firing] of options.alerts?.() ?? []) this.set({ alert }, firing);
    },
  });
  const added = new Histogram({
    name: 'kindred_search_added_seconds',
    help: 'Time in Kindred before the engine was asked',
    buckets: ADDED_BUCKETS,
    registers,
  });
  new Counter({
    name: 'kindred_events_total',
    help: 'Events by whether they were accepted',
    labelNames: ['result'],
    registers,
    collect() {
      this.reset();
      for (const result of ['accepted', 'rejected'] as const) this.inc({ result }, counted[result]);
    },
  });
  const cacheCounts = (): CacheCounts => {
    const { reads, misses } = options.cache();
    return { hits: reads - misses, misses };
  };
  new Gauge({
    name: 'kindred_profile_cache_reads',
    help: 'Profiles read since the start, by whether memory had them',
    labelNames: ['result'],
    registers,
    collect() {
      const { hits, misses } = cacheCounts();
      this.set({ result: 'hit' }, hits);
      this.set({ result: 'miss' }, misses);
    },
  });
  function countLookup(labels: LookupLabels): void {
    const key = Object.values(labels).join();
    const counted = lookups.get(key);
    if (counted) counted.count += 1;
    else lookups.set(key, { labels, count: 1 });
  }
  collectDefaultMetrics({ register: registry });

  return {
    search(outcome, addedMs) {
      minutes.add(outcome, addedMs);
      added.observe(addedMs / 1000);
      const reason = outcome.applied ? '' : outcome.reason;
      searches.set(reason, (searches.get(reason) ?? 0) + 1);
      const missed = missedProfiles(outcome);
      if (missed) countLookup({ ...missed, first: outcome.first === true ? 'true' : 'false' });
    },
    events(received) {
      const rejected = received.filter(({ errors }) => errors !== null).length;
      const accepted = received.length - rejected;
      counted = { accepted: counted.accepted + accepted, rejected: counted.rejected + rejected };
    },
    minutes: minutes.last,
    lookups: minutes.lookups,
    unreadable: minutes.unreadable,
    added: minutes.added,
    eventCounts: () => counted,
    cacheCounts,
    text: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}
