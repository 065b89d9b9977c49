// The verdict on a version: what counts as worse, as better, and what a model that gives up buying again is held to.
import { describe, expect, test } from '@jest/globals';
import { MEASURES } from '../../../src/core/model/measures.js';
import { qualitySchema } from '../../../src/core/model/quality-schema.js';
import {
  judgeQuality,
  type MeasuredQuality,
  type MeasuredSet,
  measureLines,
  notJudged,
} from '../../../src/core/model/quality-verdict.js';

const score = (ndcg10: number) => ({
  ndcg10,
  hit10: 0.5,
  ci95: [ndcg10 - 0.01, ndcg10 + 0.01] as [number, number],
});
const apart = (mean: number, half = 0.001) => ({
  mean,
  ci95: [mean - half, mean + half] as [number, number],
});

/** @param vsActive null: nothing was active */
function set(
  vsOff: ReturnType<typeof apart>,
  vsActive: ReturnType<typeof apart> | null = null,
  people = 1_000,
): MeasuredSet {
  return {
    queries: 4_000,
    people,
    version: score(0.3),
    off: score(0.3 - vsOff.mean),
    active: vsActive && score(0.3 - vsActive.mean),
    vsOff,
    vsActive,
  };
}

function measured(sets: MeasuredQuality['sets'], active = false): MeasuredQuality {
  const summer = { model: 'summer', version: 3, problem: null };
  return { from: '2026-03-01', days: 28, people: 1_000, active: active ? summer : null, sets };
}

const verdict = (given: MeasuredQuality, buyAgain = 40) => judgeQuality(given, buyAgain).verdict;

describe('against OFF', () => {
  test.each([
    ['surely above', apart(0.1), 'better'],
    ['surely below', apart(-0.01), 'worse'],
    ['perhaps below', apart(-0.01, 0.02), 'no-worse'],
    ['surely below, but by next to nothing', apart(-0.0015), 'no-worse'],
    ['the same', apart(0, 0), 'no-worse'],
  ])('%s', (_, vsOff, expected) => {
    expect(verdict(measured({ ALL: set(vsOff) }))).toBe(expected);
  });
});

test.each([
  ['better than OFF, worse than what serves', apart(0.1), apart(-0.02), 'worse'],
  ['better than OFF, like what serves', apart(0.1), apart(0, 0.01), 'no-worse'],
  ['better than a bad one that serves, worse than OFF', apart(-0.05), apart(0.1), 'worse'],
  ['better than both', apart(0.1), apart(0.02), 'better'],
])('against the active version: %s', (_, vsOff, vsActive, expected) => {
  expect(verdict(measured({ ALL: set(vsOff, vsActive) }, true))).toBe(expected);
});

describe('a model that gives up buying again', () => {
  const discovery = measured(
    { ALL: set(apart(0.05), apart(-0.05)), NEWFULL: set(apart(0.01), apart(0.02)) },
    true,
  );

  test('is not worse for being lower on what people took again', () => {
    expect([verdict(discovery, 0), verdict(discovery, 40)]).toEqual(['no-worse', 'worse']);
  });

  test('is worse when what was new to people stands lower too', () => {
    const bad = measured({ ALL: set(apart(-0.05)), NEWFULL: set(apart(-0.01)) });
    expect(verdict(bad, 0)).toBe('worse');
    const helpful = measured({ ALL: set(apart(0.1)), NEWFULL: set(apart(-0.01)) });
    expect(verdict(helpful, 0)).toBe('no-worse');
  });

  test('is judged by everything when next to nobody took anything new', () => {
    const few = measured({ ALL: set(apart(-0.05)), NEWFULL: set(apart(0.1), null, 49) });
    expect(verdict(few, 0)).toBe('worse');
  });
});

test('says it in one line', () => {
  const given = measured(
    { ALL: set(apart(-0.05, 0.01), apart(0.02, 0.01)), NEWFULL: set(apart(-0.04), apart(0.01)) },
    true,
  );
  expect(judgeQuality(given, 0).summary).toBe(
    'worse than without personalization: NDCG@10 of whatever they took .300 against .350 without personalization (−.060 … −.040) and .280 of ' +
      'summer@3 (+.010 … +.030); NDCG@10 of new products among all .300 against .340 without personalization ' +
      '(−.041 … −.039) and .290 of summer@3 (+.009 … +.011) (1,000 people, 28 days from 2026-03-01)',
  );
  expect(measureLines(judgeQuality(given, 0))).toEqual([
    `whatever they took: .300 against .350 (−.060 … −.040). ${MEASURES.ALL.asks}`,
    `new products among all: .300 against .340 (−.041 … −.039). ${MEASURES.NEWFULL.asks}`,
  ]);
  expect(measureLines(notJudged('too little'))).toEqual([]);
  expect(qualitySchema.parse(judgeQuality(given, 0))).toEqual(judgeQuality(given, 0));
  expect(notJudged('too little')).toEqual({
    verdict: 'not-judged',
    summary: 'not judged: too little',
    measured: null,
  });
});
