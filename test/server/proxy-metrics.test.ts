// What workers report to the primary: in batches, complete, and counted once.
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { ReceivedEvent } from '../../src/events/event-feed.js';
import { skipped } from '../../src/search/answer/x-personalization.js';
import { createProxyMetrics, type WorkerReport } from '../../src/server/proxy-metrics.js';
import { createWorkerReporter } from '../../src/server/workers/worker-reporter.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const applied = {
  applied: true,
  model: 'm',
  version: 1,
  profiles: ['session' as const],
  boosts: 3,
  cacheKey: 'k',
} as const;
const event = (n: number): ReceivedEvent => ({ event: { action_name: 'view', n }, errors: null });

/** A worker and a primary, with a structured clone between them, as between processes. */
function cluster() {
  const primary = createProxyMetrics(Date.now);
  const messages: WorkerReport[] = [];
  const worker = createWorkerReporter((report) => {
    messages.push(report);
    primary.add(structuredClone(report));
  });
  return { primary, worker, messages };
}

test('a worker gathers half a second, then all of it is in the overview and the feed', async () => {
  const { primary, worker, messages } = cluster();
  const reads = { reads: 10, misses: 4 };
  worker.profileReads(() => reads);
  primary.profileReads(() => ({ reads: 1, misses: 1 }));
  worker.profileDeadline(() => 35);
  worker.search({ ...applied, partial: 'profile-timeout', first: true }, 2);
  worker.search(skipped('no-profile'), 1);
  worker.events([event(1), { event: 'x'.repeat(9_999), errors: [{ path: '', message: 'no' }] }], 100);
  expect(messages).toEqual([]);
  jest.advanceTimersByTime(500);
  expect(messages).toHaveLength(1);
  expect(JSON.stringify(messages).length).toBeLessThan(1_000);
  expect(primary.metrics.minutes().at(-1)).toMatchObject({
    searches: 2,
    applied: 1,
    skipped: { 'no-profile': 1 },
  });
  expect(primary.metrics.eventCounts()).toEqual({ accepted: 1, rejected: 1 });
  expect(primary.feed.after(0, 10).events.map(({ accepted }) => accepted)).toEqual([true, false]);
  expect(primary.metrics.cacheCounts()).toEqual({ hits: 6, misses: 5 });
  expect(primary.metrics.lookups()).toEqual({ searches: 2, late: 1, first: { searches: 1, late: 1 } });
  expect((await primary.metrics.text()).text).toContain('kindred_profile_deadline_seconds 0.035');
  reads.reads = 15;
  worker.search(applied, 2);
  jest.advanceTimersByTime(500);
  expect(primary.metrics.cacheCounts()).toEqual({ hits: 11, misses: 5 });
  jest.advanceTimersByTime(5_000);
  expect(messages).toHaveLength(2);
});

test('a busy worker reports sooner, an ending one reports what is left', async () => {
  const { primary, worker, messages } = cluster();
  for (let n = 0; n < 1_200; n += 1) worker.events([event(n)], 50);
  expect(messages.map(({ events }) => events.length)).toEqual([500, 500]);
  await worker.close();
  expect(primary.metrics.eventCounts().accepted).toBe(1_200);
  await worker.close();
  expect(messages).toHaveLength(3);
});
