// The reporter of a worker: gathers what the worker did and sends it to the primary in batches.
import { clipReceived, type ReceivedEvent } from '../../events/event-feed.js';
import type { CountedOutcome } from '../../http/metrics/search-minutes.js';
import type { ProxyReporter, WorkerReport } from '../proxy-metrics.js';

/** A report is sent after this long, or with this many searches and events. */
const GATHER_MS = 500;
const MAX_GATHERED = 500;

/**
 * What is not yet sent when a worker is killed is not counted.
 * @param send hands a report over to the primary
 */
export function createWorkerReporter(
  send: (report: WorkerReport) => void,
): ProxyReporter & { close(): Promise<void> } {
  let searches: [CountedOutcome, number][] = [];
  let events: ReceivedEvent[] = [];
  let counts: () => WorkerReport['reads'] = () => ({ reads: 0, misses: 0 });
  let before = counts();
  let deadlineMs = () => 0;
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const { reads, misses } = counts();
    const since = { reads: reads - before.reads, misses: misses - before.misses };
    send({ searches, events, reads: since, deadlineMs: deadlineMs() });
    before = { reads, misses };
    searches = [];
    events = [];
  }

  function gathered(): void {
    if (searches.length + events.length >= MAX_GATHERED) flush();
    else timer ??= setTimeout(flush, GATHER_MS).unref();
  }

  return {
    search(outcome, addedMs) {
      const { applied, first } = outcome;
      searches.push([applied ? { applied, first, partial: outcome.partial } : outcome, addedMs]);
      gathered();
    },
    events(received, bytes) {
      events.push(...clipReceived(received, bytes));
      gathered();
    },
    profileReads(source) {
      counts = source;
    },
    profileDeadline(ms) {
      deadlineMs = ms;
    },
    async close() {
      if (timer) flush();
    },
  };
}
