// Which cron expressions a schedule may have, and when they come next.
import { expect, test } from '@jest/globals';
import { nextTime, parseSchedule } from '../../../src/models/jobs/cron.js';

const NOW = Date.parse('2026-03-28T12:00:00Z');

test.each([
  ['0 3 * * *', '2026-03-29T03:00:00.000Z'],
  ['*/10 * * * *', '2026-03-28T12:10:00.000Z'],
  ['30 0 6 * * MON', '2026-03-30T06:00:30.000Z'],
  ['0 4 L * *', '2026-03-31T04:00:00.000Z'],
  [' 0 3 * * *\t', '2026-03-29T03:00:00.000Z'],
])('"%s" comes next at %s', (cron, next) => {
  const schedule = parseSchedule({ cron }, NOW);
  expect(schedule.timezone).toBe('UTC');
  expect(new Date(nextTime(schedule, NOW) ?? 0).toISOString()).toBe(next);
});

test('names are cleaned of what stands around them', () => {
  const schedule = parseSchedule({ cron: ' 0 4 * * * ', timezone: ' Europe/Berlin ' }, NOW);
  expect(schedule).toEqual({ cron: '0 4 * * *', timezone: 'Europe/Berlin' });
});

test('times are those of the time zone, summer time included', () => {
  const schedule = parseSchedule({ cron: '0 4 * * *', timezone: 'Europe/Berlin' }, NOW);
  const next = nextTime(schedule, NOW - 86_400_000) ?? 0;
  expect(new Date(next).toISOString()).toBe('2026-03-28T03:00:00.000Z');
  expect(new Date(nextTime(schedule, next) ?? 0).toISOString()).toBe('2026-03-29T02:00:00.000Z');
});

test.each([
  ['words', { cron: 'every night' }, 'cron', /is not a cron expression \(invalid configuration format/],
  ['a minute too many', { cron: '60 3 * * *' }, 'cron', /Invalid value for minute: 60/],
  ['nothing', { cron: '' }, 'cron', /is not a cron expression/],
  ['a date', { cron: '2027-01-01T00:00:00' }, 'cron', /not a date/],
  ['a day no month has', { cron: '0 0 31 2 *' }, 'cron', /never comes/],
  ['every five minutes', { cron: '*/5 * * * *' }, 'cron', /every 10 minutes/],
  ['every second', { cron: '* 0 3 * * *' }, 'cron', /every 10 minutes/],
  ['across midnight', { cron: '0,55 0,23 * * *' }, 'cron', /every 10 minutes/],
  ['no expression', {}, 'cron', /required/],
  ['a number', { cron: 3 }, 'cron', /must be text/],
  ['no time zone', { cron: '0 3 * * *', timezone: 'Mars/Olympus' }, 'timezone', /like Europe\/Berlin/],
  ['something else', { cron: '0 3 * * *', every: 'day' }, 'every', /not known/],
])('refuses %s', (_, input, path, message) => {
  expect(() => parseSchedule(input, NOW)).toThrow(
    expect.objectContaining({
      code: 'invalid-content',
      errors: [{ path, message: expect.stringMatching(message) }],
    }),
  );
});
