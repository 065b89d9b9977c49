// How long a search waits for its profiles: what the engine takes decides, not one slow search, and within bounds.
import { expect, test } from '@jest/globals';
import {
  createProfileDeadline,
  MAX_DEADLINE_MS,
  MIN_DEADLINE_MS,
} from '../../../src/search/visitor/profile-deadline.js';

function after(times: readonly number[], share = 1): number {
  const deadline = createProfileDeadline({ share });
  for (const ms of times) deadline.observe(ms);
  return deadline.current();
}
const searches = (count: number, ms: number) => Array.from({ length: count }, () => ms);

test('it is the share of what the engine takes at most for three of four searches', () => {
  expect(after([60])).toBe(60);
  expect(after(searches(100, 60))).toBe(60);
  expect(after(searches(100, 160), 0.5)).toBe(80);
  expect(after([50, 130, 60, 110, 70])).toBe(110);
  expect(after(Array.from({ length: 40 }, (_, n) => 50 + (n % 4) * 10))).toBe(80);
});

test('before the first search it is the upper bound', () => {
  expect(after([])).toBe(MAX_DEADLINE_MS);
});

test.each([
  ['quick', 0.3, MIN_DEADLINE_MS],
  ['slow', 1_900, MAX_DEADLINE_MS],
  ['stopped', Number.POSITIVE_INFINITY, MAX_DEADLINE_MS],
])('a %s engine keeps it within the bounds', (_, ms, expected) => {
  for (const count of [1, 5, 200]) expect(after(searches(count, ms))).toBe(expected);
});

test.each([1, 3, 7])('%i slow searches among many do not matter', (slow) => {
  expect(after([...searches(100, 60), ...searches(slow, 9_000)])).toBe(60);
  expect(after([...searches(100, 60), ...searches(slow, 0)])).toBe(60);
});

test('it follows an engine that became slower, and one that became quick again, within 40 searches', () => {
  const deadline = createProfileDeadline({ share: 1 });
  for (const ms of [45, 130, 55]) {
    for (const each of searches(40, ms)) deadline.observe(each);
    expect(deadline.current()).toBe(ms);
  }
});

test('fixed milliseconds stay what they are', () => {
  const deadline = createProfileDeadline({ ms: 7 });
  for (const ms of searches(100, 500)) deadline.observe(ms);
  expect(deadline.current()).toBe(7);
});
