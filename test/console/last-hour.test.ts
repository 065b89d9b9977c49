// Totals of the last hour, and its figures as text.
import { describe, expect, test } from '@jest/globals';
import { lastHour, millisecondsText, shareText } from '../../src/console/pages/overview/last-hour.js';

describe('the last hour', () => {
  const minute = (searches: number, skipped: Record<string, number>, p50: number | null = null) => ({
    at: '2026-11-26T12:00:00Z',
    searches,
    applied: searches - Object.values(skipped).reduce((sum, each) => sum + each, 0),
    skipped,
    p50,
    p95: p50 && 2 * p50,
  });

  test('in sums, reasons by how often', () => {
    const minutes = [
      minute(10, { 'no-identity': 1, off: 2 }, 0.4),
      minute(0, {}),
      minute(5, { 'no-identity': 4 }, 3),
      minute(0, {}),
    ];
    expect(lastHour(minutes)).toEqual({
      searches: 15,
      applied: 8,
      skipped: [
        { reason: 'no-identity', words: 'nobody is known to be searching', searches: 5 },
        { reason: 'off', words: expect.stringContaining('was off for this search'), searches: 2 },
      ],
    });
  });

  test('without searches has no share', () => {
    expect(lastHour([minute(0, {})])).toEqual({ searches: 0, applied: 0, skipped: [] });
    expect(shareText(0, 0)).toBe('–');
    expect(shareText(2, 3)).toBe('67 %');
    expect([0.123, 3.456].map(millisecondsText)).toEqual(['0.12 ms', '3.5 ms']);
  });
});
