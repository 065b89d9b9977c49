// What fires: each alert by its own facts, with enough of them only, and by what is usual for the shop and the hour.
import { describe, expect, test } from '@jest/globals';
import type {
  AlertFacts,
  CountedHour,
  ModelFacts,
  ProxyCounts,
} from '../../../src/core/alert/alert-facts.js';
import { ALERT_RULES, type AlertName } from '../../../src/core/alert/alert-rules.js';
import { HOUR_MS, keepHours } from '../../../src/core/alert/usual-hours.js';

/** A Wednesday, half past two in the afternoon. */
const NOW = Date.parse('2026-03-04T14:30:00Z');
const HOUR = Math.floor(NOW / HOUR_MS);

const PROXIES: ProxyCounts = {
  ...{ first: 1_000, late: 0, unreadable: 0, lookups: 5_000, known: 3_000, accepted: 9_000, rejected: 0 },
};
const MODEL: ModelFacts = {
  ...{ id: 'summer', name: 'Summer', training: 'completed', error: null },
  live: { version: 3, verdict: 'better' },
  newest: { version: 3, verdict: 'better' },
};

function facts(changed: Partial<AlertFacts> = {}): AlertFacts {
  return {
    ...{ now: NOW, proxies: PROXIES, events: { view: 900, purchase: 100 }, hours: week(), models: [MODEL] },
    reach: [{ model: 'summer', people: 1_000, individual: 950 }],
    ...changed,
  };
}

/** 1,000 events an hour by day and 10 by night, every day of the week before. */
function week(days = 8, events = (hour: number) => (isNight(hour) ? [9, 1] : [900, 100])): CountedHour[] {
  return Array.from({ length: 24 * days }, (_, back): CountedHour => {
    const hour = HOUR - 24 * days + back;
    const [view = 0, purchase = 0] = events(hour);
    return { hour, events: { view, purchase }, lookups: 1_000, known: 600 };
  });
}

function isNight(hour: number): boolean {
  return hour % 24 < 6;
}

/** Of each subject, whether it is bad. */
function judged(name: AlertName, changed: Partial<AlertFacts>): Record<string, boolean | null> | null {
  const found = ALERT_RULES[name].judge(facts(changed));
  return found && Object.fromEntries(found.map(({ subject, bad }) => [subject ?? '*', bad]));
}

const proxies = (changed: Partial<ProxyCounts>) => ({ proxies: { ...PROXIES, ...changed } });
const models = (changed: Partial<ModelFacts>) => ({ models: [{ ...MODEL, ...changed }] });

test('a healthy shop has no alert', () => {
  for (const rule of Object.values(ALERT_RULES))
    expect(rule.judge(facts())?.map(({ bad }) => bad)).not.toContain(true);
});

describe('events that dry up', () => {
  const events = (counts: AlertFacts['events'], rest: Partial<AlertFacts> = {}) =>
    judged('events-dried-up', { events: counts, ...rest });

  test.each([
    ['gone', { view: 900 }, true],
    ['a tenth', { view: 900, purchase: 9 }, true],
    ['a fifth', { view: 900, purchase: 20 }, null],
    ['less than usual', { view: 900, purchase: 50 }, false],
  ])('of purchases, %s', (_, counts, purchase) => {
    expect(events(counts)).toEqual({ '*': false, view: false, purchase });
  });

  test('where nothing comes any more, that is one alert', () => {
    expect(events({})).toEqual({ '*': true, view: null, purchase: null });
    expect(events({ view: 60, purchase: 2 })).toEqual({ '*': true, view: false, purchase: false });
  });

  test('a slow day is none: a type is held against its share of what comes', () => {
    expect(events({ view: 360, purchase: 8 })).toEqual({ '*': false, view: false, purchase: null });
    expect(events({ view: 130 })).toMatchObject({ purchase: null });
  });

  test('a night is none', () => {
    const now = Date.parse('2026-03-04T03:30:00Z');
    expect(events({}, { now })).toEqual({ '*': null, view: null, purchase: null });
    expect(events({ view: 9 }, { now })).toEqual({ '*': false, view: false, purchase: null });
  });

  test('the day of the week that is always quiet is none', () => {
    const closed = (hour: number) =>
      hour > HOUR - 7 * 24 - 12 && hour < HOUR - 6 * 24 - 12 ? [2, 0] : [900, 100];
    expect(events({}, { hours: week(8, closed) })).toMatchObject({ '*': null });
  });

  test('one odd day before does not count', () => {
    const odd = (hour: number) => (hour > HOUR - 36 && hour < HOUR - 12 ? [0, 0] : [900, 100]);
    expect(events({}, { hours: week(8, odd) })).toMatchObject({ '*': true });
  });

  test('without a week, types alone are judged; without a day, nothing', () => {
    expect(events({ view: 900 }, { hours: week(2) })).toEqual({ '*': null, view: false, purchase: true });
    expect(events({}, { hours: week(2) })).toEqual({ '*': null, view: null, purchase: null });
    expect(events({ view: 900 }, { hours: [] })).toEqual({ '*': null, view: false });
    expect(events({}, { hours: [] })).toEqual({ '*': null });
  });

  test('a type of campaigns, or one that was given up long ago, is none', () => {
    const hours = week().map((each) => ({
      ...each,
      events: { ...each.events, open: each.hour % 72 === 0 ? 900 : 0 },
    }));
    expect(events({ view: 900, purchase: 100 }, { hours })?.open).not.toBe(true);
    expect(ALERT_RULES['events-dried-up'].judge(facts({ events: null }))).toBeNull();
  });

  test('a clock that jumps compares with nothing', () => {
    for (const now of [NOW + 400 * 24 * HOUR_MS, NOW - 400 * 24 * HOUR_MS])
      expect(events({}, { now })).toEqual({ '*': null });
    const back = keepHours(week(), { ...(week()[0] as CountedHour), hour: HOUR - 100 });
    expect(Math.max(...back.map(({ hour }) => hour))).toBe(HOUR - 100);
    expect(keepHours(week(8), { ...(week()[0] as CountedHour), hour: HOUR + 9_999 })).toHaveLength(1);
  });
});

test.each<[AlertName, Partial<AlertFacts>, boolean | null]>([
  ['events-rejected', proxies({ accepted: 900, rejected: 100 }), true],
  ['events-rejected', proxies({ accepted: 960, rejected: 40 }), null],
  ['events-rejected', proxies({ accepted: 990, rejected: 10 }), false],
  ['events-rejected', proxies({ accepted: 0, rejected: 20 }), true],
  ['events-rejected', proxies({ accepted: 0, rejected: 19 }), null],
  ['events-rejected', proxies({ accepted: 0, rejected: 0 }), false],
  ['profiles-too-late', proxies({ first: 1_000, late: 51 }), true],
  ['profiles-too-late', proxies({ first: 1_000, late: 50 }), null],
  ['profiles-too-late', proxies({ first: 1_000, late: 25 }), false],
  ['profiles-too-late', proxies({ first: 19, late: 19 }), null],
  ['profiles-unreadable', proxies({ unreadable: 1 }), true],
  ['profiles-unreadable', {}, false],
  ['profile-coverage', proxies({ lookups: 1_000, known: 299 }), true],
  ['profile-coverage', proxies({ lookups: 1_000, known: 350 }), null],
  ['profile-coverage', proxies({ lookups: 1_000, known: 420 }), false],
  ['profile-coverage', proxies({ lookups: 99, known: 0 }), null],
  ['profile-coverage', { ...proxies({ lookups: 1_000, known: 1 }), hours: [] }, false],
  ['profile-coverage', { ...proxies({ lookups: 1_000, known: 0 }), hours: [] }, true],
])('%s of %j is %j', (name, changed, bad) => {
  expect(judged(name, changed)).toEqual({ '*': bad });
});

test.each<[AlertName, Partial<ModelFacts>, boolean | null]>([
  ['version-worse', { live: { version: 3, verdict: 'worse' } }, true],
  ['version-worse', { newest: { version: 4, verdict: 'worse' } }, true],
  ['version-worse', { newest: { version: 4, verdict: 'not-judged' } }, false],
  [
    'version-worse',
    { live: { version: 5, verdict: 'better' }, newest: { version: 4, verdict: 'worse' } },
    false,
  ],
  ['version-worse', { live: null, newest: { version: 4, verdict: 'worse' } }, false],
  ['version-worse', { live: { version: 3, verdict: null } }, false],
  ['training-failed', { training: 'failed', error: 'no events' }, true],
  ['training-failed', { training: 'completed', error: 'could not be saved' }, true],
  ['training-failed', { training: 'running' }, null],
  ['training-failed', { training: 'cancelled' }, null],
  ['training-failed', { training: 'idle' }, false],
])('%s of a model with %j is %j', (name, changed, bad) => {
  expect(judged(name, models(changed))).toEqual({ summer: bad });
  expect(judged(name, { models: null })).toBeNull();
});

test('few profiles: of enough users with a history, while a model is live', () => {
  const reach = (people: number, individual: number) =>
    judged('profiles-missing', { reach: [{ model: 'summer', people, individual }] });
  expect(reach(1_000, 499)).toEqual({ summer: true });
  expect(reach(1_000, 550)).toEqual({ summer: null });
  expect(reach(1_000, 600)).toEqual({ summer: false });
  expect(reach(99, 0)).toEqual({ summer: null });
  expect(judged('profiles-missing', { reach: null })).toBeNull();
  expect(judged('profiles-missing', { reach: null, ...models({ live: null }) })).toEqual({});
});

test('what is told names numbers, subject and page', () => {
  const found = ALERT_RULES['events-dried-up'].judge(facts({ events: { view: 900, purchase: 1 } }));
  expect(found).toContainEqual({
    subject: 'purchase',
    bad: true,
    summary: '1 “purchase” event came in the last hour; about 90 are usual',
    page: '/events',
  });
});
