// Times of stored events, as engines read them.
import { expect, test } from '@jest/globals';
import { eventTime } from '../../src/training/event-time.js';

const NOON = Date.parse('2026-01-31T12:00:00Z');

test.each([
  ['2026-01-31T12:00:00Z', NOON],
  ['2026-01-31T14:00:00.500+02:00', NOON + 500],
  ['2026-01-31T12:00:00', NOON],
  ['2026-01-31', NOON - 12 * 3_600_000],
  [NOON, NOON],
  [String(NOON), NOON],
  ['yesterday', null],
  [undefined, null],
])('%p is %p', (value, time) => {
  expect(eventTime(value)).toBe(time);
});
