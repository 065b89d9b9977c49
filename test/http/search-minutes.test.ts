// What Kindred added to the searches of the last hour, over all its minutes together.
import { expect, test } from '@jest/globals';
import { createSearchMinutes } from '../../src/http/metrics/search-minutes.js';

test('is of the whole hour, and not of its latest minute', () => {
  let now = Date.parse('2026-11-29T12:00:00Z');
  const minutes = createSearchMinutes(() => now);
  expect(minutes.added()).toBeNull();
  for (let search = 0; search < 99; search++) minutes.add({ applied: true }, 1);
  now += 30 * 60_000;
  minutes.add({ applied: true }, 500);
  const { p50 = 0, p95 = 0 } = minutes.added() ?? {};
  for (const time of [p50, p95]) expect(Math.abs(Math.log(time))).toBeLessThan(Math.log(1.15));
  now += 45 * 60_000;
  expect(minutes.added()?.p50).toBeGreaterThan(400);
  now += 60 * 60_000;
  expect(minutes.added()).toBeNull();
});
