// An alert fires after bad checks in a row, stays between its thresholds, resolves after good ones, and never flaps.
import { expect, test } from '@jest/globals';
import type { AlertName, Judgement } from '../../../src/core/alert/alert-rules.js';
import { type AlertState, alertId, followAlerts } from '../../../src/core/alert/follow-alerts.js';

const MINUTE = 60_000;
const START = Date.parse('2026-03-04T14:30:00Z');

/** States after each of the checks of one alert, one a minute. */
function follow(
  checks: readonly (boolean | null)[],
  { name = 'events-rejected' as AlertName, at = (check: number) => START + check * MINUTE } = {},
) {
  let states: AlertState[] = [];
  return checks.map((bad, check) => {
    const judgement: Judgement = { subject: null, bad, summary: `check ${check}`, page: '/events' };
    states = followAlerts(states, new Map([[name, [judgement]]]), at(check));
    return states;
  });
}

const last = (checks: readonly (boolean | null)[], options = {}) => follow(checks, options).at(-1) ?? [];
const BAD = [true, true, true, true, true];
const GOOD = [false, false, false, false, false];

test('fires at the fifth bad check in a row, and resolves at the fifth good one', () => {
  expect(last(BAD.slice(1))).toMatchObject([{ state: 'pending', streak: 4, firedAt: null }]);
  const fired = '2026-03-04T14:34:00.000Z';
  expect(last(BAD)).toMatchObject([{ state: 'firing', since: fired, firedAt: fired, summary: 'check 4' }]);
  expect(last([...BAD, ...GOOD.slice(1)])).toMatchObject([{ state: 'firing', since: fired }]);
  expect(last([...BAD, ...GOOD])).toMatchObject([
    { state: 'resolved', since: '2026-03-04T14:39:00.000Z', firedAt: fired, summary: 'check 4' },
  ]);
});

test.each([
  ['bad now and then', [true, true, true, true, false, true, true, true, true, null, true], []],
  ['good now and then', [...BAD, false, false, false, false, true, false, false], ['firing']],
  ['in between', [...BAD, null, null, null, null, null, null, null], ['firing']],
  ['good with gaps', [...BAD, false, null, false, null, false, null, false, null, false], ['resolved']],
])('%s', (_, checks, states) => {
  const open = last(checks).filter(({ state }) => state !== 'pending');
  expect(open.map(({ state }) => state)).toEqual(states);
});

test('what cannot be judged stays as it is; what is not judged any more resolves', () => {
  const firing = last(BAD);
  expect(followAlerts(firing, new Map(), START)).toEqual(firing);
  expect(followAlerts(firing, new Map([['events-rejected', null]]), START)).toEqual(firing);
  expect(followAlerts(firing, new Map([['events-rejected', []]]), START)).toMatchObject([
    { state: 'resolved' },
  ]);
  expect(followAlerts(last(BAD.slice(1)), new Map([['events-rejected', []]]), START)).toEqual([]);
});

test('alerts on trainings fire and resolve at once', () => {
  const name = 'training-failed';
  expect(last([true], { name })).toMatchObject([{ state: 'firing' }]);
  expect(last([true, null, null], { name })).toMatchObject([{ state: 'firing' }]);
  expect(last([true, false], { name })).toMatchObject([{ state: 'resolved' }]);
});

test('a new firing has another id, and the end of one has that of its beginning', () => {
  const all = follow([...BAD, ...GOOD, ...BAD]);
  const ids = (at: number) => all[at]?.map(alertId);
  expect(ids(9)).toEqual(ids(4));
  expect(ids(14)).toEqual(['events-rejected@2026-03-04T14:44:00.000Z', ...(ids(4) ?? [])]);
});

test('a clock that jumps, forth or back, neither fires nor resolves', () => {
  for (const years of [-3, 3]) {
    const jump = years * 365 * 24 * 60 * MINUTE;
    const at = (from: number) => (check: number) => START + check * MINUTE + (check >= from ? jump : 0);
    expect(last([true, true], { at: at(1) })).toMatchObject([{ state: 'pending' }]);
    expect(last([...BAD, false, false], { at: at(6) })).toMatchObject([{ state: 'firing' }]);
    expect(last([...BAD, ...GOOD], { at: at(6) })).toMatchObject([{ state: 'resolved' }]);
  }
});

test('resolved ones are kept for a week, twenty of them; open ones are bounded', () => {
  const resolved = last([...BAD, ...GOOD]);
  const week = 7 * 24 * 60 * MINUTE;
  expect(followAlerts(resolved, new Map(), START + week)).toHaveLength(1);
  expect(followAlerts(resolved, new Map(), START + week + 10 * MINUTE)).toEqual([]);
  const many = Array.from({ length: 500 }, (_, n) => ({
    subject: `t${n}`,
    bad: true,
    summary: '',
    page: '',
  }));
  const firing = followAlerts([], new Map([['training-failed', many]]), START);
  expect(firing).toHaveLength(100);
  expect(followAlerts(firing, new Map([['training-failed', []]]), START)).toHaveLength(20);
});
