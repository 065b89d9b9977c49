// What is counted of searches and events: by the minute for the overview, and in Prometheus' words.
import { expect, test } from '@jest/globals';
import { createMetrics } from '../../src/http/metrics/metrics.js';
import { type Outcome, skipped } from '../../src/search/answer/x-personalization.js';

const applied: Outcome = {
  applied: true,
  model: 'm',
  version: 1,
  profiles: ['individual'],
  boosts: 3,
  cacheKey: 'k',
};

function counted() {
  const clock = { now: Date.parse('2026-03-01T12:00:59Z') };
  const metrics = createMetrics({
    cache: () => ({ reads: 10, misses: 3 }),
    deadlineMs: () => 40,
    now: () => clock.now,
  });
  return { clock, metrics };
}

test('minutes hold an hour: counts by reason, and times to within their step', () => {
  const { clock, metrics } = counted();
  for (let n = 1; n <= 100; n += 1) metrics.search(applied, n / 10);
  metrics.search(skipped('no-identity'), 0);
  metrics.search(skipped('no-identity'), 1e9);
  clock.now += 1_000;
  metrics.search(skipped('off'), 0.5);
  const minutes = metrics.minutes();
  expect(minutes).toHaveLength(60);
  expect(minutes.at(-2)).toMatchObject({
    at: '2026-03-01T12:00:00.000Z',
    searches: 102,
    applied: 100,
    skipped: { 'no-identity': 2 },
  });
  for (const [value, expected] of [
    [minutes.at(-2)?.p50, 5],
    [minutes.at(-2)?.p95, 9.6],
    [minutes.at(-1)?.p50, 0.5],
  ] as const) {
    expect((value ?? 0) / expected).toBeGreaterThan(1 / 1.15);
    expect((value ?? 0) / expected).toBeLessThan(1.15);
  }
  expect(minutes[0]).toEqual({
    at: '2026-03-01T11:02:00.000Z',
    searches: 0,
    applied: 0,
    skipped: {},
    p50: null,
    p95: null,
  });
  clock.now += 59 * 60_000;
  const rest = Array.from({ length: 59 }, () => 0);
  expect(metrics.minutes().map(({ searches }) => searches)).toEqual([1, ...rest]);
  clock.now += 60_000;
  expect(metrics.minutes().every(({ searches }) => searches === 0)).toBe(true);
});

test('searches that went on without profiles are counted: all of them, and the first of a visitor', async () => {
  const { clock, metrics } = counted();
  const first = true;
  const late = 'profile-timeout';
  const part = { ...applied, partial: late } as const;
  for (const outcome of [applied, { ...applied, first }, part, { ...part, first }])
    metrics.search(outcome, 1);
  for (const reason of [late, 'profile-error', 'no-profile', 'off'] as const)
    metrics.search(skipped(reason), 1);
  metrics.search(skipped(late, first), 1);
  metrics.search(skipped(late, first), 1);
  expect(metrics.lookups()).toEqual({ searches: 9, late: 5, first: { searches: 4, late: 3 } });
  const { text } = await metrics.text();
  const line = (missing: string, reason: string, isFirst: boolean, count: number) =>
    `kindred_profile_lookups_total{missing="${missing}",reason="${reason}",first="${isFirst}"} ${count}`;
  expect(
    text
      .split('\n')
      .filter((each) => each.startsWith('kindred_profile_'))
      .sort(),
  ).toEqual(
    [
      line('nothing', '', false, 2),
      line('nothing', '', true, 1),
      line('part', late, false, 1),
      line('part', late, true, 1),
      line('all', late, false, 1),
      line('all', late, true, 2),
      line('all', 'profile-error', false, 1),
      'kindred_profile_cache_reads{result="hit"} 7',
      'kindred_profile_cache_reads{result="miss"} 3',
      'kindred_profile_deadline_seconds 0.04',
    ].sort(),
  );
  clock.now += 60 * 60_000;
  const none = { searches: 0, late: 0 };
  expect(metrics.lookups()).toEqual({ ...none, first: none });
});

test('Prometheus is told the same', async () => {
  const { metrics } = counted();
  metrics.search(applied, 0.3);
  metrics.search(applied, 30);
  metrics.search(skipped('no-profile'), 0.1);
  metrics.events([{ errors: null }, { errors: null }, { errors: [{ path: '', message: 'x' }] }]);
  const { type, text } = await metrics.text();
  expect(type).toContain('text/plain');
  expect(text.split('\n')).toEqual(
    expect.arrayContaining([
      'kindred_searches_total{outcome="applied",reason=""} 2',
      'kindred_searches_total{outcome="skipped",reason="no-profile"} 1',
      'kindred_search_added_seconds_bucket{le="0.0005"} 2',
      'kindred_search_added_seconds_count 3',
      'kindred_events_total{result="accepted"} 2',
      'kindred_events_total{result="rejected"} 1',
      'kindred_profile_cache_reads{result="hit"} 7',
      'kindred_profile_cache_reads{result="miss"} 3',
    ]),
  );
  expect(metrics.eventCounts()).toEqual({ accepted: 2, rejected: 1 });
});
