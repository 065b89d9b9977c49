// The feed of arriving events: its order, its bounds, its rates by the minute, and how hostile events look in it.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createEventFeed, type ReceivedEvent } from '../../src/events/event-feed.js';

let time: number;
beforeEach(() => {
  time = Date.parse('2026-03-01T12:00:30Z');
});
const feedOf = () => createEventFeed(() => time);
const view = (user_id = 'ann'): ReceivedEvent => ({ event: { action_name: 'view', user_id }, errors: null });
const errors = [{ path: 'timestamp', message: 'is required' }];
const refused = (event: unknown): ReceivedEvent => ({ event, errors });

describe('what arrived', () => {
  test('comes in its order, from a number on, the newest when there are too many', () => {
    const feed = feedOf();
    feed.add([view('a'), refused({ action_name: 'view' }), view('c')], 300);
    const first = feed.after(0, 10);
    const at = '2026-03-01T12:00:30.000Z';
    expect(first).toEqual({
      seq: 3,
      events: [
        { seq: 1, at, accepted: true, event: { action_name: 'view', user_id: 'a' } },
        { seq: 2, at, accepted: false, errors, event: { action_name: 'view' } },
        { seq: 3, at, accepted: true, event: { action_name: 'view', user_id: 'c' } },
      ],
    });
    expect(feed.after(first.seq, 10)).toEqual({ seq: 3, events: [] });
    feed.add([view('d'), view('e')], 100);
    expect(feed.after(3, 10).events.map(({ seq }) => seq)).toEqual([4, 5]);
    expect(feed.after(0, 2).events.map(({ seq }) => seq)).toEqual([4, 5]);
    // Another process's number, or one from before a restart.
    expect(feed.after(9_999, 10).events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
  });

  test('is the latest thousand, however many came', () => {
    const feed = feedOf();
    const many = Array.from({ length: 100 }, () => view());
    for (let n = 0; n < 53; n += 1) feed.add(many, 10_000);
    const { seq, events } = feed.after(0, 10_000);
    expect([seq, events.length, events[0]?.seq, events.at(-1)?.seq]).toEqual([5_300, 1_000, 4_301, 5_300]);
  });

  test('is gone when the person is erased', () => {
    const feed = feedOf();
    feed.add([view('ann'), view('ben'), refused(null)], 100);
    feed.forget('ann');
    const left = feed.after(0, 10).events;
    expect(left.map(({ event }) => event)).toEqual([{ action_name: 'view', user_id: 'ben' }, null]);
    feed.add([view('cleo')], 100);
    expect(feed.after(left.at(-1)?.seq ?? 0, 10).events.map(({ seq }) => seq)).toEqual([4]);
  });
});

test('what was refused can be anything, and is small and writable all the same', () => {
  const feed = feedOf();
  let deep: unknown = 'x';
  for (let n = 0; n < 100_000; n += 1) deep = [deep];
  const hostile = [
    { action_name: 'x'.repeat(1e6), list: Array.from({ length: 1e5 }, (_, n) => n) },
    JSON.parse('{"__proto__":{"polluted":true},"a":"<img src=x onerror=alert(1)>"}'),
    Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`k${n}`, n])),
    { deep },
    [],
    7,
    null,
  ];
  feed.add(hostile.map(refused), 100);
  feed.add([{ event: { action_name: 'view', message: 'y'.repeat(1e6) }, errors: null }], 1e6);
  expect(JSON.stringify(feed.after(0, 100)).length).toBeLessThan(10_000);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  expect(JSON.stringify(feed.rates()).length).toBeLessThan(10_000);
});

describe('rates', () => {
  const rate = (feed: ReturnType<typeof feedOf>, action: string) =>
    feed.rates().find((each) => each.action === action);

  test('count by name and minute, the running one last, and forget after an hour', () => {
    const feed = feedOf();
    feed.add([view(), view(), refused({ action_name: 'view' }), refused('?')], 100);
    time += 60_000;
    feed.add([view()], 100);
    time += 2 * 60_000;
    expect(rate(feed, 'view')?.perMinute.slice(-5)).toEqual([0, 2, 1, 0, 0]);
    expect(rate(feed, 'view')?.rejected.slice(-5)).toEqual([0, 1, 0, 0, 0]);
    expect(rate(feed, '(unreadable)')?.rejected.slice(-4)).toEqual([1, 0, 0, 0]);
    expect(rate(feed, 'view')?.perMinute).toHaveLength(60);
    time += 57 * 60_000;
    expect(rate(feed, 'view')?.perMinute).toEqual([1, ...Array.from({ length: 59 }, () => 0)]);
    expect(rate(feed, '(unreadable)')).toBeUndefined();
    time += 60_000;
    expect(feed.rates()).toEqual([]);
  });

  test('a sender who makes up names fills no memory', () => {
    const feed = feedOf();
    for (let n = 0; n < 5_000; n += 1) feed.add([{ event: { action_name: `n${n}` }, errors: null }], 20);
    const rates = feed.rates();
    expect(rates.length).toBe(51);
    expect(rates[0]).toMatchObject({ action: '(others)' });
    expect(rates.reduce((sum, { perMinute }) => sum + (perMinute.at(-1) ?? 0), 0)).toBe(5_000);
  });
});
